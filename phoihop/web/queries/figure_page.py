"""One figure with everything around it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from phoihop.areas.models import Area
from phoihop.core import clock
from phoihop.indicators.enums import IndicatorKind, PersonsCounted
from phoihop.indicators.models import Claim, IndicatorVersion
from phoihop.indicators.queries import claims
from phoihop.orgs.permissions import AnyUser
from phoihop.periods import Span, parse_period
from phoihop.rollup.compute_windows import previous_span
from phoihop.rollup.lineage import Lineage, lineage
from phoihop.rollup.protection import protect_lineage, protect_parties, protect_trend
from phoihop.rollup.queries import (
    Change,
    Figure,
    FigureIndicator,
    LastKnown,
    PartyFigure,
    compare,
    figures,
    last_known,
    parties_side_by_side,
    trend,
)
from phoihop.web.drawing.lines import Line, chart
from phoihop.web.forms.asked import Asked
from phoihop.web.permissions import is_member
from phoihop.web.queries.shown import shown_to


@dataclass(frozen=True, slots=True)
class FigurePage:
    asked: Asked
    area: Area
    definition: IndicatorVersion
    indicator: FigureIndicator
    figure: Figure
    change: Change | None
    before: Span
    points: Sequence[Figure]
    line: Line | None
    parties: Sequence[PartyFigure]
    lineage: Lineage
    last_known: LastKnown | None
    claims: Sequence[Claim]


def figure_page(
    user: AnyUser, asked: Asked, area: Area, code: str, *, page: int, size: int, upto: int | None = None
) -> FigurePage:
    """`upto`: the ledger number whose versions the lineage lists; today's where left out."""
    term = asked.term
    before = previous_span(asked.span)
    now = shown_to(user, figures(span=asked.span, areas=[area], indicators=[code], **term))
    earlier = shown_to(user, figures(span=before, areas=[area], indicators=[code], **term))
    indicator, figure = now.indicator(code), now.get(area.pk, code)
    points = trend(indicator=code, area=area, span=asked.span, **term)
    parties = parties_side_by_side(indicator=code, area=area, span=asked.span, **term)
    found = lineage(indicator=code, area=area, span=asked.span, page=page, size=size, upto=upto, **term)
    if not is_member(user):
        of_persons = indicator.persons != PersonsCounted.NONE
        points = protect_trend(points, area=area, span=asked.span, map_key=asked.map_key)
        parties = protect_parties(parties, figure=figure, is_of_persons=of_persons)
        found = protect_lineage(found, span=asked.span, map_key=asked.map_key)
    return FigurePage(
        asked=asked,
        area=area,
        definition=definition_on(code, asked.span.last),
        indicator=indicator,
        figure=figure,
        change=compare(now, earlier).get((area.pk, code)),
        before=before,
        points=points,
        line=_line(points),
        parties=parties,
        lineage=found,
        last_known=_last_known(user, asked, area, indicator, figure),
        claims=list(claims().prefetch_related("indicator__versions").filter(area=area, indicator__code=code)),
    )


def definition_on(code: str, day: date) -> IndicatorVersion:
    versions = IndicatorVersion.objects.filter(indicator__code=code).select_related(
        "indicator", "numerator", "denominator"
    )
    ordered = sorted(versions, key=lambda version: (version.is_in_force(day), version.number))
    last: IndicatorVersion = ordered[-1]
    return last


def _line(points: Sequence[Figure]) -> Line | None:
    known = [(window_label(point), point.value) for point in points]
    return chart(known) if sum(value is not None for _, value in known) > 1 else None


def window_label(point: Figure) -> str:
    """Short enough for an axis: H1/2024."""
    if not point.windows:
        return ""
    period = parse_period(point.windows[0])
    return f"{period.index}/{period.year}" if "-H" in period.code else str(period.year)


def _last_known(
    user: AnyUser, asked: Asked, area: Area, indicator: FigureIndicator, figure: Figure
) -> LastKnown | None:
    """Only of a stock that is missing now, and only to those who have signed in."""
    if indicator.kind != IndicatorKind.STOCK or figure.value is not None or not is_member(user):
        return None
    day = min(asked.span.last, clock.today())
    return last_known(indicator=indicator.code, area=area, day=day, map_key=asked.map_key, state=asked.state)
