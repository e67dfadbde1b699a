"""Abolished organisations whose assignments are still to pass, and to whom they may."""

from collections.abc import Sequence

from django.db.models import Q, QuerySet

from phoihop.assignments.enums import Part
from phoihop.assignments.models import Assignment, Proposal
from phoihop.assignments.models.assignment import UNFINISHED
from phoihop.core import clock
from phoihop.orgs.models import Organisation
from phoihop.orgs.queries import heirs_of


def heirs_in_force(organisation: Organisation) -> Sequence[Organisation]:
    return heirs_of(organisation, clock.today())


def left_by(organisation: Organisation, part: Part) -> QuerySet[Assignment]:
    """What is not settled yet and names the organisation in that place."""
    rows = Assignment.objects.filter(given_at__isnull=False, state__in=UNFINISHED)
    if part is Part.LEAD:
        return rows.filter(lead=organisation)
    return (
        rows.filter(giver=organisation) if part is Part.GIVER else rows.filter(co_organisations=organisation)
    )


def waiting_organisations() -> QuerySet[Organisation]:
    """Ended, with something left."""
    rows = Assignment.objects.filter(given_at__isnull=False, state__in=UNFINISHED)
    joined = Assignment.co_organisations.through.objects.filter(assignment__in=rows)
    named = (
        Q(pk__in=rows.values("lead"))
        | Q(pk__in=rows.values("giver"))
        | Q(pk__in=joined.values("organisation"))
        | Q(pk__in=Proposal.objects.unanswered().values("receiver"))
    )
    ended = Organisation.objects.filter(named, valid_until__lte=clock.today())
    return ended.select_related("area", "parent").order_by("pk")
