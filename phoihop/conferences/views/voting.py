"""Votes: preparing, opening and closing them from the console, and casting one from a seat's phone."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from phoihop.conferences import errors, parts
from phoihop.conferences.access import admits
from phoihop.conferences.actions import (
    cancel_vote,
    cast_vote,
    close_vote,
    open_vote,
    prepare_vote,
    record_vote_by_phone,
)
from phoihop.conferences.models import Conference, Vote
from phoihop.conferences.permissions import Act, Attendee
from phoihop.conferences.streams.page import live
from phoihop.conferences.views.posting import acted
from phoihop.conferences.views.saying import said
from phoihop.conferences.voting_forms import PhoneVoteForm, VoteForm
from phoihop.core.errors import DomainError


@admits(Act.CAST_VOTE)
@require_safe
def seat(request: HttpRequest, conference: Conference, by: Attendee) -> HttpResponseBase:
    """The page of a delegate's phone."""
    context = {
        "conference": conference,
        "by": by,
        "live": live(request, conference, by),
        "seat_part": parts.seat_part(conference, by),
    }
    return render(request, "conferences/seat.html", context)


@admits(Act.CAST_VOTE)
@require_safe
def vote_form(request: HttpRequest, conference: Conference, by: Attendee) -> HttpResponseBase:
    """The part of that page that changes when a vote opens or closes."""
    context = {"conference": conference, "by": by, "seat_part": parts.seat_part(conference, by)}
    return render(request, "conferences/parts/vote_form.html", context)


@admits(Act.CAST_VOTE)
@require_POST
def cast(request: HttpRequest, conference: Conference, by: Attendee, pk: int) -> HttpResponseBase:
    """A vote sent again is answered like the first: the phone sends it until it has an answer."""
    vote = _vote(conference, pk)
    try:
        if by.grant is None or by.grant.seat is None:
            raise errors.may_not(Act.CAST_VOTE, conference)
        choice, key = request.POST.get("choice", ""), request.POST.get("key", "")[:40]
        cast_vote(vote=vote, seat=by.grant.seat, choice=choice, by=by, key=key)
    except DomainError as refusal:
        return _answered(request, conference, refusal)
    return _answered(request, conference, None)


@admits(Act.SEE_PRESIDIUM_PART)
@require_safe
def vote_panel(request: HttpRequest, conference: Conference, by: Attendee) -> HttpResponseBase:
    context = {"conference": conference, "by": by, "vote_part": parts.vote_part(conference, by)}
    return render(request, "conferences/parts/vote_panel.html", context)


@admits(Act.SEE_PRESIDIUM_PART)
@require_POST
def prepare(request: HttpRequest, conference: Conference, by: Attendee) -> HttpResponseBase:
    def act() -> object:
        form = said(VoteForm(request.POST, conference=conference))
        return prepare_vote(**form.told(), by=by, key=_key(request))

    return acted(request, conference, by, act, _votes(conference))


@admits(Act.RUN_VOTE)
@require_POST
def change(
    request: HttpRequest, conference: Conference, by: Attendee, pk: int, what: str
) -> HttpResponseBase:
    """Open, close or cancel."""
    vote, key = _vote(conference, pk), _key(request)

    def act() -> object:
        if what == "mo":
            knows = request.POST.get("without_quorum") == "on"
            return open_vote(vote=vote, by=by, may_lack_quorum=knows, key=key)
        if what == "dong":
            return close_vote(vote=vote, by=by, key=key)
        return cancel_vote(vote=vote, by=by, reason=request.POST.get("reason", ""), key=key)

    return acted(request, conference, by, act, _votes(conference))


@admits(Act.RECORD_BY_PHONE)
@require_POST
def vote_by_phone(request: HttpRequest, conference: Conference, by: Attendee, pk: int) -> HttpResponseBase:
    vote = _vote(conference, pk)

    def act() -> object:
        form = said(PhoneVoteForm(request.POST, conference=conference))
        return record_vote_by_phone(vote=vote, **form.cleaned_data, by=by, key=_key(request))

    return acted(request, conference, by, act, _votes(conference))


def _vote(conference: Conference, pk: int) -> Vote:
    vote = get_object_or_404(Vote, pk=pk, conference=conference)
    vote.conference = conference
    return vote


def _answered(request: HttpRequest, conference: Conference, refusal: DomainError | None) -> HttpResponseBase:
    if "application/json" in request.headers.get("Accept", ""):
        told: dict[str, Any] = (
            {"refusal": str(refusal)} if refusal else {"ok": True, "seq": conference.last_seq}
        )
        return JsonResponse(told, status=refusal.status if refusal else 200)
    if refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The vote of this seat has been recorded."))
    return redirect("conferences:seat", slug=conference.slug)


def _votes(conference: Conference) -> str:
    return reverse("conferences:votes", args=[conference.slug])


def _key(request: HttpRequest) -> str:
    return request.POST.get("key", "")[:40]
