"""The figures of one area for a programme and span: every indicator the programme selects."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from phoihop.areas.models import Area
from phoihop.core.templatetags.vietnamese import day, localname, number
from phoihop.orgs.permissions import AnyUser
from phoihop.periods import Span
from phoihop.programmes.models import Programme
from phoihop.rollup.compute_windows import previous_span
from phoihop.rollup.queries import Change, FigureIndicator, FigureTable, compare, figures
from phoihop.web.forms.asked import Asked
from phoihop.web.queries.figure_tables import figure_cells
from phoihop.web.queries.shown import shown_to
from phoihop.web.queries.unlike_coverage import unlike_change_words
from phoihop.web.tables import Cell, Column, Row, Table, text_cell


@dataclass(frozen=True, slots=True)
class AreaFigures:
    table: Table
    figures: FigureTable
    before: Span
    is_on_map: bool
    left_out: tuple[str, ...]


def area_figures(user: AnyUser, asked: Asked, area: Area) -> AreaFigures:
    before = previous_span(asked.span)
    now = shown_to(user, figures(span=asked.span, areas=[area], **asked.term))
    earlier = shown_to(user, figures(span=before, areas=[area], **asked.term))
    left_out = {figure.left_out: None for figure in now.row(area.pk) if figure.left_out}
    return AreaFigures(
        table=_table(asked, area, now, compare(now, earlier), before),
        figures=now,
        before=before,
        is_on_map=now.areas[0].is_on_map,
        left_out=tuple(left_out),
    )


def programmes_with_figures() -> list[Programme]:
    """Those that select indicators, newest first."""
    chosen = Programme.objects.filter(selections__isnull=False).distinct()
    return list(chosen.select_related("area", "localises").order_by("-term_from", "slug"))


def _table(
    asked: Asked, area: Area, now: FigureTable, changes: Mapping[tuple[int, str], Change], before: Span
) -> Table:
    rows = []
    for indicator in now.indicators:
        href = asked.figure_url(indicator.code, area.key)
        name = f"{indicator.code} {localname(indicator)}"
        figure = now.get(area.pk, indicator.code)
        value, reported, expected, unallocated, remark = figure_cells(figure, indicator, href)
        change = _change(changes.get((area.pk, indicator.code)), indicator)
        unit = text_cell(localname(indicator, "unit"))
        rows.append(Row([text_cell(name), value, unit, change, reported, expected, unallocated, remark]))
    base = _("against %(first)s – %(last)s") % {"first": day(before.start), "last": day(before.last)}
    return Table(
        key="indicators",
        caption=_("Figures"),
        columns=[
            Column("indicator", _("Indicator")),
            Column("value", _("Value"), is_number=True),
            Column("unit", _("Unit")),
            Column("change", _("Change, %"), is_number=True, note=base),
            Column("reported", _("Reports that gave it"), is_number=True),
            Column("expected", _("Reports due"), is_number=True),
            Column("unallocated", _("At no unit below"), is_number=True),
            Column("remark", _("Remark")),
        ],
        rows=rows,
        is_simulated=now.is_simulated,
        empty=_("The programme selects no indicator."),
    )


def _change(change: Change | None, indicator: FigureIndicator) -> Cell:
    if change is None or change.percent is None or not change.same_windows:
        return Cell("–", None, is_number=True)
    sign = "+" if change.percent > 0 else ""
    told = (number(change.before.value, indicator.decimals), unlike_change_words(change))
    note = "; ".join(filter(None, told))
    return Cell(f"{sign}{number(change.percent, 1)}", change.percent, note=note, is_number=True)
