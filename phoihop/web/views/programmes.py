from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from phoihop.accounts.access import public
from phoihop.programmes.models import Programme
from phoihop.reviews.queries.reading import listed
from phoihop.web import trail
from phoihop.web.queries import programmes as of


@public
def programme(request: HttpRequest, slug: str) -> HttpResponse:
    """Who signed what, for how long, reporting by which calendar, counting what."""
    visible = Programme.objects.visible_to(request.user)
    found = get_object_or_404(
        visible.select_related("area", "predecessor", "localises", "calendar"), slug=slug
    )
    has_calendar = hasattr(found, "calendar")
    context = {
        "programme": found,
        "name": trail.short_name(found),
        "trail": _way(found),
        "is_running": of.is_running(found),
        "outlines": of.contents_with_indicators(found),
        "duties": of.level_duties(found) if has_calendar else [],
        "windows": of.windows_opened(found),
        "plan": of.plan_by_year(found),
        "parties": found.parties.select_related("organisation"),
        "local_versions": found.local_versions.select_related("area", "localises").order_by(
            "area__name_sort"
        ),
        "successors": found.successors.all(),
        "reviews": listed(request.user, found),
        "planned": of.planned_spans(request.user, found),
        "milestones": of.milestones([found]),
    }
    return render(request, "web/programme.html", context)


def _way(programme: Programme) -> list[trail.Step]:
    above = [trail.programme_step(programme.localises)] if programme.localises else []
    return [trail.home(), *above, trail.Step(trail.short_name(programme))]
