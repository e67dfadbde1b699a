from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from phoihop.accounts.access import public
from phoihop.areas.models import Area
from phoihop.areas.queries import epoch_on
from phoihop.core import clock
from phoihop.core.templatetags.vietnamese import areaname
from phoihop.programmes.models import Programme
from phoihop.web import errors, trail
from phoihop.web.forms.asked import Asked
from phoihop.web.forms.chooser import Chooser, choice, chooser
from phoihop.web.permissions import can_view_figures, is_member
from phoihop.web.queries import places, published
from phoihop.web.queries.area_figures import AreaFigures, area_figures, programmes_with_figures
from phoihop.web.queries.download_facts import facts_of
from phoihop.web.queries.openness import standard_asked
from phoihop.web.tables import Sheet, download
from phoihop.web.tables.paging import page_of


@public
def areas(request: HttpRequest) -> HttpResponse:
    """A search over the whole map; without one, the nation's own page."""
    text = request.GET.get("q", "").strip()
    nation = places.nation()
    if not text and nation:
        return redirect("web:area", key=nation.key)
    found = places.found_areas(text, clock.today()) if text else []
    context = {"trail": [trail.Step(_("Areas"))], "q": text, "found": found}
    return render(request, "web/areas.html", context)


@public
def area(request: HttpRequest, key: str) -> HttpResponse:
    """Where it stands on the maps, for everyone; its figures for those who may see them."""
    found = get_object_or_404(Area, key=key)
    programmes = programmes_with_figures()
    asked = _asked(request, programmes, found)
    shown = _figures(request, asked, found) if asked else None
    if shown and asked and (fmt := request.GET.get("download")):
        made = shown.figures
        facts = facts_of(asked, area=found, as_of=made.as_of, ledger_seq=made.ledger_seq)
        return download(Sheet(shown.table, facts=facts), fmt)
    place = places.place(found)
    text = request.GET.get("q", "").strip()
    children, page = page_of(request, places.children(found, place.day, text))
    context = {
        "area": found,
        "place": place,
        "trail": [*map(trail.area_step, place.path[:-1]), trail.Step(areaname(found))],
        "asked": asked,
        "chooser": _chooser(request, asked, programmes) if asked else None,
        "figures": shown,
        "children": children,
        "page": page,
        "q": text,
        "organisations": places.organisations_in(found, place.day),
        "claims": published.claims_for_area(found),
    }
    return render(request, "web/area.html", context)


def _asked(request: HttpRequest, programmes: list[Programme], area: Area) -> Asked | None:
    """Days chosen for another programme are not taken over; a unit of an older map is shown on that map."""
    slug = request.GET.get("programme", "")
    programme = next((each for each in programmes if each.slug == slug), None)
    if slug and programme is None:
        raise errors.unknown_name(_("programme"), slug)
    if not programmes:
        return None
    query = request.GET.copy()
    if query.get("for", slug) != slug:
        query.pop("from", None)
        query.pop("to", None)
        query.pop("map", None)
    if not query.get("map") and not area.is_in_force(clock.today()):
        query["map"] = epoch_on(places.day_to_look_at(area)).key
    return standard_asked(request.user, query, [programme or programmes[0]])


def _figures(request: HttpRequest, asked: Asked, area: Area) -> AreaFigures | None:
    if not can_view_figures(request.user, area, asked.programmes, asked.span, asked.state):
        return None
    return area_figures(request.user, asked, area)


def _chooser(request: HttpRequest, asked: Asked, programmes: list[Programme]) -> Chooser:
    names = {programme.slug: trail.short_name(programme) for programme in programmes}
    return chooser(
        asked,
        before=[choice("programme", _("Programme"), names, asked.programme.slug)],
        hidden=[("for", asked.programme.slug)],
        is_guest=not is_member(request.user),
    )
