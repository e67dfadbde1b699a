"""Submitting and correcting: one report, or thousands, by the same steps."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from phoihop.core import clock
from phoihop.reports import errors
from phoihop.reports.enums import Origin
from phoihop.reports.models import Report, ReportVersion
from phoihop.reports.standing import Standing, standing_of

from .ahead import Foreseen, confirmed
from .judging import Judged, judge
from .locking import locked_report, locked_reports
from .submission import BulkOutcome, Explanation, Submission, sentences_of
from .writing import write_versions


@transaction.atomic
def submit_reports(
    *,
    submissions: Sequence[Submission],
    by: AbstractBaseUser | None,
    origin: Origin,
    simulated: bool = False,
) -> BulkOutcome:
    """The good ones are submitted together; each bad one is refused with its sentences and hinders no other.

    A report accepted before is corrected: the submission then needs a reason.
    """
    reports = locked_reports(each.report.pk for each in submissions)
    judged = _judge_and_write(submissions, reports, by, standing_of(by), origin, simulated)
    outcome = BulkOutcome()
    for each in judged:
        if each.refusal is not None:
            outcome.refused.append((each.submission, sentences_of(each.refusal)))
        elif each.is_unchanged:
            outcome.unchanged.append(each.submission)
        else:
            outcome.submitted.append(each.report)
    return outcome


@transaction.atomic
def submit_report(
    *,
    report: Report,
    cells: Mapping[str, Any],
    by: AbstractBaseUser | None,
    origin: Origin,
    consolidated: Sequence[str] = (),
    notes: Mapping[str, str] | None = None,
    narrative: Mapping[str, Any] | None = None,
    waivers: Sequence[Explanation] = (),
    reason: str = "",
    simulated: bool = False,
    pins: Sequence[ReportVersion] | None = None,
) -> Report:
    """The next version of a report.

    Raises: ChecksFailed, ExplanationNeeded; Conflict where the state or the day does not allow it, or where
            the report says exactly this already; NotAllowed.
    """
    submission = Submission(report, cells, consolidated, notes or {}, narrative or {}, pins, waivers, reason)
    current = locked_report(report)
    return submit_locked(
        current, submission, by=by, standing=standing_of(by), origin=origin, simulated=simulated
    )


def submit_locked(
    current: Report,
    submission: Submission,
    *,
    by: AbstractBaseUser | None,
    standing: Standing,
    origin: Origin,
    simulated: bool = False,
    foreseen: Foreseen | None = None,
) -> Report:
    """submit_report for who holds the report's lock already, and may have judged it before."""
    if foreseen and (good := confirmed(foreseen, current)):
        write_versions([good], by=by, origin=origin, simulated=simulated, at=clock.now())
        return current
    [judged] = _judge_and_write([submission], {current.pk: current}, by, standing, origin, simulated)
    if judged.refusal is not None:
        raise judged.refusal
    if judged.is_unchanged:
        raise errors.nothing_changed(judged.report)
    return judged.report


@transaction.atomic
def correct_report(*, report: Report, reason: str, **submitted: Any) -> Report:
    """A new version after an acceptance; the accepted one stays in force until this one is accepted."""
    if Report.objects.filter(pk=report.pk, accepted_version__isnull=True).exists():
        raise errors.nothing_to_correct(report)
    return submit_report(report=report, reason=reason, **submitted)


def _judge_and_write(
    submissions: Sequence[Submission],
    reports: Mapping[int, Report],
    by: AbstractBaseUser | None,
    standing: Standing,
    origin: Origin,
    simulated: bool,
) -> list[Judged]:
    at = clock.now()
    judged = [Judged(each, reports[each.report.pk]) for each in submissions]
    _refuse_second_ones(judged)
    judge(judged, standing=standing, origin=origin, simulated=simulated, at=at)
    good = [each for each in judged if each.refusal is None and not each.is_unchanged]
    write_versions(good, by=by, origin=origin, simulated=simulated, at=at)
    return judged


def _refuse_second_ones(judged: Sequence[Judged]) -> None:
    seen: set[int] = set()
    for each in judged:
        if each.report.pk in seen:
            each.refusal = errors.given_twice(each.report)
        seen.add(each.report.pk)
