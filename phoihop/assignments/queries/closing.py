"""Which assignments an organisation closes: those told to it as given by it, and waiting for its word."""

from collections.abc import Collection, Iterable, Sequence
from functools import cache

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from phoihop.assignments.models import Assignment, CoIssuer, Conclusion
from phoihop.assignments.permissions import Answering, closers_of, desks_of_today
from phoihop.core import clock
from phoihop.orgs.models import Organisation
from phoihop.orgs.queries import acted_for, only_heirs


def closed_by(organisations: Collection[int]) -> QuerySet[Assignment]:
    """The twin of `permissions.closers_of`: given ones, of whose closers one of these is.

    As many questions as successions follow, whatever the number of rows. What fell to its own giver or issuers is
    looked at one by one while it is unfinished; there are few of it, and it passes soon.
    """
    if not organisations:
        return Assignment.objects.none()
    told = Q(pk__in=_fallen_to(set(organisations)))
    for one in acted_for(organisations, clock.today()).values():
        joined = CoIssuer.objects.filter(organisation__in=one).values("conclusion")
        issued = Q(paragraph__conclusion__lead_issuer__in=one) | Q(paragraph__conclusion__in=joined)
        gave_itself = Q(giver=F("lead"))
        told |= ((Q(giver__in=one) & ~gave_itself) | (gave_itself & issued)) & ~Q(lead__in=one)
    return Assignment.objects.filter(told, given_at__isnull=False)


def _fallen_to(organisations: set[int]) -> list[int]:
    rows = (
        Assignment.objects.filter(pk__in=_own_work())
        .select_related("giver__parent", "lead", "paragraph__conclusion__lead_issuer")
        .prefetch_related("paragraph__conclusion__co_issuing__organisation")
    )
    answers, desks = _answering(rows), cache(lambda: list(desks_of_today()))
    return [
        each.pk
        for each in rows
        if not organisations.isdisjoint(closer.pk for closer in closers_of(each, answers, _issuers, desks))
    ]


def _issuers(conclusion: Conclusion) -> list[Organisation]:
    return conclusion.issuers


def _answering(rows: Iterable[Assignment]) -> Answering:
    """`in_force_for`, asked at once for all that these name and for whoever is above who acts for them."""
    today, acting, known = clock.today(), dict[int, int](), dict[int, Organisation]()
    waiting = {
        body.pk
        for each in rows
        for body in (each.giver, each.lead, each.giver.parent, *each.paragraph.conclusion.issuers)
        if body is not None
    }
    for _named_and_above in range(2):
        acting |= only_heirs(waiting - acting.keys(), today)
        known |= Organisation.objects.select_related("parent").in_bulk(set(acting.values()) - known.keys())
        waiting = {each.parent_id for each in known.values() if each.parent_id is not None}
    return lambda body: known.get(acting.get(body.pk, 0))


def _own_work() -> Sequence[int]:
    """Unfinished, led by who acts for its giver, where an heir has to be asked for or no other issuer is left."""
    today = clock.today()
    others = Organisation.objects.as_of(today).exclude(pk=OuterRef("lead"))
    joined = CoIssuer.objects.filter(
        conclusion=OuterRef("paragraph__conclusion"), organisation__in=Organisation.objects.as_of(today)
    ).exclude(organisation=OuterRef("lead"))
    left = Exists(others.filter(pk=OuterRef("paragraph__conclusion__lead_issuer"))) | Exists(joined)
    ended = Q(giver__valid_until__lte=today) | Q(lead__valid_until__lte=today)
    rows = Assignment.objects.unfinished().filter(ended | (Q(giver=F("lead")) & ~left))
    found = list(rows.values_list("pk", "giver", "lead"))
    acting = only_heirs({pk for _one, *pair in found for pk in pair}, today)
    return [pk for pk, giver, lead in found if acting.get(giver, giver) == acting.get(lead, lead)]
