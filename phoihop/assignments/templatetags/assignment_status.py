"""The cell of an assignment today: its word and its shape."""

from django import template

from phoihop.assignments.cells import TAGS
from phoihop.assignments.enums import Cell
from phoihop.assignments.models import Assignment
from phoihop.core import clock

register = template.Library()


@register.filter
def cellnow(assignment: Assignment) -> Cell:
    return assignment.cell_on(clock.today())


@register.filter
def celltag(cell: Cell) -> str:
    return TAGS[cell]
