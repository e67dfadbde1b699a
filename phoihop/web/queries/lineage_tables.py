"""The report versions behind a figure, as a table; what the reader may not see keeps its row without its value."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from phoihop.core.templatetags.vietnamese import day, localname, moment, number
from phoihop.orgs.enums import PartyKind
from phoihop.orgs.permissions import AnyUser
from phoihop.periods import parse_period
from phoihop.reports.models import Report
from phoihop.rollup.lineage import Lineage, LineageRow, Part, Superseded
from phoihop.rollup.queries import Figure, FigureIndicator, PartyFigure
from phoihop.web.permissions import is_member
from phoihop.web.queries.figure_tables import coverage_cells, figure_cell, remark
from phoihop.web.tables import Cell, Column, Page, Row, Table, text_cell, value_cell


def lineage_tables(user: AnyUser, found: Lineage, size: int) -> list[Table]:
    """One table; of a ratio one for each part."""
    parts = [part for part in (found.numerator, found.denominator) if part is not None]
    return [_table(user, each, size) for each in (parts or [found])]


def _table(user: AnyUser, found: Lineage, size: int) -> Table:
    seen = _visible(user, found.rows)
    return Table(
        key=f"lineage-{found.indicator.code}",
        caption=f"{found.indicator.code} {localname(found.indicator)}",
        columns=[
            Column("unit", _("Reported by")),
            Column("window", _("Window")),
            Column("party", _("Party")),
            Column("value", _("Value"), is_number=True),
            Column("counted", _("What became of it")),
            Column("version", _("Version")),
            Column("accepted", _("Accepted")),
        ],
        rows=[_row(row, found, is_seen=row.report_id in seen) for row in found.rows],
        note=_sum_note(found),
        page=Page(found.page, found.pages, found.total_reports, size),
        is_simulated=found.figure.is_simulated,
        empty=_("No accepted report gives this figure in these windows."),
    )


def _visible(user: AnyUser, rows: Sequence[LineageRow]) -> set[int]:
    if not is_member(user):
        return set()
    asked = Report.objects.filter(pk__in=[row.report_id for row in rows])
    return set(asked.visible_to(user).values_list("pk", flat=True))


def _row(row: LineageRow, found: Lineage, *, is_seen: bool) -> Row:
    period = parse_period(row.window)
    place = "" if row.placed_id == row.area_id else _("now %(area)s") % {"area": row.placed_name}
    href = f"{reverse('web:report', args=[row.report_id])}?version={row.number}" if is_seen else ""
    version = _("version %(n)s") % {"n": row.number}
    return Row(
        [
            Cell(row.organisation_name, row.organisation_name, note=place),
            Cell(
                period.short_label(get_language() or "vi"),
                row.window,
                note=_days(row, period.start, period.end),
            ),
            text_cell(PartyKind(row.party).label),
            _value(row, found.indicator, is_seen=is_seen),
            Cell(_became(row), _became(row), note=row.note if is_seen else ""),
            Cell(version, row.number, href, note=_earlier(row, found.indicator) if is_seen else ""),
            Cell(moment(row.accepted_at), moment(row.accepted_at), note="" if row.is_on_time else _("late")),
        ]
    )


def _value(row: LineageRow, indicator: FigureIndicator, *, is_seen: bool) -> Cell:
    if not is_seen:
        return Cell(_("not open to you"), None)
    if row.value is None:
        return Cell(_("not applicable"), None, is_number=True)
    return value_cell(row.value, indicator.decimals)


def _became(row: LineageRow) -> str:
    if not row.is_counted:
        return row.why_not
    if row.part == Part.UNALLOCATED:
        return _("counted, at no unit below")
    return _("counted")


def _earlier(row: LineageRow, indicator: FigureIndicator) -> str:
    """What versions said before, newest last: those returned, and those accepted and corrected."""
    return "; ".join(_said_before(old, indicator) for old in row.superseded)


def _said_before(old: Superseded, indicator: FigureIndicator) -> str:
    sentence = (
        _("version %(n)s said %(value)s and was returned")
        if old.is_returned
        else _("version %(n)s said %(value)s")
    )
    said = sentence % {"n": old.number, "value": number(old.value, indicator.decimals)}
    return f"{said} ({old.reason})" if old.reason else said


def _days(row: LineageRow, start: object, end: object) -> str:
    """Where the report covers only some days of its window."""
    if (row.covers_from, row.covers_until) == (start, end):
        return ""
    return _("days %(first)s – %(last)s") % {
        "first": day(row.covers_from),
        "last": day(row.covers_until.fromordinal(row.covers_until.toordinal() - 1)),
    }


def _sum_note(found: Lineage) -> str:
    if found.pages > 1:
        return _("The counted values of all pages add up to the figure.")
    return _("The counted values add up to the figure.") if found.rows else ""


def trend_table(points: Sequence[Figure], indicator: FigureIndicator) -> Table:
    return Table(
        key="trend",
        caption=_("Window by window"),
        columns=[
            Column("window", _("Window")),
            Column("value", _("Value"), is_number=True, note=localname(indicator, "unit")),
            Column("reported", _("Reports that gave it"), is_number=True),
            Column("expected", _("Reports due"), is_number=True),
            Column("remark", _("Remark")),
        ],
        rows=[
            Row(
                [
                    text_cell(_window(point)),
                    figure_cell(point, indicator),
                    *coverage_cells(point),
                    text_cell(remark(point)),
                ]
            )
            for point in points
        ],
        is_simulated=any(point.is_simulated for point in points),
        empty=_("The span holds no whole window of this indicator."),
    )


def _window(point: Figure) -> str:
    return parse_period(point.windows[0]).short_label(get_language() or "vi") if point.windows else "–"


def party_table(parties: Sequence[PartyFigure], indicator: FigureIndicator) -> Table:
    return Table(
        key="parties",
        caption=_("The parties side by side"),
        columns=[
            Column("party", _("Party")),
            Column("value", _("Value"), is_number=True, note=localname(indicator, "unit")),
            Column("reported", _("Reports that gave it"), is_number=True),
            Column("expected", _("Reports due"), is_number=True),
            Column("standing", _("Standing")),
        ],
        rows=[
            Row(
                [
                    text_cell(PartyKind(each.party).label),
                    value_cell(each.value, indicator.decimals),
                    value_cell(each.reported),
                    value_cell(each.expected),
                    text_cell(_("its value counts") if each.is_counting else _("kept beside, not added")),
                ]
            )
            for each in parties
        ],
        note=_("One party's value counts; the others are what the figure would be if theirs counted."),
    )
