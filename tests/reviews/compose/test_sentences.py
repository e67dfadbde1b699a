"""What is said of a figure, by what is known of it: every row is read in both languages."""

import re
from dataclasses import replace
from decimal import Decimal

import pytest

from phoihop.reviews.compose.figures import Figure
from phoihop.reviews.compose.phrases import CLAUSES
from phoihop.reviews.compose.scope import place
from phoihop.reviews.compose.sentences import Teller
from phoihop.reviews.compose.text import Text
from phoihop.reviews.compose.tokens import TOKEN, typed_numbers
from tests.reviews.compose.figures import compared, figure, figures_of, printed, scope

SESSIONS_VI = "Trong 5 năm, toàn quốc đã tổ chức {} tuyên truyền, vận động trực tiếp{}."
SESSIONS_EN = "In 5 years, the whole country held {} face-to-face communication sessions{}."


def told(*figures: Figure, lang: str, codes: str | None = None, **where: object) -> list[str]:
    held = figures_of(*figures)
    asked = codes.split() if codes else [each.key for each in figures]
    blocks = Teller("s", held, scope(**where)).blocks(asked)  # type: ignore[arg-type]
    return printed(blocks, held, lang)


CHANGES = [
    (figure("B01", "1390"), "", ""),
    (
        compared("B01", "1390", "1236", "12.46"),
        " (tăng 12,5 % so với kỳ trước)",
        " (up 12.5 % on the previous term)",
    ),
    (
        compared("B01", "1390", "1500", "-7.33"),
        " (giảm 7,3 % so với kỳ trước)",
        " (down 7.3 % on the previous term)",
    ),
    (compared("B01", "1390", "1390", "0"), " (bằng kỳ trước)", " (the same as in the previous term)"),
    (compared("B01", "1390", "0"), " (kỳ trước không phát sinh)", " (none in the previous term)"),
    (compared("B01", "1390", None), " (kỳ trước chưa có số liệu)", " (no figure for the previous term)"),
]


@pytest.mark.parametrize(("sessions", "vi", "en"), CHANGES)
def test_change_is_said_by_its_size(sessions: Figure, vi: str, en: str) -> None:
    assert told(sessions, lang="vi") == [SESSIONS_VI.format("1.390 cuộc", vi)]
    assert told(sessions, lang="en") == [SESSIONS_EN.format("1,390", en)]


def test_full_coverage_is_said_where_a_thinner_one_follows() -> None:
    """811 types given by the one body that counts them are not 811 types of 161 of 164 units."""
    whole, thin = (
        figure("C01", "811", kind="stock", reported=1, expected=1),
        figure("C02", "9", kind="stock", reported=161, expected=164),
    )
    [text] = told(whole, thin, lang="vi")
    assert text.index("1/1") < text.index("161/164")
    [alone] = told(whole, figure("C02", "9", kind="stock", reported=164, expected=164), lang="vi")
    assert "1/1" not in alone


COVERAGES = [
    ({"reported": 63, "expected": 63}, "", ""),
    (
        {"reported": 61, "expected": 63, "windows": 1},
        " (số liệu của 61/63 đơn vị báo cáo)",
        " (figures of 61/63 units reporting)",
    ),
    (
        {"reported": 612, "expected": 630, "windows": 10},
        " (số liệu của 612/630 báo cáo)",
        " (figures of 612 of 630 reports)",
    ),
]


@pytest.mark.parametrize(("covered", "vi", "en"), COVERAGES)
def test_partial_coverage_is_said_in_units_or_in_reports(covered: dict[str, int], vi: str, en: str) -> None:
    sessions = figure("B01", "1390", **covered)

    assert told(sessions, lang="vi") == [SESSIONS_VI.format("1.390 cuộc", vi)]
    assert told(sessions, lang="en") == [SESSIONS_EN.format("1,390", en)]


