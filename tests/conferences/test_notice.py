"""The notice of conclusions names everybody it binds, and is dated as it is issued."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from phoihop.areas.enums import Level
from phoihop.assignments.actions import cascade_assignment, issue_conclusion
from phoihop.assignments.models import Assignment, Conclusion
from phoihop.conferences.notice.grouped import group_name
from phoihop.conferences.notice.plan import notice_plan
from phoihop.orgs.enums import PartyKind
from phoihop.reviews.render.plan.shapes import Plan, Table
from tests.factories.areas import area_under
from tests.factories.assignments import DUE, assigned, drafted, paragraph
from tests.factories.orgs import police_of
from tests.reports.world import World, front_of

HELD = datetime(2026, 6, 16, 2, tzinfo=UTC)
PLACE = {"vi": "Hà Nội", "en": "Hanoi"}
REVIEWED = [date(2026, 12, 10), date(2027, 12, 10)]


@pytest.fixture
def conclusion(db: None) -> Conclusion:
    """Of 11/3/2026, issued on 20/6: one divided among five communes, and standing work of the Front."""
    from phoihop.areas.actions.derived import rebuild_derived
    from tests.reports.world import new_world

    with time_machine.travel(HELD, tick=False):
        world: World = new_world()
        for name in ("Ba", "Bốn", "Năm"):
            police_of(area_under(world.province, "commune", name), world.desk)
        rebuild_derived()
        front = front_of(world.country)
        made = drafted(world.centre, world.programme)
        where = paragraph(made)
        whole = assigned(where, world.desk, co_organisations=[front, world.centre])
        assigned(where, front, review_dates=REVIEWED)
        cascade_assignment(assignment=whole, level=Level.COMMUNE, by=None)
    with time_machine.travel(HELD + timedelta(days=4), tick=False):
        return issue_conclusion(conclusion=made, by=None)


def plan(conclusion: Conclusion) -> Plan:
    return notice_plan(conclusion, PLACE, "vi")


def table(found: Plan, annex: int) -> Table:
    (shown,) = found.annexes[annex].pieces
    assert isinstance(shown, Table)
    return shown


def test_the_notice_is_dated_as_it_is_issued_and_tells_the_day_of_the_conference(
    conclusion: Conclusion,
) -> None:
    found = plan(conclusion)
    assert found.head.place_and_date == "Hà Nội, ngày 20 tháng 6 năm 2026"
    assert "Ngày 11/03/2026" in getattr(found.body[0], "text", "")


def test_the_annexes_list_the_whole_with_its_parts(conclusion: Conclusion) -> None:
    found = plan(conclusion)
    assert [annex.number for annex in found.annexes] == ["Phụ lục I", "Phụ lục II"]
    lead = table(found, 0).rows[0].cells[2]
    assert lead.endswith("; giao thực hiện: Công an các xã, phường, đặc khu (5) (Phụ lục II)")
    parts = table(found, 1).rows
    assert [row.kind for row in parts] == ["group"] + ["row"] * 5
    named = (
        Assignment.objects.filter(parent__isnull=False)
        .order_by("order")
        .values_list("lead__name_vi", flat=True)
    )
    assert [row.cells[1] for row in parts[1:]] == list(named)
    assert {row.cells[2] for row in parts[1:]} == {f"{DUE:%d/%m/%Y}"}


def test_standing_work_shows_the_days_it_is_looked_at(conclusion: Conclusion) -> None:
    assert table(plan(conclusion), 0).rows[1].cells[5] == "Thường xuyên; rà soát: 10/12/2026; 10/12/2027"


def test_the_recipients_are_whom_it_binds(conclusion: Conclusion) -> None:
    lead, standing = Assignment.objects.filter(parent__isnull=True).order_by("order")
    named = [line.removeprefix("- ").rstrip(";") for line in plan(conclusion).recipients[:-1]]
    centre = conclusion.lead_issuer.name_vi  # an issuer that performs is told too
    assert sorted(named) == sorted(
        [lead.lead.name_vi, standing.lead.name_vi, centre, "Công an các xã, phường, đặc khu"]
    )


def test_what_is_divided_after_the_issue_is_not_of_the_notice(conclusion: Conclusion) -> None:
    Assignment.objects.filter(parent__isnull=False).update(given_at=HELD + timedelta(days=30))
    assert [annex.number for annex in plan(conclusion).annexes] == ["Phụ lục"]


@pytest.mark.parametrize("party", list(PartyKind))
@pytest.mark.parametrize("level", ["province", "district", "commune"])
def test_every_line_has_a_name_in_both_languages(party: PartyKind, level: str) -> None:
    assert group_name(party, level, "vi") != group_name(party, level, "en")


def test_bodies_are_called_as_on_the_day_of_the_issue(conclusion: Conclusion) -> None:
    area = Assignment.objects.filter(parent__isnull=True).order_by("order")[0].lead.area
    was = area.full_name
    area.titles.create(kind="tỉnh", full_name=was, valid_until=date(2026, 7, 1))
    area.kind, area.full_name = "thành phố trung ương", f"Thành phố {area.name}"
    area.save()
    lead = area.organisations.get(party=PartyKind.POLICE)
    lead.name_vi = f"Công an thành phố {area.name}"
    lead.save()
    told = table(plan(conclusion), 0).rows[0].cells[2]
    assert told.startswith(f"Công an tỉnh {area.name};")
