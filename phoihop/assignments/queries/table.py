"""Assignments as a table: on a page, and as a file."""

from collections.abc import Iterable, Mapping

from django.urls import reverse
from django.utils.translation import gettext as _

from phoihop.areas.enums import Level
from phoihop.assignments.cells import TAGS, days_late
from phoihop.assignments.models import Assignment
from phoihop.assignments.queries.counting import FourCells
from phoihop.core import clock
from phoihop.core.tables import Cell, Column, Page, Row, Table, text_cell, value_cell
from phoihop.core.templatetags.vietnamese import day, localname, number

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


def what(assignment: Assignment, *, short: bool = True) -> str:
    """The act and its object in the page's language."""
    said = f"{localname(assignment, 'verb')} {localname(assignment, 'text')}"
    return f"{said[:_LONGEST].rsplit(' ', 1)[0]}…" if short and len(said) > _LONGEST else said


def behind_table(rows: Iterable[tuple[str, str, FourCells, int]], page: Page | None = None) -> Table:
    """Name, address of the page, cells, days of the oldest overdue date."""
    return Table(
        key="behind",
        caption=_("Organisations behind with their own duties"),
        columns=[
            Column("organisation", _("Organisation")),
            Column("overdue", _("Overdue"), is_number=True),
            Column("longest", _("Longest overdue (days)"), is_number=True),
            Column("stale", _("Not updated for 30 days"), is_number=True),
            Column("open", _("Still open"), is_number=True),
            Column("on_time", _("Done on time"), is_number=True),
            Column("late", _("Done late"), is_number=True),
        ],
        rows=[
            Row(
                [
                    text_cell(name, url),
                    value_cell(cells.open_overdue),
                    value_cell(longest),
                    value_cell(cells.stale),
                    value_cell(cells.open),
                    value_cell(cells.done_on_time),
                    value_cell(cells.done_late),
                ]
            )
            for name, url, cells, longest in rows
        ],
        note=_("Duties are compared, never persons: the most overdue first."),
        page=page,
        empty=_("No organisation is behind."),
    )


def _cells(assignment: Assignment, parts: FourCells | None) -> list[Cell]:
    conclusion = assignment.paragraph.conclusion
    divided = (
        _("%(done)s of %(total)s parts done") % {"done": number(parts.done), "total": number(parts.total)}
        if parts
        else ""
    )
    updated = assignment.last_updated_at
    return [
        text_cell(what(assignment), reverse("assignments:assignment", args=[assignment.pk]), divided),
        text_cell(localname(assignment.lead)),
        text_cell(Level(assignment.level).label),
        due_cell(assignment),
        status_cell(assignment),
        text_cell(assignment.get_state_display()),
        Cell(day(updated), updated.isoformat() if updated else None, note="" if updated else _("never")),
        text_cell(
            conclusion.number or localname(conclusion, "title"),
            reverse("assignments:conclusion", args=[conclusion.slug]),
            _("paragraph %(label)s") % {"label": assignment.paragraph.label},
        ),
    ]


def _sortable(key: str, label: str, sort: str | None) -> Column:
    """A second click turns the order round."""
    if sort is None:
        return Column(key, label)
    if sort.lstrip("-") != key:
        return Column(key, label, sort=key)
    is_down = sort.startswith("-")
    return Column(
        key, label, sort=key if is_down else f"-{key}", sorted_by="descending" if is_down else "ascending"
    )