def test_coverage_that_neighbours_share_is_said_once() -> None:
    partial = {"reported": 61, "expected": 63, "windows": 1}

    [sentence] = told(figure("B01", "10", **partial), figure("B02", "900", **partial), lang="vi")

    assert sentence == (
        "Trong 5 năm, toàn quốc đã tổ chức 10 cuộc tuyên truyền, vận động trực tiếp, thu hút 900 lượt người tham dự"
        " (bình quân 90 lượt người/cuộc; số liệu của 61/63 đơn vị báo cáo)."
    )


def test_at_least_is_said_of_the_figure_and_of_the_bare_number() -> None:
    sessions = figure("B01", "1390", is_at_least=True)

    assert told(sessions, lang="vi") == [SESSIONS_VI.format("ít nhất 1.390 cuộc", "")]
    assert told(sessions, lang="en") == [SESSIONS_EN.format("at least 1,390", "")]


def test_stock_is_dated() -> None:
    groups, members = figure("D01", "92623"), figure("D02", "358021")

    assert told(groups, members, lang="vi") == [
        "Đến ngày 14/12/2018, toàn quốc có 92.623 tổ tự quản về an ninh, trật tự với 358.021 thành viên."
    ]
    assert told(groups, members, lang="en") == [
        "By 14/12/2018, the whole country had 92,623 self-managed groups for security and order with 358,021 members."
    ]


def test_rate_shows_its_parts_its_target_and_the_rate_before() -> None:
    rate = compared("D09", "83.82", "81.2", numerator="600159", denominator="715979", target="80")

    assert told(rate, lang="vi") == [
        "Tỷ lệ hòa giải thành là 83,82 % (600.159/715.979 vụ việc; chỉ tiêu 80 %; kỳ trước 81,2 %)."
    ]
    assert told(rate, lang="en") == [
        "The settlement rate is 83.82 % (600,159 of 715,979 cases; target 80 %; previous term 81.2 %)."
    ]


def test_years_are_told_one_by_one_and_a_gap_left_out() -> None:
    years = [figure("E01:ADM-2017", "9000"), figure("E04:ADM-2017", "89.45"), figure("E01:ADM-2018", None)]

    [vi] = told(*years, lang="vi", codes="E01 E04")

    assert vi == "Chỉ tiêu E01 và chỉ tiêu E04, theo từng kỳ: năm 2017: 9.000 xã (89,45 %)."


def test_nothing_reported_is_missing_with_its_reason_and_never_nil() -> None:
    missing = figure("B01", None, why_missing=Text("chưa có đơn vị nào báo cáo", "no unit has reported it"))

    assert told(missing, lang="vi") == [
        "Chưa có số liệu về cuộc tuyên truyền, vận động trực tiếp: chưa có đơn vị nào báo cáo."
    ]
    assert told(missing, lang="en") == [
        "No figures for communication sessions held: no unit has reported it."
    ]


def test_reported_zero_is_nil_and_never_missing() -> None:
    assert told(figure("H11", "0"), lang="vi") == ["Theo báo cáo, không phát sinh: kiến nghị sau giám sát."]
    assert told(figure("H11", "0"), lang="en") == [
        "By the reports there were none of these: recommendations made."
    ]


def test_indicator_without_words_is_told_by_its_name() -> None:
    assert told(figure("Z99", "7"), lang="vi") == ["Trong 5 năm, toàn quốc có chỉ tiêu Z99: 7 đơn vị."]


def test_several_years_of_one_yearly_count_say_that_they_are_added_up() -> None:
    [vi] = told(figure("F01", "300", windows=4), lang="vi")

    assert vi.endswith("đạt tiêu chuẩn an toàn về an ninh, trật tự (cộng các năm).")


