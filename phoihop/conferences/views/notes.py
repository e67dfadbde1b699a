"""Notes to the presidium: written from a site's page, read at the table."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from phoihop.conferences import errors, parts
from phoihop.conferences.access import admits
from phoihop.conferences.actions import read_note, write_note
from phoihop.conferences.models import Conference, PresidiumNote
from phoihop.conferences.permissions import Act, Attendee
from phoihop.conferences.streams.page import live
from phoihop.conferences.views.posting import acted


@admits(Act.WRITE_NOTE)
@require_POST
def write(request: HttpRequest, conference: Conference, by: Attendee) -> HttpResponseBase:
    def act() -> object:
        if by.site is None:
            raise errors.may_not(Act.WRITE_NOTE, conference)
        text, key = request.POST.get("text", ""), request.POST.get("key", "")[:40]
        return write_note(site=by.site, text=text, by=by, key=key)

    return acted(request, conference, by, act, reverse("conferences:notes", args=[conference.slug]))


@admits(Act.SEE_PRESIDIUM_PART)
@require_POST
def read(request: HttpRequest, conference: Conference, by: Attendee, pk: int) -> HttpResponseBase:
    found = get_object_or_404(
        PresidiumNote.objects.select_related("site__conference"), pk=pk, site__conference=conference
    )

    def act() -> object:
        return read_note(note=found, by=by, key=request.POST.get("key", "")[:40])

    return acted(request, conference, by, act, reverse("conferences:notes", args=[conference.slug]))


@admits(Act.SEE_DELEGATES_PART)
@require_safe
def notes(request: HttpRequest, conference: Conference, by: Attendee) -> HttpResponseBase:
    """The presidium reads, a site writes; whoever does neither is refused."""
    reads, writes = by.may(Act.SEE_PRESIDIUM_PART), by.may(Act.WRITE_NOTE)
    if not reads and not writes:
        raise errors.may_not(Act.WRITE_NOTE, conference)
    context = {
        "conference": conference,
        "by": by,
        "live": live(request, conference, by),
        "notes_part": parts.notes_part(conference) if reads else None,
        "writes": writes,
    }
    return render(request, "conferences/notes.html", context)


@admits(Act.SEE_PRESIDIUM_PART)
@require_safe
def notes_panel(request: HttpRequest, conference: Conference, by: Attendee) -> HttpResponseBase:
    context = {"conference": conference, "by": by, "notes_part": parts.notes_part(conference)}
    return render(request, "conferences/parts/notes_panel.html", context)
