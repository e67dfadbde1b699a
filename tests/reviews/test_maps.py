"""A review on every map: the live tables are a second opinion on every figure."""

import pytest

from phoihop.programmes.enums import PartyRole
from phoihop.programmes.models import Party
from phoihop.reviews.actions import compose_review, create_review, freeze_review
from phoihop.reviews.compose.figures import exact
from phoihop.reviews.compose.text import Text
from phoihop.reviews.models import Review
from phoihop.reviews.verify import verify_version
from phoihop.rollup.queries import figures
from tests.rollup.live_world import NEW, OLD, YEAR, World, told_world

pytestmark = pytest.mark.django_db
MAPS = ("reported", OLD, NEW)


@pytest.fixture
def world() -> World:
    told = told_world()
    told.programme.outline = {"outline": [], "annexes": ["by_unit"]}
    told.programme.save()
    Party.objects.create(
        programme=told.programme, organisation=told.organisations["Nation"], role=PartyRole.LEAD
    )
    return told


def composed(world: World, area: str, map_key: str, state: str) -> Review:
    review = create_review(
        programmes=[world.programme], area=world.areas[area], kind="interim", span=YEAR, slug=f"{area}-{map_key}-{state}".lower(),
        title=Text("Sơ kết", "Review"), by=None, map_key=map_key, state=state, issuers=[world.organisations["Nation"]],
    )  # fmt: skip
    return compose_review(review=review, by=None)


@pytest.mark.parametrize("state", ["received", "confirmed"])
@pytest.mark.parametrize("map_key", MAPS)
@pytest.mark.parametrize("area", ["Nation", "North", "Middle", "Alder"])
def test_figures_are_those_of_the_live_tables(world: World, area: str, map_key: str, state: str) -> None:
    held = composed(world, area, map_key, state).composed["figures"]

    table = figures(
        programmes=[world.programme], span=YEAR, areas=[world.areas[area]], map_key=map_key, state=state
    )
    for shown in table.row(world.areas[area].pk):
        frozen = held[shown.indicator_code]
        assert frozen["value"] == exact(shown.value), shown.indicator_code
        if shown.indicator_code not in {"K00", "K05", "K05N", "K05D", "K06N"}:
            assert (frozen["reported"], frozen["expected"]) == (shown.reported, shown.expected)
        if shown.value is not None:
            parts = (exact(shown.numerator), exact(shown.denominator))
            assert (frozen["numerator"], frozen["denominator"]) == parts, shown.indicator_code
            assert frozen["is_at_least"] == shown.is_at_least, shown.indicator_code
        assert (frozen["why_missing"] is None) == (shown.value is not None)


def test_split_makes_units_say_at_least_and_stands_unallocated_above(world: World) -> None:
    review = composed(world, "Middle", NEW, "received")
    assert review.composed["figures"]["F1"]["unallocated"] == "2"

    commune = composed(world, "Alder", NEW, "received")
    assert commune.composed["figures"]["F1"]["is_at_least"] is True


@pytest.mark.parametrize("map_key", MAPS)
def test_version_on_any_map_verifies(world: World, map_key: str) -> None:
    version = freeze_review(review=composed(world, "Nation", map_key, "received"), by=None, render=False)

    world.accept("Ash", "ADM-2025-H1", F1="50")

    assert verify_version(version) == []
