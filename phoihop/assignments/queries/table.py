"""Assignments as a table: on a page, and as a file."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from phoihop.assignments.cells import TAGS, days_late
from phoihop.assignments.models import Assignment
from phoihop.assignments.queries.counting import FourCells
from phoihop.core import clock
from phoihop.core.tables import Cell, Column, Page, Row, Table, text_cell
from phoihop.core.templatetags.vietnamese import day, number

_LONGEST = 160


def assignments_table(
    assignments: Iterable[Assignment],
    *,
    page: Page | None = None,
    sort: str | None = None,
    caption: str = "",
    parts: Mapping[int, FourCells] | None = None,
) -> Table:
    """`sort` None: the rows stand in an order of their own. A file is another table (queries/file.py)."""
    rows = list(assignments)
    return Table(
        key="assignments",
        caption=caption or _("Assignments"),
        columns=[
            Column("task", _("Assignment")),
            _sortable("lead", _("Lead organisation"), sort),
            Column("level", _("Level")),
            _sortable("due", _("Due by"), sort),
            Column("cell", _("Status")),
            Column("state", _("Step")),
            _sortable("updated", _("Last updated"), sort),
            Column("conclusion", _("Conclusions")),
        ],
        rows=[Row(_cells(each, (parts or {}).get(each.pk))) for each in rows],
        note=_("The status is computed from the day it was done and the date in force, as of today."),
        page=page,
        is_simulated=any(each.paragraph.conclusion.is_simulated for each in rows),
        empty=_("No assignment matches. Widen a choice above."),
    )


def cells_told(cells: FourCells) -> str:
    """At the head of a file: what its rows come to, with what is counted apart."""
    told = [f"{cell.label}: {number(count)}" for cell, count in cells.rows()]
    return "; ".join([*told, _("with a date moved: %(number)s") % {"number": number(cells.extended)}])


def status_cell(assignment: Assignment) -> Cell:
    if not assignment.is_counted:
        return text_cell(assignment.get_state_display(), tag="")
    today = clock.today()
    cell = assignment.cell_on(today)
    late = 0 if assignment.is_done else days_late(assignment.due_on, today)
    note = _("%(days)s days") % {"days": number(late)} if late else ""
    return text_cell(cell.label, note=note, tag=TAGS[cell] or "open")


def due_cell(assignment: Assignment) -> Cell:
    if assignment.due_on is None:
        return text_cell(_("standing"))
    note = _("standing: next review date") if assignment.is_standing else ""
    if assignment.is_extended:
        note = _("extended; first set: %(day)s") % {"day": day(assignment.original_due_on)}
    return Cell(day(assignment.due_on), assignment.due_on.isoformat(), note=note)
