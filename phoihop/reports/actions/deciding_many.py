"""A desk decides on many reports at once: each is taken or refused by itself, with a sentence."""

from collections.abc import Sequence
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from phoihop.core.errors import DomainError
from phoihop.reports import desk_errors, errors
from phoihop.reports.checks.today import findings_today
from phoihop.reports.models import Report, Waiver

from .decisions import accept_report, accept_reports, return_locked, return_report
from .guards import require_short
from .locking import chunks, locked_report, locked_reports
from .submission import AcceptOutcome, ReturnOutcome


@transaction.atomic
def accept_clean_reports(
    *, reports: Sequence[Report], seen_at: datetime | None = None, by: AbstractBaseUser | None
) -> AcceptOutcome:
    """Only those no rule has anything to say of, when submitted or today; `seen_at`: when the page was read."""
    locked = locked_reports(report.pk for report in reports)
    warnings = _warnings(list(locked.values()))
    kept, outcome = [], AcceptOutcome()
    for report in (locked[each.pk] for each in reports if each.pk in locked):
        if refusal := _refusal(report, seen_at, warnings.get(report.pk, 0)):
            outcome.refused.append((report, (str(refusal),)))
        else:
            kept.append(report)
    decided = accept_reports(reports=kept, by=by)
    return AcceptOutcome(decided.accepted, decided.refused + outcome.refused)


@transaction.atomic
def return_reports(
    *, reports: Sequence[Report], reason: str, seen_at: datetime | None = None, by: AbstractBaseUser | None
) -> ReturnOutcome:
    """One reason for all."""
    if not (why := require_short(reason)):
        raise errors.reason_needed_to_return()
    locked = locked_reports(report.pk for report in reports)
    named = [locked.pop(each.pk) for each in reports if each.pk in locked]
    newer = {each.pk for each in named if _is_newer(each, seen_at)}
    outcome = return_locked([each for each in named if each.pk not in newer], why, by)
    refused = [(each, (str(desk_errors.handed_in_since()),)) for each in named if each.pk in newer]
    return ReturnOutcome(outcome.returned, refused + outcome.refused)


@transaction.atomic
def accept_seen_report(*, report: Report, number: int, by: AbstractBaseUser | None) -> Report:
    """Accepts the version that was read, and no later one."""
    _require_version(report, number)
    return accept_report(report=report, by=by)


@transaction.atomic
def return_seen_report(*, report: Report, number: int, reason: str, by: AbstractBaseUser | None) -> Report:
    _require_version(report, number)
    return return_report(report=report, reason=reason, by=by)


def _require_version(report: Report, number: int) -> None:
    latest = locked_report(report).latest_version
    if latest is not None and latest.number > number:
        raise desk_errors.another_version(report, latest.number)


def _refusal(report: Report, seen_at: datetime | None, warnings: int) -> DomainError | None:
    if _is_newer(report, seen_at):
        return desk_errors.handed_in_since()
    return desk_errors.has_findings(warnings) if warnings else None


def _is_newer(report: Report, seen_at: datetime | None) -> bool:
    submitted_at = report.latest_version.submitted_at if report.latest_version else None
    return seen_at is not None and submitted_at is not None and submitted_at > seen_at


def _warnings(reports: Sequence[Report]) -> dict[int, int]:
    """By report: explained when submitted, or said by today's rules, whichever is more."""
    handed_in = [(each, each.latest_version) for each in reports if each.latest_version]
    counts = {pk: len(found) for pk, found in findings_today(handed_in).items()}
    for some in chunks([version.pk for _, version in handed_in]):
        for explained in Waiver.objects.filter(version__in=some).values_list("version__report", flat=True):
            counts[explained] = max(counts.get(explained, 0), 1)
    return counts
