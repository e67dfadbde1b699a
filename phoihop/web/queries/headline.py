"""The figures a dashboard opens with: each with its unit, day, coverage, change and trend."""

from collections.abc import Sequence
from dataclasses import dataclass

from phoihop.areas.models import Area
from phoihop.indicators.enums import IndicatorKind, PersonsCounted, Rule
from phoihop.indicators.models import Selection
from phoihop.orgs.permissions import AnyUser
from phoihop.periods import Span
from phoihop.programmes.models import Programme
from phoihop.reports.models import ReportForm, ReportingPeriod
from phoihop.rollup.compute_windows import previous_span
from phoihop.rollup.queries import Change, Figure, FigureIndicator, compare, figures, trends
from phoihop.web.drawing.lines import Line, spark
from phoihop.web.forms.asked import Asked
from phoihop.web.permissions import is_member
from phoihop.web.queries.duty_matrix import forms_of
from phoihop.web.queries.shown import shown_to

SHOWN = 8
DUTIES = ("K05", "K06")


@dataclass(frozen=True, slots=True)
class Headline:
    figure: Figure
    indicator: FigureIndicator
    change: Change | None
    before: Span
    trend: Line | None
    href: str
    forms: tuple[ReportForm, ...] = ()  # whose reports a duty counts


def headlines(user: AnyUser, asked: Asked, area: Area) -> list[Headline]:
    codes = headline_codes(asked.programme)
    if not codes:
        return []
    table = figures(span=asked.span, areas=[area], indicators=codes, **asked.term)
    before = previous_span(asked.span)
    table = shown_to(user, table)
    changes = {}
    if has_windows(asked, before):
        earlier = figures(span=before, areas=[area], indicators=codes, **asked.term)
        changes = compare(table, shown_to(user, earlier))
    lines = _lines(asked, area, codes)
    forms = tuple(forms_of(asked))
    return [
        Headline(
            figure=table.get(area.pk, indicator.code),
            indicator=indicator,
            change=changes.get((area.pk, indicator.code)),
            before=before,
            trend=lines.get(indicator.code) if _may_be_drawn(user, indicator) else None,
            href=asked.figure_url(indicator.code, area.key),
            forms=forms if indicator.code in DUTIES else (),
        )
        for indicator in table.indicators
    ]


def has_windows(asked: Asked, span: Span) -> bool:
    """Whether any window was ever opened in a term: without one there is nothing to compare with."""
    opened = ReportingPeriod.objects.filter(form__programmes__in=asked.programmes)
    return opened.filter(start__gte=span.start, end__lte=span.end).exists()


def _may_be_drawn(user: AnyUser, indicator: FigureIndicator) -> bool:
    """A line of small counts would say what the protected number does not."""
    return is_member(user) or indicator.persons == PersonsCounted.NONE


def headline_codes(programme: Programme) -> list[str]:
    """The desks' duties, then the first core indicators, one content after the other."""
    selections = (
        Selection.objects.filter(programme=programme, indicator__is_core=True)
        .exclude(indicator__versions__kind=IndicatorKind.SYSTEM)
        .exclude(indicator__versions__over_time=Rule.NONE)  # nothing to show over a span of several windows
        .order_by("content__order", "order")
        .values_list("content_id", "indicator__code")
    )
    by_content: dict[int | None, list[str]] = {}
    for content, code in dict.fromkeys(selections):
        by_content.setdefault(content, []).append(code)
    chosen = _selected(programme, DUTIES)
    return [*chosen, *_in_turn([codes for content, codes in by_content.items() if content])][:SHOWN]


def _selected(programme: Programme, codes: Sequence[str]) -> list[str]:
    there = Selection.objects.filter(programme=programme, indicator__code__in=codes)
    return sorted(there.values_list("indicator__code", flat=True))


def _in_turn(lists: Sequence[Sequence[str]]) -> list[str]:
    longest = max(map(len, lists), default=0)
    return [codes[at] for at in range(longest) for codes in lists if at < len(codes)]


def _lines(asked: Asked, area: Area, codes: Sequence[str]) -> dict[str, Line]:
    found = trends(indicators=codes, areas=[area], span=asked.span, **asked.term)
    drawn: dict[str, Line] = {}
    for (_, code), windows in found.items():
        points = [(each.windows[0] if each.windows else "", each.value) for each in windows]
        if sum(value is not None for _, value in points) > 1:
            drawn[code] = spark(points)
    return drawn
