"""Windows not opened yet: those that have begun, and what opening one would ask of whom, by when."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from phoihop.areas.enums import LEVEL_ORDER, Level
from phoihop.core import clock
from phoihop.indicators.enums import WindowKind
from phoihop.periods import Period, PeriodError, PeriodKind, calendar_of, parse_period, period_containing
from phoihop.reports.models import ReportForm, ReportingPeriod
from phoihop.reports.queries.deadlines import deadlines_for
from phoihop.reports.queries.expected import reports_due

WINDOWS = {  # the usual calendar of a form first
    WindowKind.HALF: (("ADM", PeriodKind.HALF), ("CAL", PeriodKind.HALF)),
    WindowKind.YEAR: (("ADM", PeriodKind.YEAR), ("CAL", PeriodKind.YEAR)),
    WindowKind.RESIDENTIAL: (("W1101", PeriodKind.WINDOW),),
    WindowKind.COMMUNE: (("W1116", PeriodKind.WINDOW),),
}


@dataclass(frozen=True, slots=True)
class Unopened:
    """`can_open`: its first day has come."""

    form: ReportForm
    period: Period
    can_open: bool


@dataclass(frozen=True, slots=True)
class LevelDue:
    level: str
    units: int
    deadline: date


def unopened_windows(day: date | None = None) -> list[Unopened]:
    """Of each form, in its calendar: those begun since the last one opened, and the next to come.

    A form that never had a window begins with the one before today's, whose reports are due.
    """
    today = day or clock.today()
    last = _last_opened()
    return [
        Unopened(form, period, period.start <= today)
        for form in ReportForm.objects.order_by("pk")
        for period in _following(form, last.get(form.pk), today)
    ]


def what_is_due(form: ReportForm, period: Period) -> list[LevelDue]:
    """As opening would write it today.

    Raises: DomainError where no working day is left for a deadline.
    """
    units = Counter(due.level for due in reports_due(form, period.start, period.end))
    return _by_level(units, deadlines_for(form, period, set(units))) if units else []


def _by_level(units: Mapping[str, int], deadlines: Mapping[str, str]) -> list[LevelDue]:
    levels = sorted(units, key=lambda each: LEVEL_ORDER[Level(each)])
    return [LevelDue(each, units[each], date.fromisoformat(deadlines[each])) for each in levels]


def _last_opened() -> dict[int, Period]:
    rows = ReportingPeriod.objects.order_by("start").values_list("form", "code")
    return {form: parse_period(code) for form, code in rows}


def _following(form: ReportForm, last: Period | None, today: date) -> Sequence[Period]:
    found = [last.next()] if last else _first(form, today)
    while found and found[-1].start <= today:
        found.append(found[-1].next())
    return found


def _first(form: ReportForm, today: date) -> list[Period]:
    calendar, kind = WINDOWS[WindowKind(form.window)][0]
    try:
        return [period_containing(today, calendar_of(calendar), kind).previous()]
    except PeriodError:
        return []
