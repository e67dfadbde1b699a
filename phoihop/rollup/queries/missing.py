"""Why a figure is missing, in words."""

from django.utils.translation import gettext as _

from phoihop.indicators.enums import IndicatorKind
from phoihop.indicators.enums import Rule as Combining
from phoihop.rollup.compute_inputs import COMMUNES_IN_FORCE, MEASURED
from phoihop.rollup.live.counting import Sums
from phoihop.rollup.queries.columns import Column
from phoihop.rollup.queries.figure import FigureArea


def is_known(sums: Sums, column: Column) -> bool:
    """Somebody gave a number: with nothing but "na" a total is missing, not 0."""
    return column.indicator.kind == IndicatorKind.SYSTEM or sums.reported > sums.not_applicable


def why_missing(area: FigureArea, column: Column, sums: Sums | None, expected: int) -> str:
    """The nearest reason first."""
    return _without_windows(area, column) or _without_numbers(column, sums, expected)


def _without_windows(area: FigureArea, column: Column) -> str:
    indicator = column.indicator
    if indicator.kind == IndicatorKind.SYSTEM and indicator.code not in {*MEASURED, COMMUNES_IN_FORCE}:
        return _("tasks are counted in reviews and on the page of assignments, not window by window")
    if not area.is_on_map:
        return _("%(area)s is not a unit of this map") % {"area": area.name}
    if not column.cover.periods:
        return _("the span holds no whole window of this indicator")
    if indicator.over_time == Combining.NONE and not column.codes:
        return _("it is never combined over time: choose a span of one window")
    return "" if column.periods else _("no window of the span has been opened for reports")


def _without_numbers(column: Column, sums: Sums | None, expected: int) -> str:
    if sums is not None and sums.reported and sums.reported == sums.not_applicable:
        return _("reported as not applicable")
    if expected:
        return _("none of the %(count)s reports due gave it") % {"count": expected}
    if not column.climbs:
        return _("a distinct count is shown only for the unit that counted it")
    return _("no report is due that gives it")
