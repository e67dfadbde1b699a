"""Pictures of sites beside the stage: several at once for the hall, and a site's check for its own page only."""

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.http.response import HttpResponseBase

from phoihop.conferences import media_errors
from phoihop.conferences.actions.media import begin_watching
from phoihop.conferences.media.engine import Engine, Watched, check_name
from phoihop.conferences.media.grants import MediaGrant, Part
from phoihop.conferences.models import Conference, Site
from phoihop.conferences.permissions import Act, Attendee
from phoihop.conferences.queries.stage import stage_of
from phoihop.conferences.views.media import named_line, peer_name, sdp_of, under_grant


@under_grant(Part.PUBLISH)
def send_check(
    conference: Conference, grant: MediaGrant, by: Attendee, chosen: Engine, said: dict[str, Any]
) -> HttpResponseBase:
    """Beside whatever the site sends to the stage: a check may be made while the conference is in session."""
    name = check_name(_own(conference, by).slug)
    exchange = chosen.publish(conference.slug, name, sdp_of(said))
    return JsonResponse({"sdp": exchange.sdp, "peer": named_line(conference, by, exchange.peer)}, status=201)


@under_grant(Part.PUBLISH)
def receive_check(
    conference: Conference, grant: MediaGrant, by: Attendee, chosen: Engine, said: dict[str, Any]
) -> HttpResponseBase:
    """What the site's check sends, and nothing else, whatever the page asks for."""
    site = _own(conference, by)
    watched = chosen.watch_sites(stage_of(conference), [check_name(site.slug)])
    if watched is None:
        raise media_errors.check_not_sent(site)
    return offered(watched, named_line(conference, by, watched.exchange.peer))


@under_grant(Part.MOSAIC)
def watch(
    conference: Conference, grant: MediaGrant, by: Attendee, chosen: Engine, said: dict[str, Any]
) -> HttpResponseBase:
    """The sites of the page shown now. `have`: those the screen receives already; 204 where there is nothing new."""
    stage, have = stage_of(conference), said.get("have")
    sending = {each.site for each in chosen.participants(conference.slug) if each.is_publishing}
    if stage.mosaic and isinstance(have, list) and set(map(str, have)) == sending & set(stage.mosaic):
        return HttpResponse(status=204)
    watched = begin_watching(conference=conference, engine=chosen, by=by)
    if watched is None:
        return HttpResponse(status=204)
    return offered(watched, peer_name(conference, watched.exchange.peer))


def offered(watched: Watched, peer: str) -> HttpResponseBase:
    told = {"sdp": watched.exchange.sdp, "peer": peer, "sites": dict(watched.sites)}
    return JsonResponse(told, status=201)


def _own(conference: Conference, by: Attendee) -> Site:
    if by.site is None or not by.may(Act.PUBLISH):
        raise media_errors.only_watches(conference)
    return by.site
