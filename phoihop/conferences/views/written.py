"""A consultation in writing: the page where a body answers, and the organiser's view of who has."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from phoihop.conferences import preparing_errors
from phoihop.conferences.access import admits
from phoihop.conferences.actions import close_written_review, give_opinion, remind_bodies
from phoihop.conferences.enums import ConferenceKind
from phoihop.conferences.forms.written import OpinionForm
from phoihop.conferences.models import Conference
from phoihop.conferences.permissions import Act, Attendee, bodies_answered_for
from phoihop.conferences.queries.written import STANDINGS, answerings, standings_of
from phoihop.conferences.views.preparing.page import address, form_page, pressed, show
from phoihop.core import clock


@admits(Act.PREPARE)
@require_GET
def opinions(request: HttpRequest, conference: Conference, by: Attendee) -> HttpResponseBase:
    """Who has answered, who is late, who was reminded."""
    if conference.kind != ConferenceKind.WRITTEN:
        raise preparing_errors.not_in_writing(conference)
    everyone, wanted = answerings(conference), request.GET.get("xem", "")
    rows = [row for row in everyone if wanted not in STANDINGS or row.standing == wanted]
    return show(
        request, conference, by, "conferences/prepare/opinions.html",
        tab="opinions", rows=rows, everyone=everyone, wanted=wanted, standings=standings_of(everyone),
        answered=sum(row.has_answered for row in everyone),
        silent=sum(not row.has_answered for row in everyone),
        is_past=clock.now() > conference.ends_at,
    )  # fmt: skip


@admits(Act.PREPARE)
@require_POST
def remind(request: HttpRequest, conference: Conference, by: Attendee) -> HttpResponseBase:
    return pressed(
        request, conference,
        lambda: remind_bodies(conference=conference, by=by, key=request.POST.get("key", "")[:40]),
        back=address("opinions", conference),
        told=_("Reminded: the bodies that have not answered see it on their page of the consultation."),
    )  # fmt: skip


@admits(Act.PREPARE)
@require_POST
def close(request: HttpRequest, conference: Conference, by: Attendee) -> HttpResponseBase:
    """A reason counts once it is confirmed."""
    reason = request.POST.get("reason", "") if request.POST.get("confirmed") == "on" else ""
    return pressed(
        request, conference,
        lambda: close_written_review(
            conference=conference, by=by, reason=reason, key=request.POST.get("key", "")[:40]
        ),
        back=address("opinions", conference), told=_("The consultation is closed. Its conclusions can be written."),
    )  # fmt: skip


@admits(Act.GIVE_OPINION)
@require_http_methods(["GET", "POST"])
def opinion(request: HttpRequest, conference: Conference, by: Attendee) -> HttpResponseBase:
    """For who reports or approves for a body that is asked: what is asked, until when, what was answered."""
    mine = bodies_answered_for(conference, by.user) if by.user else []
    form = OpinionForm(request.POST or None, bodies=mine)
    return form_page(
        request, conference, by, form,
        lambda: give_opinion(
            conference=conference, organisation=form.cleaned_data["body"], text=form.cleaned_data["text"], by=by,
            key=form.cleaned_data["key"],
        ),
        title=_("Answer in writing"), back=address("opinion", conference),
        told=_("The opinion is given; the organisers see it."), template="conferences/opinion.html",
        rows=[row for row in answerings(conference) if row.body in mine],
        is_past=clock.now() > conference.ends_at,
    )  # fmt: skip
