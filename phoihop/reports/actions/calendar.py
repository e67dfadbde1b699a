"""The central desk moves a deadline, grants an exception, closes a window; each with its reason."""

from datetime import date

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from phoihop.audit.actions import record
from phoihop.audit.words import seal_words
from phoihop.core import clock
from phoihop.reports import calendar_errors, errors
from phoihop.reports.enums import ReportState
from phoihop.reports.models import ClosingChange, DeadlineChange, Report, ReportingPeriod
from phoihop.reports.permissions import can_run_periods

from .guards import require_short
from .locking import locked_period, locked_report


@transaction.atomic
def extend_deadline(
    *, period: ReportingPeriod, level: str, until: date, reason: str, by: AbstractBaseUser | None
) -> ReportingPeriod:
    """For every report of a level that still has the level's deadline; not once it has passed."""
    current, why = _admitted(period, reason, by)
    if level not in current.deadlines:
        raise calendar_errors.no_deadline_of(current, level)
    old = date.fromisoformat(current.deadlines[level])
    if clock.today() > old:
        raise calendar_errors.deadline_has_passed(current, old)
    if until <= old:
        raise calendar_errors.deadline_not_later(old, until)
    current.deadlines = {**current.deadlines, level: until.isoformat()}
    current.save(update_fields=["deadlines"])
    moved = current.reports.filter(level=level, deadline=old).update(deadline=until)
    change = _remember(current, by, why, old, until, level=level)
    details = {"level": level, "old": old.isoformat(), "new": until.isoformat(), "reports": moved}
    record("extend_deadline", current, by=by, details=details | seal_words(change, "reason"))
    return current


@transaction.atomic
def grant_exception(*, report: Report, until: date, reason: str, by: AbstractBaseUser | None) -> Report:
    """More time for one unit. Before its deadline the deadline moves; after it the report is taken and stays late."""
    period, why = _admitted(report.period, reason, by)
    current = locked_report(report)
    if current.first_submitted_at or current.state == ReportState.WITHDRAWN:
        raise calendar_errors.already_in(current)
    today, old = clock.today(), current.deadline
    if until < today:
        raise calendar_errors.exception_in_the_past(until)
    if until <= old:
        raise calendar_errors.deadline_not_later(old, until)
    is_exception = today > old or period.closed_at is not None
    if is_exception:
        current.open_until = until
    else:
        current.deadline = until
    current.save(update_fields=["open_until", "deadline"])
    change = _remember(period, by, why, old, until, report=current, is_exception=is_exception)
    told = {"old": old.isoformat(), "new": until.isoformat(), "stays_late": is_exception}
    details = told | seal_words(change, "reason")
    record("grant_exception", current, by=by, organisation=current.organisation, details=details)
    return current


@transaction.atomic
def close_period(*, period: ReportingPeriod, reason: str, by: AbstractBaseUser | None) -> ReportingPeriod:
    """After every deadline, with nothing left to decide: no first report is taken any more; corrections are."""
    current, why = _admitted(period, reason, by)
    if current.closed_at:
        raise calendar_errors.already_closed(current)
    last = max(date.fromisoformat(day) for day in current.deadlines.values())
    if clock.today() <= last:
        raise calendar_errors.before_every_deadline(current, last)
    if waiting := current.reports.filter(state=ReportState.SUBMITTED).count():
        raise calendar_errors.waiting_to_be_decided(current, waiting)
    current.closed_at = clock.now()
    current.save(update_fields=["closed_at"])
    missing = current.reports.expected().filter(first_submitted_at__isnull=True).count()
    details = {"missing": missing, **_reason_of_closing(current, why, by, is_closing=True)}
    record("close_period", current, by=by, details=details)
    return current


@transaction.atomic
def reopen_period(*, period: ReportingPeriod, reason: str, by: AbstractBaseUser | None) -> ReportingPeriod:
    """What was closed too early takes reports again; the deadlines stand where they were."""
    current, why = _admitted(period, reason, by)
    if current.closed_at is None:
        raise calendar_errors.not_closed(current)
    current.closed_at = None
    current.save(update_fields=["closed_at"])
    details = _reason_of_closing(current, why, by, is_closing=False)
    record("reopen_period", current, by=by, details=details)
    return current


def require_open(report: Report) -> None:
    """A first report of a closed window is taken only under an exception."""
    excepted = report.open_until is not None and clock.today() <= report.open_until
    if report.period.closed_at and report.first_submitted_at is None and not excepted:
        raise calendar_errors.closed_for_reports(report)


def _admitted(
    period: ReportingPeriod, reason: str, by: AbstractBaseUser | None
) -> tuple[ReportingPeriod, str]:
    current = locked_period(period)
    if not can_run_periods(by):
        raise errors.only_the_centre_runs_periods()
    if not (why := require_short(reason)):
        raise calendar_errors.reason_needed()
    return current, why


def _remember(
    period: ReportingPeriod,
    by: AbstractBaseUser | None,
    reason: str,
    old: date,
    new: date,
    *,
    level: str = "",
    report: Report | None = None,
    is_exception: bool = False,
) -> DeadlineChange:
    return DeadlineChange.objects.create(
        period=period,
        report=report,
        level=level,
        old=old,
        new=new,
        is_exception=is_exception,
        reason=reason,
        at=clock.now(),
        by_id=getattr(by, "pk", None),
    )


def _reason_of_closing(
    period: ReportingPeriod, reason: str, by: AbstractBaseUser | None, *, is_closing: bool
) -> dict[str, str]:
    """Kept in a row of its own; the seal of it for the audit event."""
    change = ClosingChange.objects.create(
        period=period,
        is_closing=is_closing,
        reason=reason,
        at=clock.now(),
        by_id=getattr(by, "pk", None),
    )
    return seal_words(change, "reason")
