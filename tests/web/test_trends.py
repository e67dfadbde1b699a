"""Pictures over time: gaps, targets, protected counts, no ranking; each with its table, address, CSV and SVG."""

import csv
from decimal import Decimal
from io import StringIO
from xml.etree import ElementTree as ET

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from phoihop.areas.actions import rebuild_derived
from phoihop.areas.enums import Level
from phoihop.indicators.models import IndicatorVersion, Target
from phoihop.orgs.enums import Role
from phoihop.periods import parse_period
from phoihop.reports.actions import accept_report, correct_report
from phoihop.reports.enums import Origin
from phoihop.rollup.queries import trend as figures_of_windows
from phoihop.web.permissions import is_member
from tests.factories.areas import area_under
from tests.factories.reports import accepted
from tests.web.world import GUEST, PageWorld, client_of

SVG = "{http://www.w3.org/2000/svg}"
LONG = {"from": "2024-12-15", "to": "2026-06-14"}  # three windows, of which only the last was opened


def get(world: PageWorld, address: str, role: str = Role.CENTRAL_DESK):
    return client_of(world.people()[role]).get(address)


def trend(world: PageWorld, code: str = "B01", area: str = "nation", **more: str) -> str:
    return world.figure(code, area, **more).replace("/so-lieu/", "/xu-huong/")


def places(world: PageWorld, code: str = "B01", **more: str) -> str:
    return world.figure(code, **more).replace("/so-lieu/", "/xu-huong/cac-tinh/")


def contents(world: PageWorld, **more: str) -> str:
    return world.figure("B01", **more).replace("/so-lieu/", "/xu-huong/cac-noi-dung/")


def test_a_window_nobody_reported_is_a_gap_and_never_zero(world: PageWorld) -> None:
    page = get(world, trend(world, **LONG)).context["page"]
    assert [point.value for point in page.points] == [None, None, Decimal(20)]
    assert [len(page.wide.gaps), len(page.wide.dots), page.wide.paths] == [2, 1, ()]


def test_a_trend_shows_the_figures_of_the_roll_up(world: PageWorld) -> None:
    response = get(world, trend(world, **LONG))
    asked = response.context["asked"]
    known = figures_of_windows(indicator="B01", area=world.told.base.country, span=asked.span, **asked.term)
    assert response.context["page"].points == known


def test_the_target_of_the_level_is_a_line_and_of_another_level_a_sentence(world: PageWorld) -> None:
    here, above = get(world, trend(world, area="province")), get(world, trend(world))
    assert (here.context["page"].aim.value, here.context["page"].wide.target_y is None) == (30, False)
    assert "Mục tiêu: 30 " in here.content.decode()
    assert (above.context["page"].aim, above.context["page"].wide.target_y) == (None, None)
    assert "đặt cho từng đơn vị Cấp tỉnh: 30" in above.content.decode()


def test_coverage_stands_under_each_point(world: PageWorld) -> None:
    html = get(world, trend(world)).content.decode()
    assert ">3</text>" in html
    assert ">/3</text>" in html
    assert "<title>6 tháng đầu năm 2026: 20 cuộc, 3/3 báo cáo</title>" in html


def test_a_change_names_its_base(world: PageWorld) -> None:
    page = get(world, trend(world, **LONG))
    assert page.context["page"].change_words == "không có số liệu cùng kỳ năm trước"


def test_the_table_is_sorted_by_time_only(world: PageWorld) -> None:
    table = get(world, trend(world, **LONG)).context["table"]
    back = get(world, trend(world, sort="-window", **LONG)).context["table"]
    assert [row.cells[0].value for row in table.rows] == ["ADM-2025-H1", "ADM-2025-H2", "ADM-2026-H1"]
    assert [row.cells[0].value for row in back.rows] == ["ADM-2026-H1", "ADM-2025-H2", "ADM-2025-H1"]
    assert [column.key for column in table.columns if column.sort] == ["window"]
    assert get(world, trend(world, sort="value")).status_code == 400


@pytest.mark.parametrize("page", [trend, places, contents])
def test_the_picture_is_downloaded_alone_and_says_what_it_is(world: PageWorld, page) -> None:
    response = get(world, page(world, download="svg", **LONG))
    assert response["Content-Type"].startswith("image/svg+xml")
    assert response["Content-Disposition"].endswith('.svg"')
    drawn = ET.fromstring(response.content)  # noqa: S314  our own drawing
    texts = [each.text or "" for each in drawn.iter(f"{SVG}text")]
    assert drawn.find(f"{SVG}title") is not None
    assert (drawn.find(f"{SVG}desc").text or "").strip()
    assert any(text.startswith("Nguồn: báo cáo đã tiếp nhận") for text in texts)
    assert any("Số liệu mô phỏng" in text for text in texts)
    assert any("09:00 16/06/2026" in text for text in texts)
    assert not [each for each in drawn.iter() if "style" in each.attrib]
    assert "var(" not in response.content.decode()


