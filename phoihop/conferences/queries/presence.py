"""Which sites are here, as their streams say: for the director's board only, never for the quorum."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Max, Q

from phoihop.conferences.models import Conference, Connection, Site
from phoihop.core import clock

SEEN_WITHIN = timedelta(seconds=40)


@dataclass(frozen=True, slots=True)
class SitePresence:
    site: Site
    is_here: bool
    has_joined: bool  # by a code, once


def presence_of(conference: Conference) -> list[SitePresence]:
    """In the order of the sites; those taken out last."""
    since = clock.now() - SEEN_WITHIN
    streams = Connection.objects.filter(
        site__conference=conference, closed_at__isnull=True, seen_at__gte=since
    )
    here = set(streams.values_list("site", flat=True))
    sites = conference.sites.annotate(
        joined=Max("grants__given_at", filter=Q(grants__revoked_at__isnull=True))
    )
    return [
        SitePresence(site, site.pk in here, site.joined is not None)
        for site in sites.order_by("is_removed", "order", "pk")
    ]
