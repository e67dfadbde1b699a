"""Charts on the screens follow the area of the site that has the floor, and come back to the country's."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from phoihop.areas.enums import Level
from phoihop.conferences.models import Conference
from phoihop.conferences.queries import charts
from phoihop.conferences.queries.charts import chart_of, charts_of
from phoihop.rollup.queries import Figure
from tests.conferences.reviewed import TREND, UNITS, YEARS, with_charts
from tests.conferences.world import ConferenceWorld, conference_world
from tests.factories.areas import area_under
from tests.web.world import PageWorld, page_world

AT_NIGHT = datetime(2026, 6, 15, 17, 30, tzinfo=UTC)  # the sixteenth in Viet Nam


@pytest.fixture
def told(db: None, moment: object) -> PageWorld:
    charts._drawn.cache_clear()
    return page_world()


@pytest.fixture
def held(told: PageWorld) -> ConferenceWorld:
    province = told.told.base.province
    made = conference_world(review=with_charts(told.frozen(state="received"), province.pk))
    made.conference.sites.filter(slug="diem-2").update(area=province)
    return made


def points(conference: Conference, key: str, area: int | None) -> list[Any]:
    drawn = chart_of(conference, key, area)
    assert drawn is not None
    return [[x["vi"], value] for x, value in drawn["series"][0]["points"]]


def test_units_side_by_side_become_the_area_and_the_whole(told: PageWorld, held: ConferenceWorld) -> None:
    province, conference = told.told.base.province, held.conference
    assert len(points(conference, UNITS, None)) == len(charts.BANDS) + 1
    whole = charts.context_of(conference.review)["figures"]["K05"]["value"]
    assert points(conference, UNITS, province.pk) == [["Tỉnh 0", "100"], ["Cả nước", whole]]
    (shown,) = charts_of(conference, [f"chart:{UNITS}"], "vi", province.pk)
    assert (shown.place, shown.query, shown.as_of) == (
        province.full_name,
        f"khu-vuc={province.pk}",
        "30/06/2026",
    )
    (back,) = charts_of(conference, [f"chart:{UNITS}"], "vi")
    assert (back.place, back.query, len(back.table.rows)) == ("", "", len(charts.BANDS) + 1)


def test_more_units_than_a_wall_has_room_for_are_counted_by_how_high_they_stand(
    told: PageWorld, held: ConferenceWorld
) -> None:
    chart = charts.context_of(held.conference.review)["charts"][UNITS]
    few = {**chart, "series": [{**chart["series"][0], "points": chart["series"][0]["points"][:10]}]}
    assert charts.for_screens(few) == few
    values = ["100", "100.0", "99.9", "90", "89.99", "50", "49", "0", None, "100", "100", "100", "100"]
    many = {**chart["series"][0], "points": [[{"vi": "Tỉnh", "en": "Tỉnh"}, value] for value in values]}
    drawn = charts.for_screens({**chart, "series": [many]})
    counted = [[x["vi"], value] for x, value in drawn["series"][0]["points"]]
    assert counted == [
        ["100 %", "6"],
        ["Từ 90 %", "2"],
        ["Từ 50 %", "2"],
        ["Dưới 50 %", "2"],
        ["Chưa có", "1"],
    ]
    assert drawn["unit"]["vi"] == "đơn vị"


def test_a_trend_is_drawn_of_the_areas_own_reports(
    told: PageWorld, held: ConferenceWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Over the windows of the review's; what is protected from the public is a gap, as what was not reported is."""
    province, asked = told.told.base.province, []

    def trend(**question: Any) -> tuple[Figure, ...]:
        asked.append(question)
        given = {YEARS[1]: Decimal(7), YEARS[2]: None, YEARS[3]: Decimal(9)}
        return tuple(
            Figure("B01", province.pk, value, windows=(year,), as_of=AT_NIGHT)
            for year, value in given.items()
        )

    monkeypatch.setattr(charts, "trend", trend)
    drawn = points(held.conference, TREND, province.pk)
    assert [value for _x, value in drawn] == ["7", None, "9", None, None, None]
    assert [x for x, _value in drawn] == [f"Năm {year}" for year in YEARS]
    (question,) = asked
    assert (question["indicator"], question["area"]) == ("B01", province)
    (shown,) = charts_of(held.conference, [f"chart:{TREND}"], "vi", province.pk)
    assert shown.name == f"{province.full_name} – Số cuộc tuyên truyền về an ninh, trật tự theo kỳ"
    assert shown.note.startswith("Theo báo cáo của đơn vị")
    assert shown.as_of == "16/06/2026"


def test_a_wards_chart_is_that_of_its_province(told: PageWorld, held: ConferenceWorld) -> None:
    province = told.told.base.province
    ward = area_under(province, Level.COMMUNE, "Đắk Cấm")
    held.conference.sites.filter(slug="diem-3").update(area=ward)
    assert points(held.conference, UNITS, ward.pk) == points(held.conference, UNITS, province.pk)
    (shown,) = charts_of(held.conference, [f"chart:{UNITS}"], "vi", ward.pk)
    assert (shown.place, shown.query) == (province.full_name, f"khu-vuc={ward.pk}")


def test_fewer_than_two_windows_are_no_trend_so_the_countrys_stands(
    told: PageWorld, held: ConferenceWorld
) -> None:
    province = told.told.base.province
    assert points(held.conference, TREND, province.pk) == points(held.conference, TREND, None)
    (shown,) = charts_of(held.conference, [f"chart:{TREND}"], "vi", province.pk)
    assert (shown.place, shown.query, shown.lacking) == ("", "", province.full_name)


def test_the_picture_and_the_file_are_of_the_area_asked_and_of_no_other_place(
    told: PageWorld, held: ConferenceWorld, client: Client
) -> None:
    province, at = told.told.base.province, f"/hoi-nghi/{held.conference.slug}/bieu-do/{UNITS}"
    client.force_login(held.heads[1])
    country, area = (client.get(f"{at}.svg{query}").content for query in ("", f"?khu-vuc={province.pk}"))
    assert "Cả nước".encode() in area
    assert "Cả nước".encode() not in country
    assert "Cả nước" in client.get(f"{at}.csv?khu-vuc={province.pk}").content.decode()
    uninvited = told.told.base.country.pk + 10_000
    for query in (f"?khu-vuc={uninvited}", "?khu-vuc=", "?khu-vuc=x", "?khu-vuc=-1"):
        assert client.get(f"{at}.svg{query}").content == country
