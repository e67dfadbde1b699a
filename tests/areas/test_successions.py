from datetime import date

import pytest
from django.utils import translation

from phoihop.areas import queries
from phoihop.areas.actions import establish_area, record_succession
from phoihop.areas.enums import Level
from phoihop.areas.models import Area, AreaSuccession, AreaTarget
from phoihop.audit.models import AuditEvent
from phoihop.core.errors import DomainError
from tests.factories.areas import area_under, nation

ON = date(2027, 1, 1)
ACT = "Nghị quyết 1"

pytestmark = pytest.mark.django_db


def commune(name: str, parent: Area) -> Area:
    return establish_area(
        key=f"new-{name}",
        level=Level.COMMUNE,
        kind="xã",
        name=name,
        full_name=f"Xã {name}",
        code=f"9{name}",
        parent=parent,
        on=ON,
        act=ACT,
        by=None,
    )


@pytest.fixture
def province() -> Area:
    return area_under(nation(), Level.PROVINCE, "P")


def test_merger_ends_each_unit_and_maps_it_to_the_heir(province: Area) -> None:
    a, b = (area_under(province, Level.COMMUNE, name) for name in "AB")
    heir = commune("C", province)
    for old in (a, b):
        record_succession(predecessor=old, successors=[heir], on=ON, act=ACT, by=None)

    assert (a.valid_until, a.abolished_by) == (ON, ACT)
    assert list(queries.children_of(province, ON)) == [heir]
    assert AreaTarget.objects.get(area=a, epoch__key="2027-01-01").target == heir
    assert AreaTarget.objects.get(area=heir, epoch__key="open").target == province
    with pytest.raises(DomainError):
        queries.area_by_code(a.codes.get().code, ON)
    assert [event.action for event in AuditEvent.objects.order_by("pk")] == [
        "establish_area",
        "record_succession",
        "record_succession",
    ]


def test_division_passes_parts(province: Area) -> None:
    old = area_under(province, Level.COMMUNE, "A")
    heirs = [commune(name, province) for name in "BC"]
    record_succession(predecessor=old, successors=heirs, on=ON, act=ACT, by=None)

    assert [(row.share, row.act) for row in AreaSuccession.objects.all()] == [("part", ACT), ("part", ACT)]
    target = AreaTarget.objects.get(area=old, epoch__key="2027-01-01")
    assert (target.target, target.is_whole) == (province, False)


def test_units_below_follow_the_one_heir(province: Area) -> None:
    below = area_under(province, Level.COMMUNE, "A")
    heir = establish_area(
        key="p-new",
        level=Level.PROVINCE,
        kind="tỉnh",
        name="Q",
        full_name="Tỉnh Q",
        code="98",
        parent=Area.objects.get(level=Level.NATION),
        on=ON,
        act=ACT,
        by=None,
    )
    record_succession(predecessor=province, successors=[heir], on=ON, act=ACT, by=None)

    assert list(queries.children_of(heir, ON)) == [below]
    assert queries.path_of(below, date(2026, 12, 31))[1] == province
    assert queries.path_of(below, ON)[1] == heir


def test_unit_cannot_end_without_an_heir(province: Area) -> None:
    with pytest.raises(DomainError, match="đơn vị kế thừa"):
        record_succession(predecessor=province, successors=[], on=ON, act=ACT, by=None)


def test_unit_cannot_end_twice(province: Area) -> None:
    old = area_under(province, Level.COMMUNE, "A")
    heir = commune("B", province)
    record_succession(predecessor=old, successors=[heir], on=ON, act=ACT, by=None)

    with translation.override("en"), pytest.raises(DomainError) as refused:
        record_succession(predecessor=old, successors=[heir], on=date(2028, 1, 1), act=ACT, by=None)
    assert str(refused.value) == ("Xã A ended on 01/01/2027 and cannot end again. Choose a unit in force.")


def test_heir_that_begins_another_day_is_refused_and_nothing_changes(province: Area) -> None:
    old = area_under(province, Level.COMMUNE, "A")
    heir = commune("B", province)

    with pytest.raises(DomainError):
        record_succession(predecessor=old, successors=[heir], on=date(2028, 1, 1), act=ACT, by=None)
    old.refresh_from_db()
    assert old.valid_until is None
    assert not AreaSuccession.objects.exists()
