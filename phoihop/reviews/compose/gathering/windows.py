"""The windows a review takes, and the spans to roll up so that each is seen by itself."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from phoihop.indicators.enums import WindowKind
from phoihop.periods import Period, Span, SpanCover, kind_label
from phoihop.reviews.compose.scope import Taken, Window, from_to, term_text
from phoihop.reviews.compose.text import NOTHING, Text, joined
from phoihop.rollup.compute_windows import cover

MOST_HALVES = 6  # more are shown year by year
_YEAR_OPENS = (11, 1)  # the earliest day on which a window of an administrative year begins
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Slice:
    """A part of the review's span that holds at most one shown window of each kind."""

    span: Span
    kinds: tuple[str, ...]  # the kinds of window it is rolled up for


def covers_of(span: Span) -> dict[str, SpanCover]:
    return {kind: cover(span, kind) for kind in WindowKind.values}


def taken_windows(span: Span) -> dict[str, Taken]:
    return {kind: _taken(kind, each) for kind, each in covers_of(span).items()}


def shows_halves(span: Span) -> bool:
    return len(cover(span, WindowKind.HALF).periods) <= MOST_HALVES


def slices(span: Span) -> Iterator[Slice]:
    """Half by half where they are few, and year by year."""
    yearly = [kind for kind in WindowKind.values if kind != WindowKind.HALF or not shows_halves(span)]
    if shows_halves(span):
        for half in cover(span, WindowKind.HALF).periods:
            yield Slice(Span(half.start, half.end), (WindowKind.HALF,))
    for year in range(span.start.year, span.end.year + 2):
        start = max(span.start, date(year - 1, *_YEAR_OPENS))
        end = min(span.end, date(year, 12, 15))
        if start < end and any(cover(Span(start, end), kind).periods for kind in yearly):
            yield Slice(Span(start, end), tuple(yearly))


def shown_code(kind: str, periods: tuple[Period, ...]) -> str:
    """The code of the window these make up: their own, or the year of its two halves."""
    if kind == WindowKind.HALF and len(periods) == 2:
        return f"{periods[0].calendar.code}-{periods[0].year}"
    return periods[0].code if len(periods) == 1 else ""


def _taken(kind: str, each: SpanCover) -> Taken:
    periods = each.periods
    if not periods:
        nothing = Text("không có kỳ trọn vẹn nào", "no whole window")
        term = from_to(each.span.start, each.span.end)
        return Taken(kind, (), (), term, NOTHING, nothing, _left_out(each))
    days = from_to(periods[0].start, periods[-1].end)
    return Taken(
        kind=kind,
        codes=tuple(period.code for period in periods),
        windows=tuple(_shown(kind, periods)),
        term=term_text(periods[0].start, periods[-1].end),
        days=days,
        taken=_count(each) + Text(", ", ", ") + days,
        left_out=_left_out(each),
    )


def _shown(kind: str, periods: tuple[Period, ...]) -> Iterator[Window]:
    if kind == WindowKind.HALF and len(periods) > MOST_HALVES:
        by_year: dict[int, list[Period]] = {}
        for period in periods:
            by_year.setdefault(period.year, []).append(period)
        for year, halves in by_year.items():
            label = Text(f"năm {year}", f"{year}") if len(halves) == 2 else _label(halves[0])
            yield Window(shown_code(kind, tuple(halves)), label, halves[-1].end)
    else:
        for period in periods:
            yield Window(period.code, _label(period), period.end)


def _label(period: Period) -> Text:
    """Without the days: tables name the year, and the review says once which days a kind of window has."""
    if period.calendar.is_window:
        return Text(f"năm {period.year}", f"{period.year}")
    return Text(period.short_label("vi"), period.short_label("en"))


def _count(each: SpanCover) -> Text:
    count = len(each.periods)
    return Text(
        f"{count} {kind_label(each.kind, 'vi')}", f"{count} {kind_label(each.kind, 'en', count=count)}"
    )


def _left_out(each: SpanCover) -> Text:
    if not each.left_out or not each.periods:
        return NOTHING
    return joined([from_to(first, last + ONE_DAY) for first, last in each.left_out], "; ")


def previous_label(span: Span) -> Text:
    return from_to(span.start, span.end)


Covers = Mapping[str, SpanCover]