@pytest.mark.parametrize("page", [trend, places, contents])
def test_the_table_of_a_picture_is_downloaded_with_what_it_is_of(world: PageWorld, page) -> None:
    address = page(world, download="csv", **LONG)
    rows = list(csv.DictReader(StringIO(get(world, address).content.decode("utf-8-sig"), newline="")))
    assert {row["from"] for row in rows} == {"2024-12-15"}
    values = [row["Giá trị"] for row in rows]
    assert "20" in values or "20.0000" in values
    assert "" in values
    assert "0" not in values
    assert get(world, page(world, download="xlsx")).content[:2] == b"PK"


def test_every_point_is_said_for_who_does_not_see_the_picture(world: PageWorld) -> None:
    html = get(world, trend(world, **LONG)).content.decode()
    assert html.count('role="img"') == 2  # one for each width; one of them is shown
    assert 'aria-label="B01 ' in html
    assert "1/3 kỳ có số liệu" in html


def test_a_mark_says_the_figures_are_simulated(world: PageWorld) -> None:
    for page in (trend, places, contents):
        assert "mô phỏng" in get(world, page(world)).content.decode()


def two_more_provinces(world: PageWorld) -> None:
    for name in ("An Giang", "Yên Bái"):
        area_under(world.told.base.country, Level.PROVINCE, name)
    rebuild_derived()


def test_provinces_stand_in_the_order_of_their_names(world: PageWorld) -> None:
    two_more_provinces(world)
    names = [item.name for item in get(world, places(world)).context["page"].items]
    assert names == ["Tỉnh An Giang", "Tỉnh Kon Tum", "Tỉnh Yên Bái"]


def test_only_duties_are_sorted_by_value(world: PageWorld) -> None:
    two_more_provinces(world)
    for code in ("B01", "B02"):
        page = get(world, places(world, code, sort="value"))
        assert page.status_code == 400
        assert "K05, K06" in page.content.decode()
        assert "value" not in get(world, places(world, code)).context["page"].orders
    duty = get(world, places(world, "K05", sort="value")).context["page"]
    assert duty.items[0].name == "Tỉnh Kon Tum"


def test_charts_share_a_scale_unless_asked_otherwise(world: PageWorld) -> None:
    two_more_provinces(world)
    common = get(world, places(world))
    assert len({item.top for item in common.context["page"].items}) == 1
    assert "dùng chung một thang đo: từ 0 đến 30" in common.content.decode()
    assert "Nét đứt: mục tiêu 30 cuộc." in get(world, places(world, download="svg")).content.decode()
    own = get(world, places(world, scale="own"))
    assert "thang đo riêng" in own.content.decode()


def test_a_province_that_reported_nothing_has_words_and_no_line(world: PageWorld) -> None:
    two_more_provinces(world)
    silent = get(world, places(world)).context["page"].items[0]
    assert (silent.line, silent.latest) == (None, None)


def test_what_is_drawn_for_many_provinces_takes_as_many_queries_as_for_one(world: PageWorld) -> None:
    client = client_of(world.people()[Role.CENTRAL_DESK])
    counts = []
    for _more in range(2):
        client.get(places(world, **LONG))
        with CaptureQueriesContext(connection) as asked:
            client.get(places(world, **LONG))
        counts.append(len(asked))
        two_more_provinces(world)
    assert counts[0] == counts[1]
    assert counts[0] < 60


def test_contents_list_what_the_programme_selects(world: PageWorld) -> None:
    page = get(world, contents(world)).context["page"]
    shown = {item.indicator.code for item in page.items}
    silent = {each.code for chapter in page.chapters for each in chapter.silent}
    selected = set(world.programme.selections.values_list("indicator__code", flat=True))
    assert shown | silent == selected
    assert shown >= {"B01", "B02"}
    assert not shown & silent


def count_few_persons(world: PageWorld) -> None:
    """B02 counts participants: one in each unit."""
    base = world.told.base
    for organisation, sessions in zip((*base.units, base.desk), ("4", "6", "10"), strict=True):
        made = correct_report(
            report=base.report_of(organisation),
            cells={"B01": sessions, "B02": "1"},
            notes={"B02": "mưa"},
            reason="ghi nhầm",
            by=None,
            origin=Origin.FORM,
        )
        accept_report(report=made, by=None)


