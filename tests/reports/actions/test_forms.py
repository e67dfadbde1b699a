from datetime import date

import pytest

from phoihop.areas.enums import Level
from phoihop.core.errors import NotAllowed
from phoihop.indicators.enums import WindowKind
from phoihop.orgs.enums import PartyKind
from phoihop.reports.actions import Ask, set_up_form
from phoihop.reports.models import ReportForm
from tests.reports.world import World


def set_up(world: World, *asks: Ask, by: object = None) -> ReportForm:
    return set_up_form(
        code="year", title_vi="Báo cáo năm", title_en="Yearly report", window=WindowKind.YEAR,
        programmes=[world.programme], working_days={"commune": 2}, asks=asks, by=by,  # type: ignore[arg-type]
    )  # fmt: skip


def test_form_is_set_up_and_changed_under_its_code(world: World) -> None:
    first = set_up(world, Ask(Level.COMMUNE, world.province, PartyKind.POLICE))
    again = set_up(
        world,
        Ask(Level.COMMUNE, world.province, PartyKind.FRONT, valid_until=date(2026, 1, 1)),
        Ask(Level.PROVINCE, world.country, PartyKind.FRONT),
    )

    assert again == first
    assert list(again.programmes.all()) == [world.programme]
    assert set(again.scopes.values_list("level", "party", "valid_until")) == {
        ("commune", "front", date(2026, 1, 1)),
        ("province", "front", None),
    }


def test_only_the_central_desk_sets_up_forms(world: World) -> None:
    with pytest.raises(NotAllowed):
        set_up(world, by=world.provincial_desk)
    assert set_up(world, by=world.central_desk).code == "year"
