"""Speeches: by who prepares, and by a head for the own site."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from phoihop.conferences import errors, preparing_errors
from phoihop.conferences.access import View, admits
from phoihop.conferences.actions import decline_speech, edit_speech, place_speech, register_speech
from phoihop.conferences.actions.speeches import SPOKEN_IN
from phoihop.conferences.enums import Duty
from phoihop.conferences.forms.agenda import PlaceForm, SpeechForm
from phoihop.conferences.models import Conference, RegisteredSpeech, Site
from phoihop.conferences.permissions import Act, Attendee
from phoihop.conferences.queries.preparing import delegations_open_to
from phoihop.conferences.views.preparing.page import address, form_page, pressed, show


def registers(view: Callable[..., HttpResponseBase]) -> View:
    @wraps(view)
    def guarded(
        request: HttpRequest, conference: Conference, by: Attendee, **named: object
    ) -> HttpResponseBase:
        if not (by.may(Act.PREPARE) or Duty.HEAD in by.duties):
            raise errors.may_not(Act.ASK_TO_SPEAK, conference)
        return view(request, conference, by, **named)

    return admits(Act.WATCH)(guarded)


@registers
@require_GET
def speeches(request: HttpRequest, conference: Conference, by: Attendee) -> HttpResponseBase:
    return show(
        request, conference, by, "conferences/prepare/speeches.html",
        tab="speeches", speeches=_speeches(conference, by),
        items=conference.items.filter(kind__in=SPOKEN_IN), may_place=by.may(Act.PREPARE),
    )  # fmt: skip


@registers
@require_http_methods(["GET", "POST"])
def new_speech(request: HttpRequest, conference: Conference, by: Attendee) -> HttpResponseBase:
    open_to = delegations_open_to(conference, _own_site(by))
    form = SpeechForm(request.POST or None, conference=conference, delegations=open_to)
    return form_page(
        request, conference, by, form,
        lambda: register_speech(
            delegation=form.cleaned_data["delegation"], facts=form.facts(), by=by, key=form.cleaned_data["key"]
        ),
        title=_("Register a speech"), back=address("speeches", conference), told=_("The speech is registered."),
        tab="speeches",
    )  # fmt: skip


@registers
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, conference: Conference, by: Attendee, pk: int) -> HttpResponseBase:
    held = _speech(conference, by, pk)
    form = SpeechForm(request.POST or None, conference=conference, delegations=None, thing=held)
    return form_page(
        request, conference, by, form,
        lambda: edit_speech(speech=held, facts=form.facts(), by=by, **form.request_marks()),
        title=held.title_vi, back=address("speeches", conference), told=_("Saved."), tab="speeches",
    )  # fmt: skip


@admits(Act.PREPARE)
@require_POST
def place(request: HttpRequest, conference: Conference, by: Attendee, pk: int) -> HttpResponseBase:
    """On the agenda in the item chosen, or kept in the proceedings."""
    held, key = _speech(conference, by, pk), request.POST.get("key", "")[:40]
    back = address("speeches", conference)
    if request.POST.get("do") == "decline":
        return pressed(
            request, conference, lambda: decline_speech(speech=held, by=by, key=key),
            back=back, told=_("The speech is kept in the proceedings."),
        )  # fmt: skip
    form = PlaceForm(request.POST, conference=conference)

    def act() -> RegisteredSpeech:
        if not form.is_valid():
            raise preparing_errors.no_item_of_speeches()
        return place_speech(speech=held, item=form.cleaned_data["item"], by=by, key=key)

    return pressed(request, conference, act, back=back, told=_("The speech is on the agenda."))


def _own_site(by: Attendee) -> Site | None:
    """None: of every site, for who prepares."""
    return None if by.may(Act.PREPARE) else by.site


def _speeches(conference: Conference, by: Attendee) -> list[RegisteredSpeech]:
    found = conference.speeches.select_related("delegation__site", "item").order_by(
        "item__order", "order", "registered_at", "pk"
    )
    site = _own_site(by)
    return list(found.filter(delegation__site=site) if site is not None else found)


def _speech(conference: Conference, by: Attendee, pk: int) -> RegisteredSpeech:
    found = conference.speeches.select_related("delegation__site__conference", "item")
    site = _own_site(by)
    held: RegisteredSpeech = get_object_or_404(
        found.filter(delegation__site=site) if site is not None else found, pk=pk
    )
    return held
