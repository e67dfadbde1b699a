from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Self

from .calendars import CalendarKind
from .days import refuse_instant
from .errors import span_ends_before_it_starts
from .kinds import PeriodKind, kind_label
from .period import ONE_DAY, Period, periods_between
from .written_days import format_day

LISTED_ONE_BY_ONE = 6
Days = tuple[date, date]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Any run of days asked for: `start <= day < end`."""

    start: date
    end: date

    def __post_init__(self) -> None:
        refuse_instant(self.start)
        refuse_instant(self.end)
        if self.end <= self.start:
            raise span_ends_before_it_starts(self.start, self.end - ONE_DAY)

    @classmethod
    def of(cls, start: date, last_inclusive: date) -> Self:
        return cls(start, last_inclusive + ONE_DAY)

    @property
    def last(self) -> date:
        return self.end - ONE_DAY

    @property
    def days(self) -> int:
        return (self.end - self.start).days

    def contains(self, day: date) -> bool:
        return self.start <= day < self.end

    def whole(self, calendar: CalendarKind, kind: PeriodKind) -> SpanCover:
        """The whole periods inside the span; a period only partly inside is not taken at all."""
        periods = tuple(periods_between(self.start, self.end, calendar, kind))
        return SpanCover(self, calendar, kind, periods, _left_out(self, periods))

    def label(self, lang: str = "vi") -> str:
        return _days_label((self.start, self.last), lang)


@dataclass(frozen=True, slots=True)
class SpanCover:
    """What a span took (`periods`) and the days it left out, as pairs of first and last day."""

    span: Span
    calendar: CalendarKind
    kind: PeriodKind
    periods: tuple[Period, ...]
    left_out: tuple[Days, ...]

    @property
    def days_left_out(self) -> int:
        return sum((last - first).days + 1 for first, last in self.left_out)

    def sentence(self, lang: str = "vi") -> str:
        return _sentence_en(self) if lang.startswith("en") else _sentence_vi(self)


def _left_out(span: Span, periods: tuple[Period, ...]) -> tuple[Days, ...]:
    starts = (*(period.start for period in periods), span.end)
    ends = (span.start, *(period.end for period in periods))
    return tuple((end, start - ONE_DAY) for end, start in zip(ends, starts, strict=True) if end < start)


def _sentence_vi(cover: SpanCover) -> str:
    span = f"Theo {cover.calendar.label('vi')}, khoảng thời gian {cover.span.label('vi')}"
    kind = kind_label(cover.kind, "vi")
    if not cover.periods:
        return f"{span} không chứa trọn {kind} nào; toàn bộ {cover.span.days} ngày không được tính."
    taken = f"{span} gồm trọn {len(cover.periods)} {kind}: {_periods_label(cover, 'vi')}"
    if not cover.left_out:
        return f"{taken}; không bỏ ngày nào."
    left_out = _listed([_days_label(days, "vi") for days in cover.left_out], "vi")
    return f"{taken}; không tính {cover.days_left_out} ngày nằm ngoài: {left_out}."


def _sentence_en(cover: SpanCover) -> str:
    span = f"By the {cover.calendar.label('en')}, the span {cover.span.label('en')}"
    if not cover.periods:
        kind = kind_label(cover.kind, "en")
        return f"{span} holds no whole {kind}; all of it ({_count_days(cover.span.days)}) is left out."
    kind = kind_label(cover.kind, "en", count=len(cover.periods))
    taken = f"{span} takes {len(cover.periods)} whole {kind}: {_periods_label(cover, 'en')}"
    if not cover.left_out:
        return f"{taken}; no day is left out."
    left_out = _listed([_days_label(days, "en") for days in cover.left_out], "en")
    return f"{taken}; it leaves out {_count_days(cover.days_left_out)}: {left_out}."


def _periods_label(cover: SpanCover, lang: str) -> str:
    labels = [period.short_label(lang) for period in cover.periods]
    if len(labels) <= LISTED_ONE_BY_ONE:
        return _listed(labels, lang)
    first, last = labels[0], labels[-1]
    return f"from {first} to {last}" if lang.startswith("en") else f"từ {first} đến {last}"


def _days_label(days: Days, lang: str) -> str:
    first, last = (format_day(day) for day in days)
    if lang.startswith("en"):
        return first if first == last else f"from {first} to {last}"
    return f"ngày {first}" if first == last else f"từ ngày {first} đến ngày {last}"


def _count_days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"


def _listed(parts: list[str], lang: str) -> str:
    if len(parts) == 1:
        return parts[0]
    conjunction = "and" if lang.startswith("en") else "và"
    return f"{', '.join(parts[:-1])} {conjunction} {parts[-1]}"
