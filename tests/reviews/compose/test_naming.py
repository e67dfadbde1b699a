"""Units as they were called on the last day told, each by a name of its own, and the words a borrowed map owes."""

from datetime import date
from typing import Any

import pytest

from phoihop.areas.enums import Level
from phoihop.areas.models import Area, AreaTitle, MapEpoch
from phoihop.periods import Span
from phoihop.reviews.compose.gathering.naming import BACKWARDS, backwards, names_on, place_on
from phoihop.reviews.compose.opening import opening_blocks
from phoihop.reviews.compose.scope import Scope
from phoihop.reviews.compose.sentences import Teller
from phoihop.reviews.compose.text import NOTHING, Text
from tests.factories.areas import area_under, nation
from tests.reviews.compose.figures import facts_of, figure
from tests.reviews.world import ReviewWorld

pytestmark = pytest.mark.django_db
OLD_TERM = Span.of(date(2013, 12, 15), date(2018, 12, 14))


def province_made_a_city() -> Any:
    """Tỉnh Quảng Ninh until 31/8/2026, a city under the centre from the day after."""
    area = area_under(nation(), Level.PROVINCE, "Quảng Ninh")
    for kind, full_name, start, end in (
        ("tỉnh", "Tỉnh Quảng Ninh", None, date(2026, 9, 1)),
        ("thành phố trung ương", "Thành phố Quảng Ninh", date(2026, 9, 1), None),
    ):
        AreaTitle.objects.create(area=area, kind=kind, full_name=full_name, valid_from=start, valid_until=end)
    area.kind, area.full_name = "thành phố trung ương", "Thành phố Quảng Ninh"
    area.save()
    return area


def test_unit_is_called_by_its_title_on_the_day() -> None:
    area = province_made_a_city()
    assert place_on(area, date(2018, 12, 14)) == Text("tỉnh Quảng Ninh", "Quảng Ninh Province")
    assert place_on(area, date(2026, 9, 1)) == Text("thành phố Quảng Ninh", "Quảng Ninh City")
    assert names_on([area], date(2018, 12, 14))[area.pk] == Text("Tỉnh Quảng Ninh", "Quảng Ninh Province")


def test_units_of_one_name_carry_the_unit_above_them() -> None:
    country = nation()
    districts = [area_under(country, Level.DISTRICT, name) for name in ("Đăk Glei", "Kon Plông")]
    twins = [area_under(district, Level.COMMUNE, "Đăk Long") for district in districts]
    single = area_under(districts[0], Level.COMMUNE, "Đăk Choong")
    names = names_on([*twins, single], date(2018, 12, 14))
    above = [district.full_name for district in districts]
    assert [names[twin.pk].vi for twin in twins] == [f"{twins[0].full_name} ({full})" for full in above]
    assert names[single.pk].vi == single.full_name
    assert "Đăk Glei" in names[twins[0].pk].en


@pytest.mark.parametrize(
    ("map_key", "first", "owed"),
    [
        ("reported", 2013, BACKWARDS), ("open", 2013, BACKWARDS), ("2025-07-01", 2013, NOTHING),
        ("reported", 2025, NOTHING),
    ],
)  # fmt: skip
def test_map_used_backwards_owes_its_words(map_key: str, first: int, owed: Text) -> None:
    MapEpoch.objects.create(key="open", start=None, end=date(2025, 7, 1))
    MapEpoch.objects.create(key="2025-07-01", start=date(2025, 7, 1), end=None)
    assert backwards(map_key, Span(date(first, 12, 15), date(first + 1, 12, 15))) == owed


def test_review_of_the_years_before_the_map_says_so(world: ReviewWorld) -> None:
    MapEpoch.objects.all().delete()
    MapEpoch.objects.create(key="open", start=None, end=date(2027, 7, 1))
    world.accept_all()
    review = world.composed(state="received")
    opening = " ".join(block.get("vi", "") for block in review.sections.get(key="opening").blocks)
    assert BACKWARDS.vi in opening
    assert BACKWARDS.vi in review.composed["map"]["label"]["vi"]
    assert review.composed["map"]["is_backwards"] is True


def test_number_of_units_says_of_which_map_it_is() -> None:
    facts = facts_of(figure("K00", "10035"))
    scope = Scope(facts.scope.area, facts.scope.taken, BACKWARDS)
    [block] = Teller("situation", facts.figures, scope).blocks(["K00"])
    assert block["vi"].endswith("(theo bản đồ hành chính giữa năm 2025, dùng ngược về trước).")


def test_opening_is_silent_about_a_map_of_its_own_days() -> None:
    said = " ".join(block.get("vi", "") for block in opening_blocks("opening", facts_of(figure("B01", "1"))))
    assert BACKWARDS.vi not in said


def test_unit_that_has_not_reported_is_told_from_its_namesake_that_has(world: ReviewWorld) -> None:
    first, second = world.base.communes[:2]
    for area in (first, second):
        Area.objects.filter(pk=area.pk).update(full_name="Xã Đăk Long", name="Đăk Long")
    world.accept(world.units[0], {"B01": "4", "B02": "400"})
    review = world.composed(
        area=world.base.province, slug="so-ket-tinh", state="received", issuers=[world.base.desk]
    )
    parent = world.base.province.full_name
    areas = {row["area"]["vi"] for row in review.composed["not_reported"]}
    assert f"Xã Đăk Long ({parent})" in areas
    assert "Xã Đăk Long" not in areas
