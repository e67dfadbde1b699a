"""To whom an assignment overdue for a month is told beside those who were told before: somebody who was not."""

from collections.abc import Collection

from django.db.models import F, Q

from phoihop.assignments.models import Assignment
from phoihop.orgs.models import Organisation


def next_above(assignment: Assignment) -> Organisation | None:
    """The lead's superior; where that gave the assignment, and so was told already, its own. None: nobody is above."""
    superior = assignment.lead.parent
    return superior.parent if superior and superior.pk == assignment.giver_id else superior


def is_next_above(organisations: Collection[int]) -> Q:
    """The twin of `next_above`: assignments for which it is one of these."""
    given_by_the_superior = Q(giver=F("lead__parent"))
    return (Q(lead__parent__in=organisations) & ~given_by_the_superior) | (
        Q(lead__parent__parent__in=organisations) & given_by_the_superior
    )