@pytest.mark.parametrize("page", [trend, places, contents])
def test_a_small_count_of_persons_is_a_mark_and_has_no_height_for_the_public(world: PageWorld, page) -> None:
    count_few_persons(world)
    world.published()
    code = "B02"
    address = page(world, state="confirmed").replace("indicator=B01", "indicator=B02")
    seen = get(world, address, GUEST)
    assert seen.status_code == 200
    made = seen.context["page"]
    figures = (
        made.points
        if page is trend
        else [figure for item in made.items if item.indicator.code == code for figure in item.figures]
    )
    hidden = [figure for figure in figures if figure.hidden]
    assert hidden, figures
    assert all(figure.value is None for figure in hidden)
    assert "&lt;5" in seen.content.decode()
    lines = (
        [made.wide] if page is trend else [item.line for item in made.items if item.indicator.code == code]
    )
    for line in lines:
        assert line.dots == ()
        assert [place.point.mark for place in line.places] == ["<5"]
    assert "<5" in get(world, f"{address}&download=csv", GUEST).content.decode()
    assert "&lt;5" in get(world, f"{address}&download=svg", GUEST).content.decode()
    known = get(world, address).context["page"]
    member = known.points if page is trend else [f for item in known.items for f in item.figures]
    assert not [figure for figure in member if figure.hidden]


def test_trends_are_open_to_whom_the_figures_are_open(world: PageWorld) -> None:
    for page in (trend, places, contents):
        assert get(world, page(world), GUEST).status_code == 403
    world.published()
    for page in (trend, places, contents):
        assert get(world, page(world), GUEST).status_code == 200
    stranger = world.told.base.user(world.told.units[1], Role.REPORTING_OFFICER)
    assert is_member(stranger)
    assert client_of(stranger).get(trend(world, area="commune")).status_code == 403


def test_units_below_are_drawn_for_the_country_and_for_a_province_only(world: PageWorld) -> None:
    page = get(world, below(world, "commune"))
    assert page.status_code == 400
    assert "các đơn vị cấp xã của một tỉnh" in page.content.decode()


def below(world: PageWorld, area: str, **more: str) -> str:
    return places(world, **more).replace(world.area("nation"), world.area(area))


def test_the_communes_of_a_province_are_drawn_each_with_its_own_figures(world: PageWorld) -> None:
    response = get(world, below(world, "province"))
    page = response.context["page"]
    assert [(item.name, item.latest.value) for item in page.items] == [
        (name, Decimal(value)) for name, value in world_of_communes(world)
    ]
    assert page.aim is None  # the programme's target is for a province
    assert "place" not in page.orders
    assert world.area("province") in get(world, trend(world, area="province")).context["links"]["communes"]


def world_of_communes(world: PageWorld) -> list[tuple[str, int]]:
    """Four and six sessions."""
    first, second = world.told.base.communes
    return [(first.full_name, 4), (second.full_name, 6)]


def test_the_communes_of_a_province_are_for_those_who_serve_it_or_above(world: PageWorld) -> None:
    base = world.told.base
    assert client_of(base.provincial_desk).get(below(world, "province")).status_code == 200
    refused = client_of(base.officer()).get(below(world, "province"))
    assert (refused.status_code, "cấp trên" in refused.content.decode()) == (403, True)
    assert client_of(base.officer()).get(trend(world, area="province")).status_code == 200
    world.published()
    assert (
        get(world, below(world, "province", state="confirmed"), GUEST).status_code == 403
    )  # only the country's is out


def test_many_units_stand_on_pages_of_one_scale_and_all_in_the_table_that_is_downloaded(
    world: PageWorld,
) -> None:
    for number in range(51):
        area_under(world.told.base.country, Level.PROVINCE, f"Zê {number:02d}")
    rebuild_derived()
    first, second = get(world, places(world)), get(world, places(world, page="2"))
    assert [len(each.context["page"].items) for each in (first, second)] == [50, 2]
    assert [len(each.context["table"].rows) for each in (first, second)] == [50, 2]
    assert first.context["page"].top == second.context["page"].top
    assert 'rel="next"' in first.content.decode()
    sheet = get(world, places(world, page="2", download="svg")).content.decode()
    assert ("51–52 trong 52" in sheet, sheet.count("Tỉnh Zê 49"), "Tỉnh Zê 01" in sheet) == (True, 2, False)
    rows = get(world, places(world, page="2", download="csv")).content.decode()
    assert len(rows.strip().splitlines()) == 53


def test_a_target_of_another_programme_is_not_drawn(world: PageWorld) -> None:
    Target.objects.all().delete()
    assert get(world, trend(world, area="province")).context["page"].aim is None


def test_the_cards_of_the_dashboard_open_their_trend(world: PageWorld) -> None:
    page = get(world, f"{world.dashboard}?from=2024-12-15&to=2026-06-14")
    for card in page.context["headlines"]:
        assert get(world, card.trend_href).context["page"].indicator.code == card.indicator.code
    for address in page.context["trends"].values():
        assert get(world, address).status_code == 200


