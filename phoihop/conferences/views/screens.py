"""The screens of a session: the hall's wall, a site's page, the viewing page; their parts are fetched again alone."""

from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control

from phoihop.conferences.access import admits
from phoihop.conferences.enums import SpeakerKind, SpeakerState
from phoihop.conferences.models import Conference, Delegation
from phoihop.conferences.parts import answer_part, stage_part
from phoihop.conferences.permissions import Act, Attendee, may_withdraw
from phoihop.conferences.queries.agenda import audience_of, progress_of
from phoihop.conferences.queries.charts import chart_of
from phoihop.conferences.queries.figures import context_of
from phoihop.conferences.queries.screens import board_shown, screen_of
from phoihop.conferences.streams.page import live
from phoihop.core import clock
from phoihop.core.tables import download
from phoihop.reviews.pages.chart_tables import chart_sheet
from phoihop.reviews.render.charts import draw
from phoihop.reviews.render.labels import Language

LETTERING = 1.9  # of a chart half as wide as a wall, so that its smallest letters are read from the last row
PARTS = {
    "hall": "conferences/hall/stage.html",
    "site": "conferences/site/stage.html",
    "view": "conferences/view/stage.html",
    "asking": "conferences/site/asking.html",
    "agenda": "conferences/parts/agenda.html",
    "closing": "conferences/parts/closing.html",
}


@admits(Act.WATCH)
def hall(request: HttpRequest, conference: Conference, by: Attendee) -> HttpResponseBase:
    """For a wall of 1920 x 1080: what the director chose."""
    return render(request, "conferences/hall.html", screen_context(request, conference, by))


@admits(Act.ASK_TO_SPEAK)
def site(request: HttpRequest, conference: Conference, by: Attendee) -> HttpResponseBase:
    """For the room of a site, legible from three metres, and for a delegate's phone."""
    context = screen_context(request, conference, by)
    context |= {"answer_part": answer_part(conference, by), "may_write_note": by.may(Act.WRITE_NOTE)}
    return render(request, "conferences/site.html", context)


@admits(Act.WATCH)
def view(request: HttpRequest, conference: Conference, by: Attendee) -> HttpResponseBase:
    """For those below a site: they watch."""
    return render(request, "conferences/view.html", screen_context(request, conference, by))


@admits(Act.WATCH)
@cache_control(no_store=True)
def part(request: HttpRequest, conference: Conference, by: Attendee, name: str) -> HttpResponseBase:
    if name not in PARTS or (name in {"site", "asking"} and not by.may(Act.ASK_TO_SPEAK)):
        raise Http404(name)
    return render(request, PARTS[name], screen_context(request, conference, by))


@admits(Act.WATCH)
@cache_control(no_store=True)
def board(request: HttpRequest, conference: Conference, by: Attendee) -> HttpResponseBase:
    """The live board's numbers anew: cheap, for every screen asks every few seconds. 204: it is not shown now."""
    found = board_shown(conference, audience_of(by), language())
    if found is None:
        return HttpResponse(status=204)
    context = {"conference": conference, "board": found}
    return render(request, "conferences/parts/board_figures.html", context)


@admits(Act.WATCH)
@cache_control(private=True, max_age=60)
def chart(request: HttpRequest, conference: Conference, by: Attendee, key: str) -> HttpResponseBase:
    """khu-vuc: an area among the sites', where its chart is asked for; its reports may move meanwhile."""
    drawn = chart_of(conference, key, _area_asked(request))
    if drawn is None:
        raise Http404(key)
    dark = request.GET.get("theme") == "dark"
    told = draw(drawn, language(), "svg", bare=True, dark=dark, lettering=LETTERING)
    return HttpResponse(told, content_type="image/svg+xml")


@admits(Act.WATCH)
def chart_figures(request: HttpRequest, conference: Conference, by: Attendee, key: str) -> HttpResponseBase:
    """The points of a chart as CSV: the rows of the table under it."""
    version, drawn = conference.review, chart_of(conference, key, _area_asked(request))
    if version is None or drawn is None:
        raise Http404(key)
    context = {**context_of(version), "charts": {key: drawn}}
    return download(chart_sheet(context, key, language(), version.number), "csv")


def _area_asked(request: HttpRequest) -> int | None:
    asked = request.GET.get("khu-vuc", "")
    return int(asked) if asked.isdecimal() and len(asked) < 10 else None


def screen_context(request: HttpRequest, conference: Conference, by: Attendee) -> dict[str, object]:
    own = conference.speakers.filter(site=by.site, state=SpeakerState.WAITING) if by.site else ()
    return {
        "conference": conference,
        "by": by,
        "screen": screen_of(conference, audience_of(by), language()),
        "progress": progress_of(conference),
        "now": clock.now(),
        "kinds": SpeakerKind,
        "own_requests": [(each, may_withdraw(by, each)) for each in own],
        "delegations": _delegations(by),
        "live": live(request, conference, by),
        "stage": stage_part(conference, by),
        "watches_sites": by.may(Act.WATCH_SITES),
        "key": uuid4().hex,
    }


def _delegations(by: Attendee) -> list[Delegation]:
    """To choose from, where the site has several; a phone speaks for the delegation of its seat."""
    if by.site is None or (by.grant is not None and by.grant.seat_id):
        return []
    held = list(by.site.delegations.all())
    return held if len(held) > 1 else []


def language() -> Language:
    return "en" if get_language() == "en" else "vi"
