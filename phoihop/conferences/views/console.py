"""The chair's console: one page of panels, each fetched again alone when what it shows has moved."""

from uuid import uuid4

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST

from phoihop.conferences.access import admits
from phoihop.conferences.console_acts import ACTS, Asked
from phoihop.conferences.display import current_item
from phoihop.conferences.enums import Layout, PageView, Scene, SpeakerKind
from phoihop.conferences.models import Conference, ItemDocument
from phoihop.conferences.parts import notes_part, roll_call_part, vote_part
from phoihop.conferences.permissions import Act, Attendee
from phoihop.conferences.queries.board_terms import offers
from phoihop.conferences.queries.figures import choice_groups
from phoihop.conferences.queries.presence import presence_of
from phoihop.conferences.queries.speaking import (
    sites_to_enter,
    speaking_times,
    speeches_to_call,
    spoken_on,
    waiting_on,
)
from phoihop.conferences.queries.stage import engine_trouble, pages_of_sites
from phoihop.conferences.views.posting import acted
from phoihop.conferences.views.screens import language, screen_context

# Panel: what of the display it follows.
PANELS = {
    "session": "conference",
    "engine": "conference",
    "agenda": "agenda item conference",
    "floor": "floor item muted conference",
    "speakers": "queue floor item",
    "times": "floor",
    "scene": "hall floor item agenda roll_call vote conference",
    "recording": "conference item",
    "sites": "roll_call muted",
}


@admits(Act.SEE_PRESIDIUM_PART)
def console(request: HttpRequest, conference: Conference, by: Attendee) -> HttpResponseBase:
    return render(request, "conferences/console.html", _context(request, conference, by))


@admits(Act.SEE_PRESIDIUM_PART)
@cache_control(no_store=True)
def panel(request: HttpRequest, conference: Conference, by: Attendee, name: str) -> HttpResponseBase:
    if name not in PANELS:
        raise Http404(name)
    if name == "engine":  # asked every few seconds
        return render(request, "conferences/console/engine.html", {"trouble": engine_trouble(conference)})
    return render(request, f"conferences/console/{name}.html", _context(request, conference, by))


@admits(Act.SEE_PRESIDIUM_PART)
@require_POST
def act(request: HttpRequest, conference: Conference, by: Attendee, what: str) -> HttpResponseBase:
    """One act of the console; whether this person may is asked by the action itself."""
    if what not in ACTS:
        raise Http404(what)
    asked = Asked(conference, by, request.POST)
    back = reverse("conferences:console", args=[conference.slug])
    return acted(request, conference, by, lambda: ACTS[what](asked), back)


def _context(request: HttpRequest, conference: Conference, by: Attendee) -> dict[str, object]:
    item, presence = current_item(conference), presence_of(conference)
    return {
        **screen_context(request, conference, by),
        "panels": PANELS,
        "item": item,
        "waiting": waiting_on(item) if item else [],
        "spoken": spoken_on(item) if item else [],
        "speeches": speeches_to_call(conference, item) if item else [],
        "sites_to_enter": sites_to_enter(conference),
        "times": speaking_times(conference),
        "presence": presence,
        "here": sum(each.is_here for each in presence),
        "documents": ItemDocument.objects.filter(item__conference=conference, is_removed=False),
        "roll_call_part": roll_call_part(conference, by),
        "vote_part": vote_part(conference, by),
        "notes_part": notes_part(conference),
        "choices": choice_groups(conference, language(), (conference.hall or {}).get("keys", [])),
        "offers": offers(conference, language()),
        "page_views": PageView,
        "scenes": Scene,
        "layouts": Layout,
        "pages_of_sites": len(pages_of_sites(conference)),
        "kinds": SpeakerKind,
        "trouble": engine_trouble(conference),
        "key": uuid4().hex,
    }
