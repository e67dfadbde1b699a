"""What is overdue, and which organisations are behind: duties are ranked, persons never."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Min, QuerySet

from phoihop.assignments.cells import days_late
from phoihop.assignments.models import Assignment
from phoihop.assignments.models.assignment import UNFINISHED
from phoihop.assignments.queries.counting import FourCells, cells_by
from phoihop.assignments.queries.lists import RELATED
from phoihop.core import clock
from phoihop.orgs.models import Organisation
from phoihop.orgs.permissions import AnyUser

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Behind:
    organisation_id: int
    cells: FourCells
    longest_days: int  # the oldest overdue date


def seen_by(user: AnyUser) -> QuerySet[Assignment]:
    """Everything the user sees, as a set to ask several things of."""
    return Assignment.objects.visible_to(user)


def overdue_assignments(seen: QuerySet[Assignment]) -> QuerySet[Assignment]:
    """The longest overdue first."""
    late = seen.filter(given_at__isnull=False, state__in=UNFINISHED, due_on__lt=clock.today())
    return late.select_related(*RELATED).order_by("due_on", "lead__name_sort", "pk")


def organisations_behind(seen: QuerySet[Assignment]) -> list[Behind]:
    """Leads with something overdue or not updated for more than 30 days, the most overdue first."""
    rows = cells_by(seen, "lead")
    behind = {pk: cells for pk, cells in rows.items() if cells.open_overdue or cells.stale}
    oldest, names = _oldest(seen), _names(seen, behind)
    found = [Behind(pk, cells, oldest.get(pk, 0)) for pk, cells in behind.items()]
    found.sort(
        key=lambda each: (
            -each.cells.open_overdue,
            -each.longest_days,
            -each.cells.stale,
            names[each.organisation_id],
        )
    )
    return found


def named(rows: Sequence[Behind]) -> list[tuple[Organisation, Behind]]:
    """For a page of them, or for a file: an organisation is asked for by its number, some hundreds at a time."""
    by_pk: dict[int, Organisation] = {}
    for start in range(0, len(rows), _AT_ONCE):
        by_pk |= Organisation.objects.in_bulk(
            [each.organisation_id for each in rows[start : start + _AT_ONCE]]
        )
    return [(by_pk[each.organisation_id], each) for each in rows]


def _names(seen: QuerySet[Assignment], behind: Mapping[int, FourCells]) -> dict[int, str]:
    rows = seen.order_by().values_list("lead", "lead__name_sort").distinct()
    return {pk: name for pk, name in rows if pk in behind}


def _oldest(seen: QuerySet[Assignment]) -> dict[int, int]:
    """lead -> days since the oldest date in force that passed."""
    today = clock.today()
    late = seen.filter(given_at__isnull=False, state__in=UNFINISHED, due_on__lt=today)
    oldest = late.order_by().values_list("lead").annotate(Min("due_on"))
    return {lead: days_late(due_on, today) for lead, due_on in oldest}
