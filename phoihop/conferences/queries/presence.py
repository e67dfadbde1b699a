"""Which sites are here, as their streams say: for the director's board only, never for the quorum."""

from dataclasses import dataclass
from datetime import timedelta

from django.core.paginator import Page, Paginator
from django.db.models import Case, Q, QuerySet, When

from phoihop.conferences.display import current_item
from phoihop.conferences.enums import SpeakerState
from phoihop.conferences.models import Conference, Connection, Grant, Site
from phoihop.conferences.queries.finding import A_PAGE, found_by_name
from phoihop.core import clock

SEEN_WITHIN = timedelta(seconds=40)


@dataclass(frozen=True, slots=True)
class SitePresence:
    site: Site
    is_here: bool
    has_joined: bool  # by a code, once


@dataclass(frozen=True, slots=True)
class SiteBoard:
    """One page of the sites; how many are here is of all of them, whatever is looked for."""

    lines: list[SitePresence]
    page: Page[Site]
    typed: str
    here: int
    sites: int


def site_board(conference: Conference, typed: str, number: str) -> SiteBoard:
    """number: of the page, as typed; one past the end is the last."""
    found = _in_need_first(conference, found_by_name(conference.sites.all(), typed))
    page = Paginator(found, A_PAGE).get_page(number)
    shown, here = list(page.object_list), _here(conference)
    grants = Grant.objects.filter(site__in=shown, revoked_at__isnull=True)
    joined = set(grants.values_list("site", flat=True))
    return SiteBoard(
        lines=[SitePresence(site, site.pk in here, site.pk in joined) for site in shown],
        page=page,
        typed=typed,
        here=len(here),
        sites=conference.sites.count() if typed else page.paginator.count,
    )


def _here(conference: Conference) -> set[int]:
    since = clock.now() - SEEN_WITHIN
    streams = Connection.objects.filter(
        site__conference=conference, closed_at__isnull=True, seen_at__gte=since
    )
    return set(streams.values_list("site", flat=True))


def _in_need_first(conference: Conference, sites: QuerySet[Site]) -> QuerySet[Site]:
    """Who speaks, who asks, who is muted; the others in the order of the sites; those taken out last."""
    listed = conference.speakers.values("site")
    asking = listed.filter(state=SpeakerState.WAITING, item=current_item(conference))
    need = Case(
        When(pk__in=listed.filter(state=SpeakerState.SPEAKING), then=0),
        When(pk__in=asking, then=1),
        When(~Q(muted_by=""), then=2),
        default=3,
    )
    return sites.order_by("is_removed", need, "order", "pk")
