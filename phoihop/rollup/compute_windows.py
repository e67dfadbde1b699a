"""The windows indicators are reported by, as periods of a calendar; a span takes whole ones only."""

from collections.abc import Mapping
from datetime import date

from phoihop.indicators.enums import WindowKind
from phoihop.periods import ADMINISTRATIVE, CalendarKind, PeriodKind, Span, SpanCover, window

CALENDARS: Mapping[str, tuple[CalendarKind, PeriodKind]] = {
    WindowKind.HALF: (ADMINISTRATIVE, PeriodKind.HALF),
    WindowKind.YEAR: (ADMINISTRATIVE, PeriodKind.YEAR),
    WindowKind.RESIDENTIAL: (window(11, 1), PeriodKind.WINDOW),
    WindowKind.COMMUNE: (window(11, 16), PeriodKind.WINDOW),
}


def cover(span: Span, kind: str) -> SpanCover:
    """The windows of a kind that a span takes, and the days it leaves out."""
    return span.whole(*CALENDARS[kind])


def previous_span(span: Span) -> Span:
    """The span of the same length just before: whole months where it is one, so that windows meet windows."""
    months = (span.end.year - span.start.year) * 12 + span.end.month - span.start.month
    if span.start.day == span.end.day and span.start.day <= 28:
        ordinal = span.start.year * 12 + span.start.month - 1 - months
        return Span(date(ordinal // 12, ordinal % 12 + 1, span.start.day), span.start)
    return Span(span.start - (span.end - span.start), span.start)
