from datetime import date

import pytest

from phoihop.audit.models import AuditEvent
from phoihop.core.errors import Conflict, DomainError, NotAllowed
from phoihop.orgs.enums import PartyKind, Role
from phoihop.orgs.models import Membership
from phoihop.reports.actions import accept_report, lock_reports, return_report, submit_report
from phoihop.reports.enums import Origin, ReportState, VersionState
from phoihop.reports.models import LedgerEntry, Report
from tests.factories.orgs import OrganisationFactory, UserFactory
from tests.reports.world import CELLS, World, accepted, submitted


def test_accepted_version_comes_into_force(world: World) -> None:
    world.open()
    report = submitted(world.report_of(world.units[0]))

    accept_report(report=report, by=world.provincial_desk)

    stored = Report.objects.get(pk=report.pk)
    assert stored.state == ReportState.ACCEPTED
    assert stored.accepted_version == stored.latest_version
    assert stored.accepted_version is not None
    assert stored.accepted_version.state == VersionState.ACCEPTED
    assert stored.accepted_version.decided_by == world.provincial_desk
    event = AuditEvent.objects.get(action="accept_report")
    assert (event.actor, event.organisation) == (world.provincial_desk.username, world.desk.slug)


def test_returned_report_says_why(world: World) -> None:
    world.open()
    report = submitted(world.report_of(world.units[0]))

    returned = return_report(report=report, reason=" B01 chưa gồm quý II ", by=world.provincial_desk)

    assert returned.state == ReportState.RETURNED
    assert returned.latest_version is not None
    assert returned.latest_version.return_reason == "B01 chưa gồm quý II"
    assert returned.latest_version.state == VersionState.RETURNED
    assert not LedgerEntry.objects.exists()


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_return_without_a_reason_is_refused(world: World, reason: str) -> None:
    world.open()
    report = submitted(world.report_of(world.units[0]))

    with pytest.raises(DomainError):
        return_report(report=report, reason=reason, by=world.provincial_desk)
    assert world.report_of(world.units[0]).state == ReportState.SUBMITTED


ROLES = [
    ("desk", Role.PROVINCIAL_DESK, True),
    ("desk", Role.APPROVER, True),
    ("desk", Role.REPORTING_OFFICER, False),
    ("desk", Role.READER, False),
    ("desk", Role.AUDITOR, False),
    ("desk", Role.CENTRAL_DESK, False),  # held at a level that has no central desk
    ("unit", Role.APPROVER, False),
    ("unit", Role.PROVINCIAL_DESK, False),
    ("other unit", Role.APPROVER, False),
    ("centre", Role.CENTRAL_DESK, False),  # the province accepts its communes, not the centre
    ("front", Role.PROVINCIAL_DESK, False),
]


@pytest.mark.parametrize(("where", "role", "may"), ROLES)
def test_only_the_superior_decides(world: World, where: str, role: Role, may: bool) -> None:
    world.open()
    places = {
        "desk": world.desk,
        "unit": world.units[0],
        "other unit": world.units[1],
        "centre": world.centre,
        "front": OrganisationFactory(area=world.province, party=PartyKind.FRONT),
    }
    user = world.user(places[where], role)
    reports = [submitted(world.report_of(unit)) for unit in world.units]

    if may:
        assert accept_report(report=reports[0], by=user).state == ReportState.ACCEPTED
        assert return_report(report=reports[1], reason="Sai", by=user).state == ReportState.RETURNED
    else:
        with pytest.raises(NotAllowed):
            accept_report(report=reports[0], by=user)
        with pytest.raises(NotAllowed):
            return_report(report=reports[0], reason="Sai", by=user)


def test_nobody_accepts_their_own_submission(world: World) -> None:
    """The desk handed in the file for its communes: another of the desk accepts."""
    world.open()
    desk, another = world.provincial_desk, world.user(world.desk, Role.APPROVER)
    report = submit_report(
        report=world.report_of(world.units[0]), cells=CELLS, by=desk, origin=Origin.BULK_FILE
    )

    with pytest.raises(NotAllowed, match="người khác"):
        accept_report(report=report, by=desk)
    assert accept_report(report=report, by=another).state == ReportState.ACCEPTED