def test_later_sentences_refer_back() -> None:
    vi = told(figure("B01", "10"), figure("B03", "20"), figure("H01", "5"), lang="vi")

    assert [sentence.split(" đã ")[0] for sentence in vi] == [
        "Trong 5 năm, toàn quốc", "Đồng thời,", "Cũng trong thời gian này, toàn quốc",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("level", "kind", "name", "full_name", "vi", "en"),
    [
        ("nation", "nước", "Việt Nam", "Nước Việt Nam", "toàn quốc", "the whole country"),
        ("province", "tỉnh", "Kon Tum", "Tỉnh Kon Tum", "tỉnh Kon Tum", "Kon Tum Province"),
        ("province", "thành phố trung ương", "Hà Nội", "Thành phố Hà Nội", "thành phố Hà Nội", "Hà Nội City"),
        ("province", "thành phố trung ương", "Hồ Chí Minh", "Thành phố Hồ Chí Minh", "Thành phố Hồ Chí Minh", "Ho Chi Minh City"),
        ("commune", "xã", "Đăk Tơ Lung", "Xã Đăk Tơ Lung", "xã Đăk Tơ Lung", "Đăk Tơ Lung Commune"),
    ],
)  # fmt: skip
def test_place_in_running_text(level: str, kind: str, name: str, full_name: str, vi: str, en: str) -> None:
    assert place(level, kind, name, full_name) == Text(vi, en)


@pytest.mark.parametrize("code", sorted(CLAUSES))
@pytest.mark.parametrize("size", ["4", "0", None])
def test_every_phrase_is_one_whole_sentence_without_a_number_of_its_own(code: str, size: str | None) -> None:
    """Whatever the indicator and its size: every number is bound to a figure, dates and terms aside."""
    held = figures_of(
        figure(code, size, reported=2, expected=3), figure(f"{code}:ADM-2018", size), figure("B01", "9"),
    )  # fmt: skip
    blocks = Teller("s", held, scope()).blocks([code])

    assert blocks
    for block in blocks:
        if block["kind"] == "sentence":
            for lang in ("vi", "en"):
                bare = TOKEN.sub("", block[lang])
                assert typed_numbers(block[lang]) == []
                assert not re.search(r"[{}\[\]|]", bare)
                assert bare.endswith(".")
                assert bare[:1].isupper() or block[lang].startswith("[[")
            assert set(block["figures"]) <= held.by_key.keys()


@pytest.mark.parametrize(
    ("sessions", "attendances", "mean"), [("20", "33", "1.7"), ("2", "45", "23"), ("3", "10", "3.3")]
)
def test_mean_is_half_up_and_finer_where_small(sessions: str, attendances: str, mean: str) -> None:
    held = figures_of(figure("B01", sessions), figure("B02", attendances))

    assert held.mean("B02", "B01") == "B02/B01"
    assert held.by_key["B02/B01"].value == Decimal(mean)


def test_nothing_is_divided_by_nothing() -> None:
    assert figures_of(figure("B01", "0"), figure("B02", "10")).mean("B02", "B01") is None
    assert figures_of(figure("B01", None), figure("B02", "10")).mean("B02", "B01") is None


@pytest.mark.parametrize(
    ("code", "value", "en"),
    [
        ("B01", "1", "In 5 years, the whole country held 1 face-to-face communication session."),
        ("B01", "2", "In 5 years, the whole country held 2 face-to-face communication sessions."),
        ("B06", "1", "In 5 years, the whole country opened 1 training class."),
        ("B06", "2", "In 5 years, the whole country opened 2 training classes."),
        ("Z01", "1", "In 5 years, the whole country had indicator Z01: 1 unit."),  # without words of its own
    ],
)
def test_one_is_singular_in_english(code: str, value: str, en: str) -> None:
    assert told(figure(code, value), lang="en") == [en]


def test_no_sentence_shows_its_plural_marks() -> None:
    for code in CLAUSES:
        for value in ("1", "2"):
            assert not re.search(r"\(e?s\)", " ".join(told(figure(code, value), lang="en")))


def test_what_the_system_counts_is_not_told_as_reported() -> None:
    counted = replace(figure("H11", "0"), kind="system")
    assert told(counted, lang="vi") == ["Hệ thống không ghi nhận: kiến nghị sau giám sát."]
