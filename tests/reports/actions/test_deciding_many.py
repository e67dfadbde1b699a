from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from phoihop.areas.enums import Level
from phoihop.audit.models import AuditEvent
from phoihop.core import clock
from phoihop.core.errors import Conflict, DomainError, NotAllowed
from phoihop.orgs.enums import Role
from phoihop.reports.actions import (
    Explanation,
    accept_clean_reports,
    accept_seen_report,
    return_report,
    return_reports,
    return_seen_report,
    submit_reports,
)
from phoihop.reports.actions.submission import Submission
from phoihop.reports.enums import Origin
from phoihop.reports.models import LedgerEntry, Report, Waiver
from tests.factories.areas import area_under
from tests.factories.orgs import police_of
from tests.factories.reports import expected
from tests.reports.world import CELLS, IN_TIME, World, submitted

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(world: World) -> list[Report]:
    world.open()
    return [submitted(world.report_of(unit)) for unit in world.units]


def explained(report: Report) -> None:
    Waiver.objects.create(
        version=report.latest_version, check_code="change", indicator_code="B01", explanation="Đợt cao điểm"
    )


def test_a_report_with_an_explained_warning_is_not_accepted_in_bulk(world: World, two: list[Report]) -> None:
    explained(two[0])
    outcome = accept_clean_reports(reports=two, by=world.provincial_desk)
    assert [report.pk for report in outcome.accepted] == [two[1].pk]
    assert [(report.pk, "1 cảnh báo" in said[0]) for report, said in outcome.refused] == [(two[0].pk, True)]
    assert Report.objects.get(pk=two[0].pk).state == "submitted"
    assert LedgerEntry.objects.count() == 1


def test_what_todays_rules_say_counts_too(world: World, two: list[Report]) -> None:
    version = two[0].latest_version
    version.cells = {"B01": "-1", "B02": "400"}  # as an older rule let it in
    version.save()
    outcome = accept_clean_reports(reports=two, by=world.provincial_desk)
    assert [report.pk for report in outcome.accepted] == [two[1].pk]


def test_what_came_in_after_the_page_was_read_is_not_decided(world: World, two: list[Report]) -> None:
    before = IN_TIME - timedelta(minutes=1)
    for refused in (
        accept_clean_reports(reports=two, seen_at=before, by=world.provincial_desk).refused,
        return_reports(reports=two, reason="Thiếu", seen_at=before, by=world.provincial_desk).refused,
    ):
        assert [report.pk for report, _ in refused] == [each.pk for each in two]
    assert len(accept_clean_reports(reports=two, seen_at=IN_TIME, by=world.provincial_desk).accepted) == 2


def test_many_come_back_with_one_reason_and_each_refusal_is_said(world: World, two: list[Report]) -> None:
    accept_clean_reports(reports=two[:1], by=world.provincial_desk)
    outcome = return_reports(reports=two, reason=" Xem lại B02 ", by=world.provincial_desk)
    assert [report.pk for report in outcome.returned] == [two[1].pk]
    assert [report.pk for report, _ in outcome.refused] == [two[0].pk]
    assert Report.objects.get(pk=two[1].pk).latest_version.return_reason == "Xem lại B02"
    with pytest.raises(DomainError):
        return_reports(reports=two, reason="  ", by=world.provincial_desk)


def test_a_return_in_bulk_writes_what_a_return_alone_writes(world: World, two: list[Report]) -> None:
    with clock.pinned(IN_TIME):
        alone = return_report(report=two[0], reason="Thiếu", by=world.provincial_desk)
        many = return_reports(reports=[two[1], two[1]], reason="Thiếu", by=world.provincial_desk)
    assert (many.returned, many.refused) == ([two[1]], []), "named twice, returned once"
    told = [_told(Report.objects.get(pk=report.pk)) for report in two]
    assert told[0] == told[1]
    for said, kept in ((alone, two[0]), (many.returned[0], two[1])):
        assert _told(said) == _told(Report.objects.get(pk=kept.pk)), "the instance handed back says the same"


def _told(report: Report) -> tuple[object, ...]:
    version = report.latest_version
    acts = AuditEvent.objects.filter(object_type="reports.report", object_id=str(report.pk))
    audited = acts.filter(action="return_report").values_list("actor", "organisation", "details")
    return (
        report.state, version.state, version.return_reason, version.decided_at, version.decided_by,
        [(actor, body, sorted(details), details["version"]) for actor, body, details in audited],  # each seal has a salt
        [seal.place for seal in version.seals.filter(place="return")],
    )  # fmt: skip


def test_a_return_of_many_costs_what_a_return_of_two_costs(world: World, two: list[Report]) -> None:
    def asked(reports: list[Report]) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert len(return_reports(reports=reports, reason="x", by=world.provincial_desk).returned) == len(
                reports
            )
        return len(queries)

    more = [police_of(area_under(world.province, Level.COMMUNE, f"Bạn {n}"), world.desk) for n in range(8)]
    asked(two[:1])
    few = asked(two[1:])
    reports = [expected(two[0].period, unit) for unit in more]
    assert asked([submitted(report) for report in reports]) == few


def test_others_decide_nothing(world: World, two: list[Report]) -> None:
    for user in (world.officer(), world.user(world.desk, Role.READER), world.central_desk):
        assert accept_clean_reports(reports=two, by=user).accepted == []
        assert return_reports(reports=two, reason="x", by=user).returned == []


def test_only_the_version_that_was_read_is_decided(world: World, two: list[Report]) -> None:
    with clock.pinned(IN_TIME):
        again = Submission(two[0], {**CELLS, "B01": "5"}, waivers=[Explanation("x", "y")])
        submit_reports(submissions=[again], by=None, origin=Origin.FORM, simulated=True)
    for decide in (
        lambda number: accept_seen_report(report=two[0], number=number, by=world.provincial_desk),
        lambda number: return_seen_report(report=two[0], number=number, reason="x", by=world.provincial_desk),
    ):
        with pytest.raises(Conflict):
            decide(1)
    assert accept_seen_report(report=two[0], number=2, by=world.provincial_desk).state == "accepted"
    with pytest.raises(NotAllowed):
        accept_seen_report(report=two[1], number=1, by=world.officer())
