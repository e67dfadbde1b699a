"""What a page needs to follow a conference; for {% include "conferences/live.html" %}."""

import time
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.crypto import salted_hmac

from phoihop.conferences.enums import ConferenceState, Duty
from phoihop.conferences.media.choice import has_media
from phoihop.conferences.models import Conference
from phoihop.conferences.permissions import Attendee
from phoihop.conferences.queries.agenda import audience_of
from phoihop.conferences.streams.tickets import LIFETIME, STANDS_FOR_SITE, Ticket
from phoihop.core import clock

_SALT = "phoihop.conferences.streams.page"


@dataclass(frozen=True, slots=True)
class Live:
    conference: Conference
    stream: str  # address; empty: this installation has no streams, its pages ask every two seconds
    ticket: str
    lives: int  # seconds of the ticket
    share: str  # tabs of one browser under the same name share one stream
    sends_beacons: bool
    seq: int  # of the last change the page was drawn with; what is drawn from it may be newer, never older
    has_pictures: bool  # the stage may be recorded, and the page says so
    now: str  # as the page was written: its clock is right before anything else is heard


def live(request: HttpRequest, conference: Conference, by: Attendee) -> Live:
    ticket = ticket_for(request, conference, by)
    return Live(
        conference=conference,
        stream=stream_address(conference),
        ticket=ticket.signed(),
        lives=int(ticket.until - time.time()),
        share=_share(conference, ticket),
        sends_beacons=bool(ticket.site) and ticket.kind in STANDS_FOR_SITE,
        seq=conference.last_seq,
        has_pictures=has_media() and conference.state != ConferenceState.CLOSED,
        now=clock.now().isoformat(),
    )


def ticket_for(request: HttpRequest, conference: Conference, by: Attendee) -> Ticket:
    """Never longer than the grant it stands on."""
    lifetime = LIFETIME
    if by.grant is not None:
        lifetime = max(timedelta(), min(lifetime, by.grant.expires_at - clock.now()))
    return Ticket(
        conference=conference.slug,
        audience=audience_of(by),
        origin=f"{request.scheme}://{request.get_host()}",
        until=time.time() + lifetime.total_seconds(),
        site=by.site.slug if by.site is not None else "",
        kind=_kind(by),
        grant=by.grant.pk if by.grant is not None else None,
        user=by.user.pk if by.user is not None else None,
    )


def stream_address(conference: Conference) -> str:
    if not settings.STREAM_URL:
        return ""
    return (
        f"{settings.STREAM_URL.rstrip('/')}{reverse('conferences:conference', args=[conference.slug])}dong/"
    )


def _kind(by: Attendee) -> str:
    if by.grant is not None:
        return by.grant.kind
    return Duty.HEAD.value if Duty.HEAD in by.duties else ""


def _share(conference: Conference, ticket: Ticket) -> str:
    """Who sees other things, or is another, shares nothing; the name itself tells nothing."""
    who = f"{conference.pk}:{ticket.audience}:{ticket.user}:{ticket.grant}"
    return salted_hmac(_SALT, who, algorithm="sha256").hexdigest()[:24]
