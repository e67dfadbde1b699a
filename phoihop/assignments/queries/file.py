"""Assignments as a file holds them: everything in words and exact days, each with the address of its page."""

from collections.abc import Callable

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from phoihop.areas.enums import Level
from phoihop.assignments.cells import days_late
from phoihop.assignments.models import Assignment, Extension
from phoihop.assignments.queries.table import what
from phoihop.core import clock
from phoihop.core.tables import Cell, Column, Row, Table, text_cell, value_cell
from phoihop.core.templatetags.vietnamese import localname

MOST_IN_A_FILE = 20_000
Value = int | str | None


def assignments_file(found: QuerySet[Assignment], address: Callable[[str], str], caption: str = "") -> Table:
    """`address` makes a path of this system one that opens from elsewhere."""
    granted = Extension.objects.filter(granted_on__isnull=False)
    rows = found.prefetch_related("co_organisations", Prefetch("extensions", granted, "granted"))
    kept = list(rows[:MOST_IN_A_FILE])
    return Table(
        key="assignments",
        caption=caption or _("Assignments"),
        columns=[Column(key, label) for key, label in _columns()],
        rows=[Row([_cell(each) for each in _values(row, address)]) for row in kept],
        is_simulated=any(each.paragraph.conclusion.is_simulated for each in kept),
    )


def _columns() -> list[tuple[str, str]]:
    return [
        ("task", _("Assignment")),
        ("product", _("Product")),
        ("lead", _("Lead organisation")),
        ("co_organisations", _("Co-organisations")),
        ("level", _("Level")),
        ("original_due_on", _("Date first set")),
        ("due_on", _("Date in force")),
        ("is_extended", _("Extended")),
        ("times_extended", _("Times extended")),
        ("status", _("Status")),
        ("days_late", _("Days overdue")),
        ("step", _("Step")),
        ("reported_done_on", _("Reported done on")),
        ("done_on", _("Done on")),
        ("updated", _("Last updated")),
        ("conclusions", _("Conclusions")),
        ("number", _("Number")),
        ("paragraph", _("Number of the paragraph")),
        ("address", _("Address")),
    ]


def _values(assignment: Assignment, address: Callable[[str], str]) -> list[Value]:
    """In the order of the columns. Missing: empty, never a dash."""
    conclusion, today = assignment.paragraph.conclusion, clock.today()
    counted = assignment.is_counted
    is_open = counted and not assignment.is_done
    updated = assignment.last_updated_at
    days = (assignment.reported_done_on, assignment.done_on)
    return [
        what(assignment, short=False),
        localname(assignment, "product"),
        localname(assignment.lead),
        "; ".join(localname(each) for each in assignment.co_organisations.all()),
        str(Level(assignment.level).label),
        *(day.isoformat() if day else None for day in (assignment.original_due_on, assignment.due_on)),
        _("yes") if assignment.is_extended else _("no"),
        len(assignment.granted),  # type: ignore[attr-defined]
        str(assignment.cell_on(today).label if counted else assignment.get_state_display()),
        days_late(assignment.due_on, today) if is_open else 0,
        assignment.get_state_display(),
        *(day.isoformat() if day else None for day in days),
        f"{updated.astimezone(clock.VIETNAM):%Y-%m-%d %H:%M}" if updated else None,
        localname(conclusion, "title"),
        conclusion.number,
        assignment.paragraph.label,
        address(reverse("assignments:assignment", args=[assignment.pk])),
    ]


def _cell(value: Value) -> Cell:
    return value_cell(value) if isinstance(value, int) else text_cell(str(value or ""))
