"""The figures behind the map: one indicator of every province."""

from phoihop.areas.enums import Level
from phoihop.areas.models import Area
from phoihop.core import clock
from phoihop.indicators.models import IndicatorVersion, Selection
from phoihop.orgs.permissions import AnyUser
from phoihop.programmes.models import Programme
from phoihop.rollup.queries import FigureTable, figures
from phoihop.web.forms.asked import Asked
from phoihop.web.queries.shown import shown_to


def map_indicators(programme: Programme) -> list[IndicatorVersion]:
    """What the programme selects, in the order of its contents; what belongs to no content comes last."""
    selections = Selection.objects.filter(programme=programme).select_related("content")
    order = {
        each.indicator_id: (each.content is None, each.content.order if each.content else 0, each.order)
        for each in selections
    }
    in_force = IndicatorVersion.objects.as_of(clock.today()).filter(indicator__in=order)
    return sorted(
        in_force.select_related("indicator"),
        key=lambda version: (order[version.indicator_id], version.indicator.code),
    )


def province_figures(user: AnyUser, asked: Asked, area: Area, code: str) -> FigureTable:
    table = figures(span=asked.span, under=area, level=Level.PROVINCE, indicators=[code], **asked.term)
    return shown_to(user, table)
