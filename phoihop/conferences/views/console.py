"""The chair's console: one page of panels, each fetched again alone when what it shows has moved."""

from collections.abc import Callable
from functools import cache
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
from phoihop.conferences.queries.presence import site_board
from phoihop.conferences.queries.speaking import (
    sites_to_enter,
    speaking_times,
    speeches_to_call,
    spoken_on,
    waiting_on,
    with_times,
)
from phoihop.conferences.queries.stage import engine_trouble, number_of_pages
from phoihop.conferences.views.posting import acted
from phoihop.conferences.views.screens import language, screen_context

# Panel: what of the display it follows.
PANELS = {
    "session": "conference",
    "engine": "conference",
    "agenda": "agenda item conference",
    "floor": "floor item muted conference",
    "speakers": "queue floor item",
    "enter": "conference",
    "times": "floor",
    "scene": "hall floor item agenda roll_call vote conference",
    "recording": "conference item",
    "sites": "roll_call muted queue floor item",
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
    return {
        **screen_context(request, conference, by),
        **{name: cache(found) for name, found in _found(request, conference, by).items()},
        "panels": PANELS,
        "documents": ItemDocument.objects.filter(item__conference=conference, is_removed=False),
        "page_views": PageView,
        "scenes": Scene,
        "layouts": Layout,
        "kinds": SpeakerKind,
        "trouble": engine_trouble(conference),
        "key": uuid4().hex,
    }


def _found(request: HttpRequest, conference: Conference, by: Attendee) -> dict[str, Callable[[], object]]:
    """Looked up once, and only by the panels that show it."""
    item, asked = current_item(conference), request.GET
    times = cache(lambda: speaking_times(conference))
    keys = (conference.hall or {}).get("keys", [])
    return {
        "item": lambda: item,
        "waiting": lambda: with_times(waiting_on(item), times()) if item else [],
        "spoken": lambda: spoken_on(item) if item else [],
        "speeches": lambda: speeches_to_call(conference, item) if item else [],
        "sites_to_enter": lambda: sites_to_enter(conference, asked.get("ghi", "")),
        "times": times,
        "floor_time": lambda: next((each for each in times() if each.since), None),
        "site_board": lambda: site_board(conference, asked.get("tim", ""), asked.get("trang", "")),
        "roll_call_part": lambda: roll_call_part(conference, by, asked.get("goi", "")),
        "vote_part": lambda: vote_part(conference, by),
        "notes_part": lambda: notes_part(conference),
        "choices": lambda: choice_groups(conference, language(), keys),
        "offers": lambda: offers(conference, language()),
        "pages_of_sites": lambda: number_of_pages(conference),
    }
