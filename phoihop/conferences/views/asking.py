"""What a site does: asks to speak, withdraws."""

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from phoihop.conferences.access import admits
from phoihop.conferences.actions import ask_to_speak, withdraw_speaker
from phoihop.conferences.enums import SpeakerKind
from phoihop.conferences.models import Conference
from phoihop.conferences.permissions import Act, Attendee
from phoihop.conferences.views.posting import acted


@admits(Act.ASK_TO_SPEAK)
@require_POST
def ask(request: HttpRequest, conference: Conference, by: Attendee) -> HttpResponseBase:
    kind = request.POST.get("kind", "")
    if by.site is None or kind not in SpeakerKind.values:
        raise Http404(kind)
    site, chosen = by.site, request.POST.get("delegation", "")
    delegation = get_object_or_404(site.delegations, pk=chosen) if chosen.isdecimal() else None

    def act() -> object:
        return ask_to_speak(
            site=site,
            kind=SpeakerKind(kind),
            by=by,
            delegation=delegation,
            post=request.POST.get("post", ""),
            key=request.POST.get("key", ""),
        )

    return acted(request, conference, by, act, reverse("conferences:site", args=[conference.slug]))


@admits(Act.ASK_TO_SPEAK)
@require_POST
def withdraw(request: HttpRequest, conference: Conference, by: Attendee, pk: int) -> HttpResponseBase:
    speaker = get_object_or_404(conference.speakers.filter(site=by.site), pk=pk)

    def act() -> object:
        return withdraw_speaker(speaker=speaker, by=by, key=request.POST.get("key", ""))

    return acted(request, conference, by, act, reverse("conferences:site", args=[conference.slug]))
