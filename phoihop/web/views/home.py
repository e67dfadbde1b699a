from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from phoihop.accounts.access import public
from phoihop.assignments.queries.duties import assignment_duties
from phoihop.web.queries import duties
from phoihop.web.queries.conference_duties import conference_duties
from phoihop.web.queries.programmes import is_running, listed_programmes, milestones


@public
def home(request: HttpRequest) -> HttpResponse:
    """For a guest what this is; for a signed-in person what waits; for both the programmes."""
    programmes = [(programme, is_running(programme)) for programme in listed_programmes()]
    context: dict[str, object] = {
        "programmes": programmes,
        "milestones": milestones(programme for programme, _running in programmes),
    }
    if request.user.is_authenticated:
        context["waiting"] = duties.waiting_for(request.user)
        context["conference_duties"] = conference_duties(request.user)
        context["assignment_duties"] = assignment_duties(request.user)
    return render(request, "web/home.html", context)
