"""Reporting periods and working days. Pure: imports neither Django nor any other app."""

from .calendars import ADMINISTRATIVE, CALENDAR, CalendarKind, calendar_of, window
from .days import today_in_vietnam
from .errors import PeriodError
from .kinds import PeriodKind, kind_label
from .parsing import parse_period
from .period import Period, period_containing, periods_between
from .spans import Span, SpanCover
from .working_days import WorkingCalendar, deadline, deadlines
from .written_days import format_day

__all__ = [
    "ADMINISTRATIVE",
    "CALENDAR",
    "CalendarKind",
    "Period",
    "PeriodError",
    "PeriodKind",
    "Span",
    "SpanCover",
    "WorkingCalendar",
    "calendar_of",
    "deadline",
    "deadlines",
    "format_day",
    "kind_label",
    "parse_period",
    "period_containing",
    "periods_between",
    "today_in_vietnam",
    "window",
]