def test_without_a_superior_the_partys_central_desk_accepts(world: World) -> None:
    world.open()
    report = submitted(world.report_of(world.desk))
    front = OrganisationFactory(area=world.country, party=PartyKind.FRONT)
    assert report.superior is None

    for wrong in (world.provincial_desk, world.user(front, Role.CENTRAL_DESK)):
        with pytest.raises(NotAllowed):
            accept_report(report=report, by=wrong)
    assert accept_report(report=report, by=world.central_desk).state == ReportState.ACCEPTED


def test_heir_of_an_abolished_superior_accepts(world: World) -> None:
    world.open()
    report = submitted(world.report_of(world.units[0]))
    heir = OrganisationFactory(area=world.province, party=PartyKind.POLICE)
    world.desk.valid_until = date(2026, 6, 15)
    world.desk.save()
    world.desk.heir_links.create(successor=heir, on=date(2026, 6, 15))

    with pytest.raises(NotAllowed):
        accept_report(report=report, by=world.provincial_desk)  # acts for what is no more
    assert accept_report(report=report, by=world.user(heir, Role.APPROVER)).state == ReportState.ACCEPTED


def test_membership_that_ended_gives_no_right(world: World) -> None:
    world.open()
    report = submitted(world.report_of(world.units[0]))
    user = UserFactory()
    Membership.objects.create(
        user=user, organisation=world.desk, role=Role.APPROVER, valid_until=date(2026, 6, 16)
    )

    with pytest.raises(NotAllowed):
        accept_report(report=report, by=user)


# Out of step


def test_accepting_a_correction_below_puts_the_superior_out_of_step_until_it_follows(world: World) -> None:
    world.open()
    below = accepted(world.report_of(world.units[0]))
    accepted(world.report_of(world.desk))

    corrected = submitted(below, {**CELLS, "B01": "5"}, reason="Sót một cuộc")
    assert not world.report_of(world.desk).is_out_of_step  # nothing is in force yet
    accept_report(report=corrected, by=None)
    assert world.report_of(world.desk).is_out_of_step

    again = submitted(world.report_of(world.desk), reason="Theo bản sửa của xã")
    assert world.report_of(world.desk).is_out_of_step
    assert not accept_report(report=again, by=None).is_out_of_step
    assert not world.report_of(world.desk).is_out_of_step


def test_report_that_does_not_stand_on_the_corrected_one_stays_in_step(world: World) -> None:
    world.open()
    accepted(world.report_of(world.desk))  # before any commune
    below = accepted(world.report_of(world.units[0]))

    accepted(below, {**CELLS, "B01": "5"}, reason="Sót một cuộc")

    assert not world.report_of(world.desk).is_out_of_step


def test_superior_accepted_on_a_version_corrected_meanwhile_is_out_of_step_at_once(world: World) -> None:
    world.open()
    below = accepted(world.report_of(world.units[0]))
    waiting = submitted(world.report_of(world.desk))
    accepted(below, {**CELLS, "B01": "5"}, reason="Sót một cuộc")

    assert accept_report(report=waiting, by=None).is_out_of_step


# Locking


def test_locking_closes_accepted_reports_only(world: World) -> None:
    period = world.open()
    accepted(world.report_of(world.units[0]))
    submitted(world.report_of(world.units[1]))

    locked = lock_reports(period=period, by=world.provincial_desk)

    states = [world.report_of(unit).state for unit in world.units]
    assert states == [ReportState.LOCKED, ReportState.SUBMITTED]
    assert locked.closed_at is None


def test_period_is_closed_when_every_report_due_is_locked(world: World) -> None:
    period = world.open()
    for organisation in (*world.units, world.desk):
        accepted(world.report_of(organisation))

    assert lock_reports(period=period, by=world.provincial_desk).closed_at is None
    assert lock_reports(period=period, by=world.central_desk).closed_at is not None


def test_locking_nothing_is_refused(world: World) -> None:
    period = world.open()
    accepted(world.report_of(world.units[0]))

    with pytest.raises(Conflict):
        lock_reports(period=period, by=world.officer())
    assert world.report_of(world.units[0]).state == ReportState.ACCEPTED


def test_locked_report_can_be_corrected(world: World) -> None:
    period = world.open()
    report = accepted(world.report_of(world.units[0]))
    lock_reports(period=period, by=None)

    corrected = submitted(report, {**CELLS, "B01": "5"}, reason="Sót một cuộc")

    assert (corrected.state, corrected.accepted_version_id) == (
        ReportState.SUBMITTED,
        report.accepted_version_id,
    )
