"""The figures a dashboard opens with: each with its unit, day, coverage, change and trend."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from phoihop.areas.models import Area
from phoihop.indicators.enums import REPORTING_DUTIES, IndicatorKind, Rule
from phoihop.indicators.models import Selection
from phoihop.orgs.permissions import AnyUser
from phoihop.periods import Span
from phoihop.programmes.models import Programme
from phoihop.reports.models import ReportForm, ReportingPeriod
from phoihop.rollup.compute_windows import previous_span
from phoihop.rollup.queries import Change, Figure, FigureIndicator, FigureTable, compare, figures
from phoihop.web.drawing.small import Small, small
from phoihop.web.forms.asked import Asked
from phoihop.web.queries.duty_matrix import forms_of
from phoihop.web.queries.shown import shown_to
from phoihop.web.queries.trend_points import Aim, aims, points_of, top_of, trends_shown

SHOWN = 8


@dataclass(frozen=True, slots=True)
class Headline:
    figure: Figure
    indicator: FigureIndicator
    change: Change | None
    before: Span
    trend: Small | None
    href: str
    trend_href: str
    aim: Aim | None = None  # what the dashed line of the trend stands for
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
    targets = aims(asked, [indicator.code for indicator in table.indicators])
    drawn = _trends(user, asked, area, table, targets)
    forms = forms_of(asked)
    return [
        Headline(
            figure=table.get(area.pk, indicator.code),
            indicator=indicator,
            change=changes.get((area.pk, indicator.code)),
            before=before,
            trend=drawn.get(indicator.code),
            href=asked.figure_url(indicator.code, area.key),
            trend_href=asked.trend_url(indicator.code, area.key),
            aim=targets.get((indicator.code, area.level)),
            forms=_counted(indicator, forms),
        )
        for indicator in table.indicators
    ]


def _counted(indicator: FigureIndicator, forms: Sequence[ReportForm]) -> tuple[ReportForm, ...]:
    """A duty counts the reports of its own kind of window: of the others it says nothing."""
    is_duty = indicator.code in REPORTING_DUTIES
    return tuple(form for form in forms if is_duty and form.window == indicator.window)


def has_windows(asked: Asked, span: Span) -> bool:
    """Whether any window was ever opened in a term: without one there is nothing to compare with."""
    opened = ReportingPeriod.objects.filter(form__programmes__in=asked.programmes)
    return opened.filter(start__gte=span.start, end__lte=span.end).exists()


def headline_codes(programme: Programme) -> list[str]:
    """The desks' duties, then the first core indicators, one content after the other."""
    selections = (
        Selection.objects.filter(programme=programme, indicator__is_core=True)
        .exclude(indicator__versions__kind=IndicatorKind.SYSTEM)
        .exclude(indicator__versions__over_time=Rule.NONE)  # nothing to show over a span of several windows
        .order_by("content__order", "order", "indicator__code")
        .values_list("content_id", "indicator__code")
    )
    by_content: dict[int | None, list[str]] = {}
    for content, code in dict.fromkeys(selections):
        by_content.setdefault(content, []).append(code)
    chosen = _selected(programme, REPORTING_DUTIES)
    return [*chosen, *_in_turn([codes for content, codes in by_content.items() if content])][:SHOWN]


def _selected(programme: Programme, codes: Sequence[str]) -> list[str]:
    there = Selection.objects.filter(programme=programme, indicator__code__in=codes)
    return sorted(there.values_list("indicator__code", flat=True))


def _in_turn(lists: Sequence[Sequence[str]]) -> list[str]:
    longest = max(map(len, lists), default=0)
    return [codes[at] for at in range(longest) for codes in lists if at < len(codes)]


def _trends(
    user: AnyUser, asked: Asked, area: Area, table: FigureTable, targets: Mapping[tuple[str, str], Aim]
) -> dict[str, Small]:
    """Small counts of persons are marks to who has not signed in, never a height."""
    codes = [indicator.code for indicator in table.indicators]
    found = trends_shown(user, asked, codes=codes, areas=[area])
    drawn: dict[str, Small] = {}
    for indicator in table.indicators:
        windows = found.get((area.pk, indicator.code), ())
        if sum(not window.is_missing for window in windows) < 2:
            continue
        aim, points = targets.get((indicator.code, area.level)), points_of(windows, indicator)
        drawn[indicator.code] = small(
            points, top_of(points, indicator, aim), target=aim.value if aim else None
        )
    return drawn
