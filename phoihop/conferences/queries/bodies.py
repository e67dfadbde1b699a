"""Bodies a conference may name, and the users who act for them."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from phoihop.areas.models import Area
from phoihop.conferences.models import Conference, Organiser, Site
from phoihop.core import clock
from phoihop.orgs.models import Membership, Organisation
from phoihop.programmes.models import Party


def bodies_of(conference: Conference, area: Area, site: Site | None = None) -> list[Organisation]:
    """Whose members may head a site: the bodies in its area on the conference's day, and of its delegations."""
    day = clock.day_of(conference.starts_at)
    there = Q(pk__in=Organisation.objects.as_of(day).filter(area=area).values("pk"))
    if site is not None:
        there |= Q(pk__in=site.delegations.values("organisation"))
    return list(Organisation.objects.filter(there).select_related("area").order_by("party", "name_sort"))


def serving_bodies(conference: Conference) -> QuerySet[Organisation]:
    """From which officials come: the organisers, and the parties to the conference's programmes."""
    organising = Organiser.objects.filter(conference=conference).values("organisation")
    parties = Party.objects.filter(programme__conferences=conference).values("organisation")
    found = Organisation.objects.filter(Q(pk__in=organising) | Q(pk__in=parties))
    return found.select_related("area").order_by("name_sort")


def users_of(bodies: Iterable[Organisation]) -> QuerySet[Membership]:
    """Who acts for them today, a line for each membership."""
    held = Membership.objects.as_of(clock.today()).filter(organisation__in=list(bodies), user__is_active=True)
    return held.select_related("user", "post", "organisation").order_by(
        "organisation__name_sort", "user__username"
    )
