"""Letters, codes and slips: what the organiser prints and hands out."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from phoihop.conferences.audiences import Audience
from phoihop.conferences.codes import code_for
from phoihop.conferences.enums import ConferenceKind, GrantKind
from phoihop.conferences.letters import Letter, LetterSite
from phoihop.conferences.models import Conference, Delegation, Seat, Site
from phoihop.conferences.queries.agenda import agenda_of
from phoihop.core.templatetags.vietnamese import localname


@dataclass(frozen=True, slots=True)
class Slip:
    """What one delegate is handed: the seat and its code."""

    seat: Seat
    delegation: Delegation
    code: str


def letter_for(conference: Conference, origin: str) -> Letter:
    """What delegates may see of the agenda: hidden items stand on no letter."""
    organisers = conference.organisers.select_related("organisation__area", "post").prefetch_related(
        "organisation__area__titles"
    )
    return Letter(
        conference=conference,
        organisers=tuple(organisers),
        agenda=tuple(line.node for line in agenda_of(conference, Audience.DELEGATES)),
        programmes=tuple(localname(each, "title") for each in conference.programmes.all()),
        origin=origin,
    )


def sites_invited(conference: Conference, slug: str = "") -> list[Site]:
    """Those that take part; one of them where it is named."""
    sites = conference.sites.filter(is_removed=False).select_related("area")
    return list(sites.filter(slug=slug) if slug else sites)


def letter_sites(conference: Conference, origin: str, sites: Iterable[Site]) -> list[LetterSite]:
    """With their delegations and codes."""
    found = list(sites)
    delegations: defaultdict[int, list[Delegation]] = defaultdict(list)
    for each in (
        Delegation.objects.filter(site__in=found).select_related("organisation").order_by("order", "pk")
    ):
        delegations[each.site_id].append(each)
    return [_invited(conference, site, delegations[site.pk], origin) for site in found]


def is_changed_since_sent(conference: Conference) -> bool:
    """The letters handed out name another time, place or title than the conference has now."""
    sent = conference.events.filter(type="send_invitations").order_by("-seq").first()
    if sent is None:
        return False
    edits = conference.events.filter(type="edit_conference", seq__gt=sent.seq)
    return any(payload["changed"] for payload in edits.values_list("payload", flat=True))


def slips_of(site: Site) -> list[Slip]:
    seats = Seat.objects.filter(delegation__site=site).select_related("delegation")
    return [
        Slip(seat, seat.delegation, code_for(GrantKind.SEAT.value, seat.pk, seat.code_edition))
        for seat in seats.order_by("delegation__order", "delegation", "number")
    ]


def seat_counts(sites: Iterable[Site]) -> dict[int, int]:
    counts: defaultdict[int, int] = defaultdict(int)
    for site in Seat.objects.filter(delegation__site__in=list(sites)).values_list(
        "delegation__site", flat=True
    ):
        counts[site] += 1
    return dict(counts)


def door_of(conference: Conference, site: Site, origin: str) -> str:
    return f"{origin}{reverse('conferences:door', args=[conference.slug])}?diem-cau={site.slug}"


def _invited(
    conference: Conference, site: Site, delegations: Iterable[Delegation], origin: str
) -> LetterSite:
    """In writing nobody joins: the letter names the page where a body answers, and carries no code."""
    if conference.kind == ConferenceKind.WRITTEN:
        address = f"{origin}{reverse('conferences:opinion', args=[conference.slug])}"
        return LetterSite(site, tuple(delegations), address, "", "")
    return LetterSite(
        site,
        tuple(delegations),
        door_of(conference, site, origin),
        code_for(GrantKind.ROOM.value, site.pk, site.code_edition),
        code_for(GrantKind.VIEW.value, site.pk, site.code_edition),
    )
