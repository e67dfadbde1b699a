"""For pages whose stream cannot be had: what moved since, a fresh ticket, and where a room machine says how it does."""

import json
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from phoihop.accounts.access import public
from phoihop.conferences import errors
from phoihop.conferences.access import View, admitted
from phoihop.conferences.actions.beacons import keep_beacon
from phoihop.conferences.audiences import Audience, shown_to
from phoihop.conferences.display import display
from phoihop.conferences.models import Conference
from phoihop.conferences.permissions import Act, Attendee
from phoihop.conferences.queries.agenda import audience_of
from phoihop.conferences.queries.streams import missed, open_counts, sites_here
from phoihop.conferences.streams.page import live
from phoihop.core import clock
from phoihop.core.errors import DomainError

MOST_MISSED = 200


def for_scripts(view: View) -> View:
    """Refused with a sentence the script can show; never led to another page."""

    @public
    @wraps(view)
    @cache_control(no_store=True)
    def guarded(request: HttpRequest, slug: str) -> HttpResponseBase:
        conference, by = admitted(request, slug)
        try:
            if not by.may(Act.WATCH):
                raise errors.is_shut_out(conference)
            return view(request, conference, by)
        except DomainError as refusal:
            return JsonResponse({"refusal": str(refusal)}, status=refusal.status)

    return guarded


@for_scripts
@require_safe
def what_moved(request: HttpRequest, conference: Conference, by: Attendee) -> HttpResponseBase:
    """The shape of the stream's messages; "whole" where the patch is everything that is shown."""
    known = request.GET.get("sau", "")
    patch: dict[str, Any] | None = None
    if known.isascii() and known.isdigit() and len(known) < 16:
        patch = missed(conference, int(known), MOST_MISSED)
    is_whole = patch is None
    audience = audience_of(by)
    counts = shown_to(audience, {"vote": open_counts([conference.pk]).get(conference.pk)})
    if audience == Audience.PRESIDIUM:
        counts["sites"] = sites_here(conference)
    told = {
        "seq": conference.last_seq,
        "now": clock.now().isoformat(),
        "whole": is_whole,
        "patch": shown_to(audience, display(conference) if patch is None else patch),
        "counts": counts,
    }
    return JsonResponse(told)


@for_scripts
@require_safe
def ticket(request: HttpRequest, conference: Conference, by: Attendee) -> HttpResponseBase:
    given = live(request, conference, by)
    return JsonResponse({"stream": given.stream, "ticket": given.ticket, "lives": given.lives})


@for_scripts
@require_POST
def beacon(request: HttpRequest, conference: Conference, by: Attendee) -> HttpResponseBase:
    """From a page that stands for a site; a second one within the minute changes nothing."""
    if by.site is None:
        raise errors.no_site_of_yours()
    try:
        said = json.loads(request.body)
    except ValueError:
        said = {}
    keep_beacon(site=by.site, said=said if isinstance(said, dict) else {})
    return HttpResponse(status=204)
