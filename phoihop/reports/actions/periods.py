"""Opening a window with its list of reports due, following reorganisations, freezing the list."""

from datetime import date, datetime, time

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from phoihop.audit.actions import record
from phoihop.core import clock
from phoihop.indicators.enums import WindowKind
from phoihop.periods import Period, WorkingCalendar
from phoihop.reports import errors
from phoihop.reports.models import Report, ReportForm, ReportingPeriod
from phoihop.reports.permissions import can_run_periods
from phoihop.reports.queries.deadlines import deadlines_for
from phoihop.reports.queries.expected import ONE_DAY, reports_due
from phoihop.reports.queries.opening import WINDOWS

from .agreed import refuse_against_calendars
from .following import ListChange, follow, new_report
from .locking import locked_period


@transaction.atomic
def open_period(
    *,
    form: ReportForm,
    period: Period,
    by: AbstractBaseUser | None,
    on: date | None = None,
    working_calendar: WorkingCalendar | None = None,
) -> ReportingPeriod:
    """From its first day on: one expected report per organisation asked, deadlines computed once and stored."""
    day = on or clock.today()
    _require_may_open(form, period, by, day)
    asked = form.scopes.overlapping(period.start, period.end)
    refuse_against_calendars(asked, form.programmes.all(), period.start)
    dues = reports_due(form, period.start, period.end)
    if not dues:
        raise errors.nobody_asked(form, period.code)
    opened = ReportingPeriod.objects.create(
        form=form,
        code=period.code,
        start=period.start,
        end=period.end,
        deadlines=deadlines_for(form, period, {due.level for due in dues}, working_calendar),
        opened_at=clock.now() if on is None else _morning_of(on),
    )
    Report.objects.bulk_create([new_report(opened, due) for due in dues], batch_size=2_000)
    record("open_period", opened, by=by, details={"period": opened.code, "expected": len(dues)})
    return opened


@transaction.atomic
def follow_reorganisations(*, period: ReportingPeriod, by: AbstractBaseUser | None) -> ListChange:
    """Brings the list up to today's map and organisations, until it is frozen; no report is ever deleted."""
    current = locked_period(period)
    if not can_run_periods(by):
        raise errors.only_the_centre_runs_periods()
    if current.list_frozen_at:
        raise errors.list_frozen(current)
    return follow(current, by=by)


@transaction.atomic
def freeze_list(*, period: ReportingPeriod, by: AbstractBaseUser | None) -> ReportingPeriod:
    """After the cut-off: follows a last time, then the list stands."""
    current = locked_period(period)
    if not can_run_periods(by):
        raise errors.only_the_centre_runs_periods()
    if current.list_frozen_at:
        raise errors.list_frozen(current)
    if clock.today() < current.end:
        raise errors.before_the_cut_off(current, current.end - ONE_DAY)
    follow(current, by=by)
    current.list_frozen_at = clock.now()
    current.save(update_fields=["list_frozen_at"])
    expected = current.reports.expected().count()
    record("freeze_list", current, by=by, details={"period": current.code, "expected": expected})
    return current


def _require_may_open(form: ReportForm, period: Period, by: AbstractBaseUser | None, day: date) -> None:
    if not can_run_periods(by):
        raise errors.only_the_centre_runs_periods()
    if (period.calendar.code, period.kind) not in WINDOWS[WindowKind(form.window)]:
        raise errors.window_of_another_form(form, period.code)
    if day < period.start:
        raise errors.period_not_begun(period.code, period.start)
    if ReportingPeriod.objects.filter(form=form, code=period.code).exists():
        raise errors.already_open(form, period.code)


def _morning_of(day: date) -> datetime:
    return datetime.combine(day, time(8), clock.VIETNAM)
