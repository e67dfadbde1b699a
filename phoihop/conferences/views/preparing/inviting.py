"""Invitations: letters and calendar files, their number, and sending them."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from phoihop.conferences.access import admits
from phoihop.conferences.actions import number_letters, send_invitations
from phoihop.conferences.checks import missing_for_invitations
from phoihop.conferences.letters import Letter, LetterSite, archived, calendar_of, letter_name, letter_of
from phoihop.conferences.models import Conference
from phoihop.conferences.permissions import Act, Attendee
from phoihop.conferences.queries.inviting import (
    is_changed_since_sent,
    letter_for,
    letter_sites,
    sites_invited,
)
from phoihop.conferences.queries.preparing import site_rows
from phoihop.conferences.views.preparing.page import address, page_of, pressed, show
from phoihop.reviews.render import docx, pdf

SITES_A_SECOND = 7  # letters in Word and PDF, as measured
KINDS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "ics": "text/calendar; charset=utf-8",
}


@admits(Act.PREPARE)
@require_GET
def invitations(request: HttpRequest, conference: Conference, by: Attendee) -> HttpResponseBase:
    rows = site_rows(conference)
    told = [row for row in rows if not row.site.is_removed]
    waiting = [row for row in told if "code" in row.lacks]
    page = page_of(request, told)
    return show(
        request, conference, by, "conferences/prepare/invitations.html",
        tab="invitations", page=page, archive_seconds=1 + len(page.object_list) // SITES_A_SECOND, waiting=len(waiting), is_changed=is_changed_since_sent(conference), missing=missing_for_invitations(conference),
        organisers=conference.organisers.select_related("organisation", "post"),
    )  # fmt: skip


@admits(Act.PREPARE)
@require_POST
def send(request: HttpRequest, conference: Conference, by: Attendee) -> HttpResponseBase:
    return pressed(
        request, conference,
        lambda: send_invitations(conference=conference, by=by, key=request.POST.get("key", "")[:40]),
        back=address("invitations", conference),
        told=_("Sent: those invited see the conference now, and their codes count as handed out."),
    )  # fmt: skip


@admits(Act.PREPARE)
@require_POST
def number(request: HttpRequest, conference: Conference, by: Attendee) -> HttpResponseBase:
    said = request.POST
    return pressed(
        request, conference,
        lambda: number_letters(
            conference=conference, number=said.get("number", "").strip()[:60], on=_day(said.get("on", "")), by=by,
            key=said.get("key", "")[:40],
        ),
        back=address("invitations", conference), told=_("The number and the day stand on the letters now."),
    )  # fmt: skip


@admits(Act.PREPARE)
@require_GET
def letter(
    request: HttpRequest, conference: Conference, by: Attendee, site: str, extension: str
) -> HttpResponseBase:
    found = letter_sites(conference, origin_of(request), sites_invited(conference, site))
    if not found or extension not in KINDS:
        raise Http404(site)
    content = _written(letter_for(conference, origin_of(request)), found[0], extension, _language(request))
    return _file(content, letter_name(conference, found[0].site, extension), KINDS[extension])


@admits(Act.PREPARE)
@require_GET
def letters(request: HttpRequest, conference: Conference, by: Attendee) -> HttpResponseBase:
    """The letters of a page of sites as Word and PDF, and the calendar files, in one archive sent as it is written."""
    sites, origin = page_of(request, sites_invited(conference)).object_list, origin_of(request)
    shared, invited = letter_for(conference, origin), letter_sites(conference, origin, sites)
    files = _files(conference, shared, invited, _language(request))
    response = StreamingHttpResponse(archived(files), content_type="application/zip")
    return _attached(response, f"giay-moi-{conference.slug}.zip")


def _files(
    conference: Conference, shared: Letter, sites: Iterable[LetterSite], language: str
) -> Iterator[tuple[str, bytes]]:
    for invited in sites:
        for extension in KINDS:
            name = letter_name(conference, invited.site, extension)
            yield f"{extension}/{name}", _written(shared, invited, extension, language)


def origin_of(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"


def _written(shared: Letter, invited: LetterSite, extension: str, language: Any) -> bytes:
    if extension == "ics":
        return calendar_of(shared, invited)
    plan = letter_of(shared, invited, language)
    return docx.write(plan) if extension == "docx" else pdf.write(plan)


def _language(request: HttpRequest) -> str:
    return "en" if request.GET.get("ngon-ngu") == "en" else "vi"


def _day(text: str) -> Any:
    try:
        return parse_date(text)
    except ValueError:
        return None


def _file(content: bytes, name: str, kind: str) -> HttpResponseBase:
    return _attached(HttpResponse(content, content_type=kind), name)


def _attached(response: HttpResponseBase, name: str) -> HttpResponseBase:
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