def test_a_card_draws_its_target_and_says_what_the_dashed_line_is(world: PageWorld) -> None:
    selection = world.programme.selections.get(indicator__code="K05")
    Target.objects.create(selection=selection, level="nation", value=Decimal(90))
    card = next(
        each for each in get(world, world.dashboard).context["headlines"] if each.indicator.code == "K05"
    )
    assert card.aim.value == 90
    assert "nét đứt: mục tiêu 60 cuộc" in get(world, "/gallery/").content.decode()


def test_the_page_of_an_indicator_shows_the_country_its_map_and_how_complete_it_is(world: PageWorld) -> None:
    page = get(world, "/chi-tieu/B01/")
    national = page.context["national"]
    assert national.page.latest.value == 20
    assert national.provinces_given == "1/1"
    html = page.content.decode()
    assert "3/3 báo cáo" in html
    assert page.context["links"].keys() == {"trend", "places", "figure", "contents"}  # no grid, no map
    for address in page.context["links"].values():
        assert address.replace("&", "&amp;") in html
        assert get(world, address).status_code == 200


def test_the_page_of_an_indicator_shows_a_guest_only_published_figures(world: PageWorld) -> None:
    closed = get(world, "/chi-tieu/B01/", GUEST)
    assert (closed.status_code, closed.context["national"]) == (200, None)
    assert "sau khi đăng nhập" in closed.content.decode()
    world.published()
    opened = get(world, "/chi-tieu/B01/", GUEST).context["national"]
    assert opened.asked.state == "confirmed"


def test_the_sources_a_definition_names_stand_with_their_titles(world: PageWorld) -> None:
    IndicatorVersion.objects.filter(indicator__code="B01").update(source="S2, S1; mục B01")
    page = get(world, "/chi-tieu/B01/")
    assert [source.code for source in page.context["sources"]] == ["S2", "S1"]
    assert "Báo 1" in page.content.decode()


@pytest.fixture
def unlike(world: PageWorld) -> PageWorld:
    """The year before one of three units reported."""
    base = world.told.base
    earlier = base.open(parse_period("ADM-2025-H1"))
    accepted(base.report_of(base.units[0], earlier), {"B01": "10", "B02": "900"})
    return world


NOT_COMPARABLE = (
    "không so sánh trực tiếp được: 6 tháng đầu năm 2025 (1/3 báo cáo); kỳ đầy đủ nhất là"
    " 6 tháng đầu năm 2026 (3/3 báo cáo)."
)


def test_windows_reported_by_unlike_shares_are_told_with_the_coverage_of_each(unlike: PageWorld) -> None:
    answer = get(unlike, trend(unlike, **LONG))
    page, html = answer.context["page"], answer.content.decode()
    assert html.count(NOT_COMPARABLE) == 4  # over the picture, for each width of it in words, under the table
    assert [dot.point.is_partial for dot in page.wide.dots] == [True, False]
    assert page.change_words == (
        "tăng 100,0 % so với 10 (6 tháng đầu năm 2025); không so sánh trực tiếp được: kỳ này 3/3 báo cáo, kỳ trước"
        " 1/3 báo cáo"
    )
    remarks = [row.cells[-1].text for row in answer.context["table"].rows]
    assert [each.endswith("không so sánh trực tiếp được với 6 tháng đầu năm 2026 (3/3 báo cáo)") for each in remarks] == [
        True, False, False,
    ]  # fmt: skip
    svg = get(unlike, trend(unlike, download="svg", **LONG)).content.decode()
    assert "Nét chấm nối các kỳ không so sánh trực tiếp được." in svg


def test_windows_reported_alike_are_not_told_of(world: PageWorld) -> None:
    html = get(world, trend(world, **LONG)).content.decode()
    assert "không so sánh trực tiếp" not in html


@pytest.mark.parametrize("page", [places, contents])
def test_small_charts_tell_it_too(unlike: PageWorld, page) -> None:
    html = get(unlike, page(unlike, **LONG)).content.decode()
    assert "kỳ đầy đủ nhất là 6 tháng đầu năm 2026" in html
    told = list(csv.DictReader(StringIO(get(unlike, page(unlike, download="csv", **LONG)).content.decode("utf-8-sig"), newline="")))  # fmt: skip
    assert any("không so sánh trực tiếp được với 6 tháng đầu năm 2026" in row["Ghi chú"] for row in told)


def test_a_dashboard_tells_it_beside_the_change(unlike: PageWorld) -> None:
    html = get(unlike, f"{unlike.dashboard}?from=2025-12-15&to=2026-06-14").content.decode()
    assert "không so sánh trực tiếp được" not in html  # the term before has no figure
    html = get(unlike, f"{unlike.dashboard}?from=2025-06-15&to=2026-06-14").content.decode()
    assert "không so sánh trực tiếp được: kỳ này 3/3 báo cáo, kỳ trước 1/3 báo cáo" in html
