import pytest

from phoihop.reviews.render import render_chart
from phoihop.reviews.render.plan.figures import alt_text
from tests.reviews.render.contexts import national

KEYS = ["trend", "four", "completeness"]


def svg(key, lang="vi", **changes):
    return render_chart({**national()["charts"][key], **changes}, lang).decode()


@pytest.mark.parametrize("key", KEYS)
def test_same_chart_gives_the_same_bytes(key):
    chart = national()["charts"][key]
    for fmt in ("svg", "png"):
        assert render_chart(chart, "vi", fmt) == render_chart(chart, "vi", fmt)


def test_figures_are_written_as_each_language_writes_them():
    assert ">40.000<" in svg("trend")
    assert ">40,000<" in svg("trend", "en")
    assert ">97,8<" in svg("completeness")


def test_missing_point_is_a_gap_not_a_zero():
    whole = svg(
        "trend", series=[{**national()["charts"]["trend"]["series"][0], "points": [["1", "5"], ["2", "6"]]}]
    )
    assert svg("trend").count('aria-roledescription="line mark"') == whole.count(
        'aria-roledescription="line mark"'
    )
    path = svg("trend").split('aria-roledescription="line mark"')[1].split('d="')[1].split('"')[0]
    assert path.count("M") == 2


def test_missing_bar_is_a_dash():
    assert svg("completeness").count(">–<") == 2


def test_chart_says_its_unit_source_and_day():
    drawn = svg("trend")
    assert "Đơn vị tính: cuộc" in drawn
    assert "Nguồn: Báo cáo của các bên phối hợp" in drawn
    assert "14/12/2018" in drawn


def test_bars_stand_in_the_order_given_never_by_size():
    points = [["Yên Bái", "10"], ["An Giang", "90"], ["Kon Tum", "50"]]
    drawn = svg("completeness", series=[{"label": {"vi": "Tỷ lệ", "en": "Share"}, "points": points}])
    places = [drawn.index(f">{name}<") for name, _ in points]
    assert places == sorted(places)


def test_hostile_labels_are_drawn_as_typed():
    points = [['"]; alert(1) //', "10"], ["</text><script>", "90"]]
    drawn = svg("trend", kind="bar", title="<b>&", series=[{"label": "x", "points": points}])
    assert "<script" not in drawn
    assert "&lt;script&gt;" in drawn


def test_words_for_who_cannot_see_tell_every_point():
    told = alt_text(national()["charts"]["trend"], "vi")
    assert told.startswith(
        "Biểu đồ đường: Cuộc tuyên truyền, vận động trực tiếp theo nửa năm. Đơn vị tính: cuộc."
    )
    assert "6T đầu 2014: 31.200; " in told
