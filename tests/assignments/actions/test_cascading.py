"""One press divides an assignment among every province and all their communes: each commune under its province's part."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from phoihop.areas.models import Area, AreaAncestor
from phoihop.assignments.actions import (
    cascade_assignment,
    close_assignment,
    issue_conclusion,
    remove_assignment,
    report_done,
    withdraw_assignment,
)
from phoihop.assignments.models import Assignment, ReviewDate
from phoihop.assignments.queries.cascading import cascade_plan
from phoihop.audit.models import AuditEvent
from phoihop.core.errors import DomainError
from phoihop.orgs.enums import Role
from phoihop.orgs.models import Organisation
from tests.factories.areas import area_under
from tests.factories.assignments import DUE, assigned, drafted, issued, paragraph
from tests.factories.orgs import OrganisationFactory, police_of, user_for
from tests.reports.world import World
from tests.web.world import client_of

PROVINCES, COMMUNES = 34, 3_321
BOTH = {"level": "province", "below": "commune"}


def given(world: World, **told: Any) -> Assignment:
    return issued(world.centre, world.programme, world.centre, co_issuers=[world.desk], **told)[0]


def test_each_communes_part_belongs_to_its_provinces(world: World) -> None:
    other = area_under(world.country, "province", "Gia Lai")
    desk = police_of(other, world.centre)
    units = [police_of(area_under(other, "commune", name), desk) for name in ("Ayun", "Bàu Cạn")]
    whole = given(world)
    parts = cascade_assignment(assignment=whole, by=None, **BOTH)
    assert {(part.lead, part.parent.lead, part.giver, part.level) for part in parts} == {
        (world.desk, world.centre, world.centre, "province"),
        (desk, world.centre, world.centre, "province"),
        *((unit, world.desk, world.desk, "commune") for unit in world.units),
        *((unit, desk, desk, "commune") for unit in units),
    }
    assert {(part.due_on, part.original_due_on, part.given_at is None) for part in parts} == {
        (DUE, DUE, False)
    }
    event = AuditEvent.objects.get(action="cascade_assignment")
    assert event.details == {
        "level": "province", "party": "police", "parts": 6, "below": "commune", "parts_below": 4,
    }  # fmt: skip


def test_pressed_twice_nothing_is_given_twice_and_what_is_new_is_added(world: World) -> None:
    whole = given(world)
    first = cascade_assignment(assignment=whole, by=None, **BOTH)
    with pytest.raises(DomainError, match="chưa được giao"):
        cascade_assignment(assignment=whole, by=None, **BOTH)
    assert Assignment.objects.exclude(pk=whole.pk).count() == len(first) == 3
    later = police_of(area_under(world.province, "commune", "Mới"), world.desk)
    (added,) = cascade_assignment(assignment=whole, by=None, **BOTH)
    assert (added.lead, added.parent.lead) == (later, world.desk)


def test_a_province_that_divided_its_own_part_keeps_what_it_gave(world: World) -> None:
    whole = given(world)
    (part,) = cascade_assignment(assignment=whole, level="province", by=None)
    own = cascade_assignment(assignment=part, level="commune", by=None)
    with pytest.raises(DomainError):
        cascade_assignment(assignment=whole, by=None, **BOTH)
    assert set(part.children.all()) == set(own)


def test_below_a_part_that_is_done_nothing_is_divided(world: World) -> None:
    whole = given(world)
    (part,) = cascade_assignment(assignment=whole, level="province", by=None)
    report_done(assignment=part, by=None)
    close_assignment(assignment=part, by=None)
    assert not cascade_plan(whole, **BOTH)


def test_a_commune_whose_province_has_no_body_is_not_left_out(world: World) -> None:
    lone = area_under(area_under(world.country, "province", "Đắk Lắk"), "commune", "Ea Kao")
    body = police_of(lone, world.centre)
    parts = {
        part.lead: part.parent.lead for part in cascade_assignment(assignment=given(world), by=None, **BOTH)
    }
    assert parts[body] == world.centre


def test_standing_work_is_looked_at_on_the_same_days_at_both_levels(world: World) -> None:
    dates = [date(2026, 6, 30), date(2026, 12, 31)]
    parts = cascade_assignment(assignment=given(world, review_dates=dates), by=None, **BOTH)
    found = ReviewDate.objects.filter(assignment__in=parts).values_list("assignment", "on")
    assert sorted(found) == sorted((part.pk, day) for part in parts for day in dates)


def test_what_is_withdrawn_takes_both_levels_with_it(world: World) -> None:
    whole = given(world)
    cascade_assignment(assignment=whole, by=None, **BOTH)
    withdraw_assignment(assignment=whole, reason="Chỉ đạo mới", by=None)
    assert set(Assignment.objects.values_list("state", flat=True)) == {"withdrawn"}


def test_a_draft_divided_at_both_levels_is_issued_or_removed_whole(world: World) -> None:
    conclusion = drafted(world.centre, world.programme, co_issuers=[world.desk])
    where = paragraph(conclusion)
    kept, gone = assigned(where, world.centre), assigned(where, world.centre, review_dates=[DUE])
    for each in (kept, gone):
        assert len(cascade_assignment(assignment=each, by=None, **BOTH)) == 3
    remove_assignment(assignment=gone, by=None)
    assert (Assignment.objects.count(), ReviewDate.objects.count()) == (4, 0)
    issue_conclusion(conclusion=conclusion, by=None)
    assert not Assignment.objects.filter(given_at__isnull=True).exists()


def test_the_page_says_how_many_before_anything_is_made(world: World) -> None:
    whole = given(world)
    desk = client_of(user_for(world.centre, Role.APPROVER))
    address, told = f"/nhiem-vu/{whole.pk}/chia/", {"level": "province-commune", "party": "police"}
    counted = desk.post(address, told)
    assert counted.status_code == 200
    assert "1 nhiệm vụ thành phần cho cấp tỉnh, 2 cho cấp xã" in counted.content.decode()
    assert Assignment.objects.count() == 1
    for _press in range(2):
        desk.post(address, {**told, "counted": "1"})
    assert Assignment.objects.count() == 4
    again = desk.post(address, told)
    assert (again.status_code, "chưa được giao" in again.content.decode()) == (400, True)


def test_a_draft_is_counted_too(world: World) -> None:
    conclusion = drafted(world.centre, world.programme, co_issuers=[world.desk])
    whole = assigned(paragraph(conclusion), world.centre)
    desk = client_of(world.central_desk)
    address = f"/ket-luan/{conclusion.slug}/soan/nhiem-vu/{whole.pk}/chia/"
    told = {"level": "province-commune", "party": "police"}
    assert "1 nhiệm vụ thành phần cho cấp tỉnh, 2 cho cấp xã" in desk.post(address, told).content.decode()
    assert Assignment.objects.count() == 1
    assert desk.post(address, {**told, "counted": "1"}).status_code == 302
    assert Assignment.objects.count() == 4


@pytest.mark.slow
def test_a_whole_country_takes_one_transaction_and_few_statements(world: World) -> None:
    """34 provinces and 3,321 communes; statements grow with hundreds of rows, never with rows."""
    small = _cost(given(world))
    _country(world)
    whole = given(world)
    with CaptureQueriesContext(connection) as told:
        parts = cascade_assignment(assignment=whole, by=None, **BOTH)
    assert (len(parts), whole.children.count()) == (PROVINCES + COMMUNES, PROVINCES)
    assert Assignment.objects.filter(parent__parent=whole).count() == COMMUNES
    assert len(told) <= small + len(parts) // 30


def _cost(whole: Assignment) -> int:
    with CaptureQueriesContext(connection) as told:
        cascade_assignment(assignment=whole, by=None, **BOTH)
    return len(told)


def _country(world: World) -> None:
    """Bodies beside those there are; communes are dealt out among the provinces."""
    provinces = [area_under(world.country, "province", f"Tỉnh {n}") for n in range(PROVINCES - 1)]
    desks = [world.desk, *(police_of(each, world.centre) for each in provinces)]
    areas = [
        Area(
            key=f"x-{n}", level="commune", kind="xã", name=f"Xã {n}", full_name=f"Xã {n}", name_fold="x",
            name_sort=f"{n:05}",
        )
        for n in range(COMMUNES - 2)
    ]  # fmt: skip
    Area.objects.bulk_create(areas)
    AreaAncestor.objects.bulk_create(
        AreaAncestor(area=area, ancestor=above, depth=depth)
        for n, area in enumerate(areas)
        for depth, above in ((1, desks[n % PROVINCES].area), (2, world.country))
    )
    Organisation.objects.bulk_create(
        OrganisationFactory.build(
            area=area,
            name_fold="x",
            name_sort=f"{n:05}",
            parent=desks[n % PROVINCES],
            party="police",
            slug=f"u-{n}",
        )
        for n, area in enumerate(areas)
    )
