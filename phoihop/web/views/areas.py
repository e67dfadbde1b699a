from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from phoihop.accounts.access import public
from phoihop.areas.models import Area
from phoihop.core import clock
from phoihop.core.templatetags.vietnamese import areaname
from phoihop.web import trail
from phoihop.web.queries import places, published
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
    found = get_object_or_404(Area, key=key)
    place = places.place(found)
    text = request.GET.get("q", "").strip()
    shown, page = page_of(request, places.children(found, place.day, text))
    context = {
        "area": found,
        "place": place,
        "trail": [*map(trail.area_step, place.path[:-1]), trail.Step(areaname(found))],
        "children": shown,
        "page": page,
        "q": text,
        "organisations": places.organisations_in(found, place.day),
        "claims": published.claims_for_area(found),
    }
    return render(request, "web/area.html", context)
