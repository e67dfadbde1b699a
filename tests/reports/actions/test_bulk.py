"""Many at once are the same as one by one."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction

from phoihop.audit.models import AuditEvent
from phoihop.core.errors import DomainError
from phoihop.periods import parse_period
from phoihop.reports.actions import (
    Submission,
    accept_report,
    accept_reports,
    save_draft,
    submit_report,
    submit_reports,
)
from phoihop.reports.enums import Origin, ReportState
from phoihop.reports.models import LedgerEntry, Report, ReportVersion, Waiver
from tests.reports.world import CELLS, World, accepted, submitted

GIVEN: dict[str, Any] = {"by": None, "origin": Origin.BULK_FILE, "simulated": True}


def plain(rows: Any, *left_out: str) -> list[dict[str, Any]]:
    return [{key: value for key, value in row.items() if key not in left_out} for row in rows.values()]


def everything() -> dict[str, Any]:
    return {
        "reports": plain(Report.objects.order_by("pk"), "latest_version_id", "accepted_version_id", "id"),
        "versions": plain(ReportVersion.objects.order_by("report", "number"), "id"),
        "pins": list(
            ReportVersion.objects.order_by("report", "number", "pins__report").values_list(
                "report", "number", "pins__report", "pins__number"
            )
        ),
        "waivers": sorted(
            Waiver.objects.values_list("version__report", "check_code", "indicator_code", "explanation")
        ),
        "ledger": list(
            LedgerEntry.objects.order_by("seq").values_list("seq", "report", "version__number", "at")
        ),
        "audit": plain(AuditEvent.objects.order_by("action", "object_id"), "id", "at"),
    }


def undone(work: Callable[[], None]) -> dict[str, Any]:
    """What the database would hold after the work."""
    with transaction.atomic():
        work()
        held = everything()
        transaction.set_rollback(True)
    return held


def test_bulk_and_single_give_equal_rows(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("phoihop.audit.salted.secrets.token_hex", lambda size: "5a" * size)
    """New reports, a draft, a correction and a superior's report, with a warning explained, then accepted."""
    world.open()
    accepted(world.report_of(world.units[0]))
    save_draft(report=world.report_of(world.units[1]), cells={"B01": "1"}, by=None)
    submissions = [
        Submission(world.report_of(world.units[0]), {"B01": "6", "B02": "600"}, reason="Sót"),
        Submission(
            world.report_of(world.units[1]), {"B01": "2", "B02": "4"}, notes={"B02": "Vùng sâu"}
        ),
        Submission(world.report_of(world.desk), CELLS, ["B02"], narrative={"results": "Tốt"}, notes={"B01": "x"}),
    ]  # fmt: skip

    def one_by_one() -> None:
        for each in submissions:
            submit_report(
                report=each.report, cells=each.cells, consolidated=each.consolidated, notes=each.notes,
                narrative=each.narrative, reason=each.reason, **GIVEN,
            )  # fmt: skip
        for each in submissions:
            accept_report(report=each.report, by=None)

    def at_once() -> None:
        outcome = submit_reports(submissions=submissions, **GIVEN)
        assert (len(outcome.submitted), outcome.refused, outcome.unchanged) == (3, [], [])
        accepted_now = accept_reports(reports=outcome.submitted, by=None)
        assert (len(accepted_now.accepted), accepted_now.refused) == (3, [])

    single, bulk = undone(one_by_one), undone(at_once)

    for part, rows in single.items():
        assert bulk[part] == rows, part
    assert len(single["versions"]) == 4
    assert len(single["waivers"]) == 1


def test_bad_submission_never_loses_the_good_ones(world: World) -> None:
    world.open()
    good = Submission(world.report_of(world.units[0]), CELLS)
    bad = Submission(world.report_of(world.units[1]), {"B01": "-1", "B02": "bốn"})

    outcome = submit_reports(submissions=[bad, good], **GIVEN)

    assert [report.pk for report in outcome.submitted] == [good.report.pk]
    [(refused, sentences)] = outcome.refused
    assert refused is bad
    assert len(sentences) == 2
    assert world.report_of(world.units[1]).state == ReportState.EXPECTED


def test_each_refusal_is_that_of_the_single_action(world: World) -> None:
    period = world.open()
    accepted(world.report_of(world.units[1]))
    attempts = [
        Submission(world.report_of(world.units[0]), {"B01": "-1"}),
        Submission(world.report_of(world.units[1]), CELLS | {"B01": "5"}),  # a correction without a reason
        Submission(world.report_of(world.desk), {}),
    ]

    outcome = submit_reports(submissions=attempts, **GIVEN)

    said = {submission.report.pk: sentences for submission, sentences in outcome.refused}
    assert len(said) == 3
    for attempt in attempts:
        with pytest.raises(DomainError) as refusal:
            submit_report(report=attempt.report, cells=attempt.cells, **GIVEN)
        assert said[attempt.report.pk] == (str(refusal.value),)
    assert period.reports.filter(state=ReportState.SUBMITTED).count() == 0


def test_handing_in_the_same_again_changes_nothing(world: World) -> None:
    world.open()
    submissions = [Submission(world.report_of(unit), CELLS) for unit in world.units]
    submit_reports(submissions=submissions, **GIVEN)
    before = everything()

    again = submit_reports(submissions=submissions, **GIVEN)

    assert (again.submitted, again.refused, again.unchanged) == ([], [], submissions)
    assert everything() == before


def test_report_given_twice_is_refused_the_second_time(world: World) -> None:
    world.open()
    first = Submission(world.report_of(world.units[0]), CELLS)
    second = Submission(world.report_of(world.units[0]), {"B01": "9"})

    outcome = submit_reports(submissions=[first, second], **GIVEN)

    assert [each for each, _ in outcome.refused] == [second]
    assert ReportVersion.objects.get().cells == CELLS


def test_nothing_handed_in_is_nothing_done(world: World) -> None:
    world.open()

    outcome = submit_reports(submissions=[], **GIVEN)

    assert (outcome.submitted, outcome.refused) == ([], [])
    assert accept_reports(reports=[], by=None).accepted == []


def test_accepting_many_refuses_each_that_cannot_be(world: World) -> None:
    world.open()
    waiting = submitted(world.report_of(world.units[0]))
    empty = world.report_of(world.units[1])
    above = submitted(world.report_of(world.desk))

    outcome = accept_reports(reports=[empty, waiting, above, waiting], by=world.provincial_desk)

    assert [report.pk for report in outcome.accepted] == [waiting.pk]
    assert [report.pk for report, _ in outcome.refused] == [empty.pk, above.pk]
    assert LedgerEntry.objects.count() == 1


def test_reports_of_several_periods_are_handed_in_together(world: World) -> None:
    earlier = world.open(parse_period("ADM-2025-H2"))
    now = world.open()
    submissions = [Submission(world.report_of(world.units[0], period), CELLS) for period in (earlier, now)]

    assert len(submit_reports(submissions=submissions, **GIVEN).submitted) == 2


def test_queries_do_not_grow_with_the_number_of_reports(
    world: World, django_assert_max_num_queries: Any
) -> None:
    period = world.open()
    submissions = [Submission(report, CELLS, notes={"B01": "x"}) for report in period.reports.all()]

    with django_assert_max_num_queries(40):
        outcome = submit_reports(submissions=submissions, **GIVEN)
    with django_assert_max_num_queries(25):
        accept_reports(reports=outcome.submitted, by=None)
