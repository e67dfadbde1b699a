"""The names of periods as an administration writes them, Vietnamese first."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from .calendars import CALENDAR
from .kinds import PeriodKind
from .written_days import format_day, format_day_of_year

if TYPE_CHECKING:
    from .period import Period

ROMAN = ("I", "II", "III", "IV")
MONTH_NAMES = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def period_label(period: Period, lang: str = "vi") -> str:
    """The name, with its dates wherever the name alone does not tell them: all but calendar periods."""
    name = _name(period, lang)
    if period.calendar == CALENDAR:
        return name
    return f"{name} ({format_day(period.start)}–{format_day(period.last)})"


def period_short_label(period: Period, lang: str = "vi") -> str:
    name = _name(period, lang)
    if not period.calendar.is_window:
        return name
    return f"{name} ({_day_of_year(period.start)}–{_day_of_year(period.last)})"


def _name(period: Period, lang: str) -> str:
    return _english(period) if lang.startswith("en") else _vietnamese(period)


def _vietnamese(period: Period) -> str:
    year, index = period.year, period.index
    match period.kind:
        case PeriodKind.MONTH:
            return f"tháng {index:02}/{year}" if index <= 2 else f"tháng {index}/{year}"
        case PeriodKind.QUARTER:
            return f"quý {ROMAN[index - 1]}/{year}"
        case PeriodKind.HALF:
            return f"6 tháng {'đầu' if index == 1 else 'cuối'} năm {year}"
        case PeriodKind.NINE_MONTHS:
            return f"9 tháng năm {year}"
        case _:
            return f"năm {year}"


def _english(period: Period) -> str:
    year, index = period.year, period.index
    match period.kind:
        case PeriodKind.MONTH:
            return f"{MONTH_NAMES[index - 1]} {year}"
        case PeriodKind.QUARTER:
            return f"Q{index} {year}"
        case PeriodKind.HALF:
            return f"{'first' if index == 1 else 'second'} half of {year}"
        case PeriodKind.NINE_MONTHS:
            return f"first nine months of {year}"
        case _:
            return f"{year}"


def _day_of_year(day: date) -> str:
    return format_day_of_year(day.month, day.day)
