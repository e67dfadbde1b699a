"""Picture and sound of a conference: a grant from the page's own session, and what is exchanged under it.

The engine itself is never reached by a browser: descriptions of sessions (SDP) pass through here, media does not.
"""

import json
import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core import signing
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from phoihop.accounts.access import public
from phoihop.accounts.models import User
from phoihop.conferences import errors, media_errors
from phoihop.conferences.actions.lines import end_line, hold_line, see_line
from phoihop.conferences.actions.media import begin_publication, end_publication
from phoihop.conferences.audiences import Audience
from phoihop.conferences.enums import ConferenceState
from phoihop.conferences.media.choice import engine
from phoihop.conferences.media.engine import Engine, EngineFault
from phoihop.conferences.media.grants import (
    LIFETIME,
    MediaGrant,
    MediaGrantRefused,
    Part,
    ice_servers,
    read_media_grant,
)
from phoihop.conferences.models import Conference, Grant, Publication
from phoihop.conferences.permissions import Act, Attendee, attendee_of
from phoihop.conferences.queries.agenda import audience_of
from phoihop.conferences.queries.stage import area_codes_of, spread_seconds, stage_of
from phoihop.conferences.views.following import for_scripts
from phoihop.core.errors import DomainError

MOST_SDP = 64 * 1024
_PEER = "phoihop.conferences.media.peer"

Exchanging = Callable[[Conference, MediaGrant, Attendee, Engine, dict[str, Any]], HttpResponseBase]


@for_scripts
@require_POST
def media_grant(request: HttpRequest, conference: Conference, by: Attendee) -> HttpResponseBase:
    """For this page: what it may do with pictures, for two minutes, and the relays it may use."""
    _engine_of(conference)
    asked = request.POST.get("part")
    part = Part(asked) if asked in set(Part) else Part.RECEIVE
    if part == Part.MOSAIC and not by.may(Act.WATCH_SITES):
        raise media_errors.only_halls_watch(conference)
    if part == Part.PUBLISH and (not by.may(Act.PUBLISH) or by.site is None):
        raise media_errors.only_watches(conference)
    grant = MediaGrant(
        conference=conference.slug,
        part=part.value,
        until=time.time() + LIFETIME,
        site=by.site.slug if by.site is not None else "",
        door=by.grant.pk if by.grant is not None else None,
        user=by.user.pk if by.user is not None else None,
    )
    return JsonResponse(
        {
            "grant": grant.signed(),
            "lives": LIFETIME,
            "ice": ice_servers(grant.site or "view"),
            "spread": spread_seconds(conference),
        }
    )


def under_grant(part: Part) -> Callable[[Exchanging], Callable[[HttpRequest, str], HttpResponseBase]]:
    """exchange(conference, grant, by, engine, said) for whoever shows a grant for `part`: a header, no cookie."""

    def decorate(exchange: Exchanging) -> Callable[[HttpRequest, str], HttpResponseBase]:
        @public
        @wraps(exchange)
        @cache_control(no_store=True)
        @require_POST
        def guarded(request: HttpRequest, slug: str) -> HttpResponseBase:
            try:
                conference, grant, by = _shown(request, slug, part)
                return exchange(conference, grant, by, _engine_of(conference), _said(request))
            except EngineFault:
                refusal: DomainError = media_errors.engine_silent()
            except DomainError as fault:
                refusal = fault
            return JsonResponse({"refusal": str(refusal)}, status=refusal.status)

        return csrf_exempt(guarded)

    return decorate


@under_grant(Part.PUBLISH)
def publish(
    conference: Conference, grant: MediaGrant, by: Attendee, chosen: Engine, said: dict[str, Any]
) -> HttpResponseBase:
    if by.site is None:
        raise media_errors.only_watches(conference)
    key = str(said.get("key", ""))[:40]
    exchange = begin_publication(
        site=by.site,
        offer=sdp_of(said),
        key=key,
        engine=chosen,
        by=by,
        takes_over=said.get("take_over") is True,
    )
    return JsonResponse(
        {"sdp": exchange.sdp, "peer": named_line(conference, by, exchange.peer, key)}, status=201
    )


@under_grant(Part.RECEIVE)
def receive(
    conference: Conference, grant: MediaGrant, by: Attendee, chosen: Engine, said: dict[str, Any]
) -> HttpResponseBase:
    """What its holder may see as of now, whatever the grant was given for."""
    exchange = chosen.watch(
        stage_of(conference),
        as_site=audience_of(by) >= Audience.DELEGATES,
        near=area_codes_of(by.site) if by.site else (),
    )
    return JsonResponse({"sdp": exchange.sdp, "peer": named_line(conference, by, exchange.peer)}, status=201)


