"""The same figures as the small charts: a row a unit or an indicator, a column a window; and all of it for a file."""

from django.utils.translation import gettext as _

from phoihop.core.templatetags.vietnamese import localname, number
from phoihop.rollup.queries import Figure
from phoihop.web.queries.figure_page import window_label
from phoihop.web.queries.figure_tables import figure_cell, remark
from phoihop.web.queries.multiples import ContentsPage, PlacesPage, title_of
from phoihop.web.queries.small_trends import SmallTrend
from phoihop.web.queries.trend_points import window_words
from phoihop.web.queries.unlike_coverage import unlike_remark
from phoihop.web.tables import Cell, Column, Row, Table, text_cell, value_cell


def places_table(page: PlacesPage) -> Table:
    windows = page.items[0].figures if page.items else ()
    return Table(
        key="many",
        caption=title_of(page),
        columns=[
            Column("unit", _("Unit of the map")),
            *(Column(f"w{at}", window_label(figure), is_number=True) for at, figure in enumerate(windows)),
        ],
        rows=[Row([text_cell(item.name, item.href), *_cells(item)]) for item in page.items],
        note=" ".join(
            filter(
                None, (_("Under each value: the reports that gave it, of the reports due."), _unlike(page))
            )
        ),
        is_simulated=page.table.is_simulated,
        empty=_("No unit stands below on this map."),
    )


def _unlike(page: PlacesPage) -> str:
    if not page.is_unlike:
        return ""
    return _("Windows that clearly fewer of a unit's reports gave do not compare with its others.")


def _cells(item: SmallTrend) -> list[Cell]:
    return [_cell(item, figure) for figure in item.figures]


def _cell(item: SmallTrend, figure: Figure) -> Cell:
    cell = figure_cell(figure, item.indicator)
    given = figure.coverage
    note = f"{number(given[0])}/{number(given[1])}" if given else ""
    return Cell(cell.text, cell.value, note=note, is_number=True)


def long_table(page: PlacesPage | ContentsPage) -> Table:
    """A row a window: everything the charts show, and why a window has no figure."""
    is_of_units = isinstance(page, PlacesPage)
    return Table(
        key="many",
        caption=title_of(page),
        columns=[
            Column("unit", _("Unit of the map") if is_of_units else _("Indicator")),
            *([] if is_of_units else [Column("of", _("Unit"))]),
            Column("window", _("Window")),
            Column("value", _("Value"), is_number=True),
            Column("reported", _("Reports that gave it"), is_number=True),
            Column("expected", _("Reports due"), is_number=True),
            Column("target", _("Target"), is_number=True),
            Column("remark", _("Remark")),
        ],
        rows=[_row(item, figure, is_of_units) for item in page.items for figure in item.figures],
        is_simulated=page.table.is_simulated,
        empty=_("No window of these days has a figure."),
    )


def _row(item: SmallTrend, figure: Figure, is_of_units: bool) -> Row:
    given = figure.coverage
    return Row(
        [
            text_cell(item.name, item.href),
            *([] if is_of_units else [text_cell(localname(item.indicator, "unit"))]),
            Cell(window_words(figure), figure.windows[0] if figure.windows else ""),
            figure_cell(figure, item.indicator),
            value_cell(given[0] if given else None),
            value_cell(given[1] if given else None),
            value_cell(item.aim.value if item.aim else None, item.indicator.decimals),
            text_cell("; ".join(filter(None, (remark(figure), unlike_remark(figure, item.figures))))),
        ]
    )
