"""The four cells counted, with what is counted beside them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet

from phoihop.assignments.cells import STALE_AFTER
from phoihop.assignments.enums import AssignmentState, Cell
from phoihop.assignments.models import Assignment
from phoihop.assignments.models.assignment import COUNTED, OPEN, cell_condition
from phoihop.core import clock


@dataclass(frozen=True, slots=True)
class FourCells:
    """Every assignment given and not withdrawn is in exactly one of the four."""

    done_on_time: int = 0
    done_late: int = 0
    open_in_time: int = 0
    open_overdue: int = 0
    extended: int = 0  # of them, with a date moved at least once
    stale: int = 0  # of the open ones, not updated for more than 30 days
    waiting: int = 0  # of the open ones, reported done and not closed yet

    @property
    def total(self) -> int:
        return self.done + self.open

    @property
    def done(self) -> int:
        return self.done_on_time + self.done_late

    @property
    def open(self) -> int:
        return self.open_in_time + self.open_overdue

    @property
    def stale_percent(self) -> Decimal | None:
        """Of the open ones, one decimal, half up. Missing: none is open."""
        if not self.open:
            return None
        return (Decimal(100 * self.stale) / self.open).quantize(Decimal("0.1"), ROUND_HALF_UP)

    def rows(self) -> list[tuple[Cell, int]]:
        return [(cell, getattr(self, cell.name.lower())) for cell in Cell]

    def __add__(self, other: "FourCells") -> "FourCells":
        return FourCells(
            **{each.name: getattr(self, each.name) + getattr(other, each.name) for each in fields(self)}
        )


def four_cells(assignments: QuerySet[Assignment], on: date | None = None) -> FourCells:
    """In one query."""
    return FourCells(
        **assignments.filter(COUNTED).order_by().aggregate(**_counts(on or clock.today(), clock.now()))
    )


def cells_by(assignments: QuerySet[Assignment], field: str, on: date | None = None) -> dict[Any, FourCells]:
    """By parent, lead or another column; in one query."""
    counts = _counts(on or clock.today(), clock.now())
    rows = assignments.filter(COUNTED).order_by().values(field).annotate(**counts)
    return {row.pop(field): FourCells(**row) for row in rows}


def parts_of(assignments: Iterable[Assignment]) -> Mapping[int, FourCells]:
    """What their parts have come to; no entry where there are none."""
    ids = [each.pk for each in assignments]
    return cells_by(Assignment.objects.filter(parent__in=ids), "parent") if ids else {}


def _counts(on: date, at: datetime) -> dict[str, Count]:
    since = at - STALE_AFTER
    silent = Q(last_updated_at__isnull=True, given_at__lt=since) | Q(last_updated_at__lt=since)
    named = {cell.name.lower(): Count("pk", filter=cell_condition(cell, on)) for cell in Cell}
    return {
        **named,
        "extended": Count("pk", filter=Q(is_extended=True)),
        "stale": Count("pk", filter=silent & Q(state__in=OPEN)),
        "waiting": Count("pk", filter=Q(state=AssignmentState.REPORTED_DONE, reported_done_on__lte=on)),
    }