@under_grant(Part.RECEIVE)
def answer(
    conference: Conference, grant: MediaGrant, by: Attendee, chosen: Engine, said: dict[str, Any]
) -> HttpResponseBase:
    peer, _key = _read_peer(conference, said)
    chosen.answer(peer, sdp_of(said))
    return HttpResponse(status=204)


@under_grant(Part.RECEIVE)
def alive(
    conference: Conference, grant: MediaGrant, by: Attendee, chosen: Engine, said: dict[str, Any]
) -> HttpResponseBase:
    """Gone (410) where another device of the site sends now: whoever asks must not come back by itself."""
    peer, key = _read_peer(conference, said)
    if key and not Publication.objects.filter(site=by.site, key=key, ended_at__isnull=True).exists():
        return HttpResponse(status=410)
    chosen.keep_alive(peer)
    see_line(peer=peer)
    return HttpResponse(status=204)


@under_grant(Part.RECEIVE)
def end(
    conference: Conference, grant: MediaGrant, by: Attendee, chosen: Engine, said: dict[str, Any]
) -> HttpResponseBase:
    peer, key = _read_peer(conference, said)
    if key and by.site is not None:
        end_publication(site=by.site, key=key, by=by)
    chosen.end(peer)
    end_line(peer=peer, by=by)
    return HttpResponse(status=204)


def _shown(request: HttpRequest, slug: str, part: Part) -> tuple[Conference, MediaGrant, Attendee]:
    """The grant's holder as of now: a code taken back or a site removed since then ends it.

    Raises: NotAllowed.
    """
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    conference = Conference.objects.filter(slug=slug).first()
    try:
        grant = read_media_grant(token if kind == "Bearer" else "", slug)
    except MediaGrantRefused as refused:
        raise media_errors.grant_ended() from refused
    if conference is None or conference.state == ConferenceState.CLOSED:
        raise media_errors.grant_ended()
    if part != Part.RECEIVE and grant.part != part:
        raise _wrong_part(conference, part)
    by = _holder(conference, grant)
    if not by.may(Act.WATCH):
        raise errors.is_shut_out(conference)
    return conference, grant, by


def _wrong_part(conference: Conference, part: Part) -> DomainError:
    if part == Part.MOSAIC:
        return media_errors.only_halls_watch(conference)
    return media_errors.only_watches(conference)


def _holder(conference: Conference, grant: MediaGrant) -> Attendee:
    doors = Grant.objects.select_related("site__conference", "seat")
    door = doors.filter(pk=grant.door).first() if grant.door is not None else None
    user = User.objects.filter(pk=grant.user).first() if grant.user is not None else None
    return attendee_of(conference, user or AnonymousUser(), door)


def _engine_of(conference: Conference) -> Engine:
    chosen = engine()
    if chosen is None:
        raise media_errors.no_engine(conference)
    return chosen


def _said(request: HttpRequest) -> dict[str, Any]:
    try:
        said = json.loads(request.body) if len(request.body) <= 2 * MOST_SDP else None
    except ValueError:
        said = None
    if not isinstance(said, dict):
        raise media_errors.not_an_offer()
    return said


def sdp_of(said: dict[str, Any]) -> str:
    sdp = said.get("sdp")
    if not isinstance(sdp, str) or not sdp.startswith("v=0") or len(sdp) > MOST_SDP:
        raise media_errors.not_an_offer()
    return sdp


def named_line(conference: Conference, by: Attendee, peer: str, key: str = "") -> str:
    """A connection stands as long as `by` may hold it."""
    hold_line(conference=conference, peer=peer, by=by)
    return peer_name(conference, peer, key)


def peer_name(conference: Conference, peer: str, key: str = "") -> str:
    """The engine's name for a connection, which only its own page may speak of."""
    return signing.dumps((conference.slug, peer, key), salt=_PEER)


def _read_peer(conference: Conference, said: dict[str, Any]) -> tuple[str, str]:
    try:
        slug, peer, key = signing.loads(str(said.get("peer", "")), salt=_PEER)
    except (signing.BadSignature, ValueError) as fault:
        raise media_errors.grant_ended() from fault
    if slug != conference.slug:
        raise media_errors.grant_ended()
    return peer, key
