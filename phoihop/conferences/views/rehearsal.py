"""The check of a site's devices and line, and the director's board of all sites."""

import json
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from phoihop.conferences import errors
from phoihop.conferences.access import admits
from phoihop.conferences.actions.checking import keep_check
from phoihop.conferences.enums import CheckColour, ConferenceState
from phoihop.conferences.media.choice import engine, has_media
from phoihop.conferences.media.engine import EngineFault
from phoihop.conferences.models import Conference, Site
from phoihop.conferences.permissions import Act, Attendee
from phoihop.conferences.queries.rehearsal import (
    BoardFilter,
    board_lines,
    colours_counted,
    current_check,
    sites_of_board,
    wanted_sites,
)
from phoihop.conferences.queries.stage import engine_trouble
from phoihop.conferences.rehearsal_words import letter_of, lines_said
from phoihop.conferences.sheets import Cells, csv_file
from phoihop.conferences.streams.page import live
from phoihop.conferences.views.preparing.page import page_of
from phoihop.core import clock
from phoihop.core.errors import DomainError
from phoihop.core.templatetags.vietnamese import localname, moment


@admits(Act.PUBLISH)
@require_safe
def check(request: HttpRequest, conference: Conference, by: Attendee) -> HttpResponseBase:
    """For the room machine of a site, before the conference and during it."""
    site = _site_of(by)
    may_check = has_media() and conference.state in {ConferenceState.INVITED, ConferenceState.OPEN}
    context = {
        **_told(conference, site),
        "by": by,
        "may_check": may_check,
        "live": live(request, conference, by),
    }
    return render(request, "conferences/check.html", context)


@admits(Act.PUBLISH)
@require_POST
def check_result(request: HttpRequest, conference: Conference, by: Attendee) -> HttpResponseBase:
    """What the page measured; answered with the lines in words, as the page shows them."""
    site = _site_of(by)
    try:
        said = json.loads(request.body) if len(request.body) < 4_000 else None
    except ValueError:
        said = None
    try:
        if not isinstance(said, dict) or not str(said.get("run", "")).isalnum():
            raise DomainError(
                _("What the page sent is no result of a check. Reload the page and check again.")
            )
        keep_check(site=site, run=str(said["run"])[:40], said=said, by=by)
    except DomainError as refusal:
        return JsonResponse({"refusal": str(refusal)}, status=refusal.status)
    return render(request, "conferences/parts/check_lines.html", _told(conference, site))


@admits(Act.SEE_PRESIDIUM_PART)
@require_safe
def site_board(request: HttpRequest, conference: Conference, by: Attendee) -> HttpResponseBase:
    context = {**_board(request, conference), "by": by, "live": live(request, conference, by)}
    return render(request, "conferences/site_board.html", context)


@admits(Act.SEE_PRESIDIUM_PART)
@require_safe
@cache_control(no_store=True)
def site_board_part(request: HttpRequest, conference: Conference, by: Attendee) -> HttpResponseBase:
    """The same filter and page again, as the page asks every few seconds."""
    return render(request, "conferences/parts/site_board.html", {**_board(request, conference), "by": by})


@admits(Act.SEE_PRESIDIUM_PART)
@require_safe
def site_board_file(request: HttpRequest, conference: Conference, by: Attendee) -> HttpResponseBase:
    sites = wanted_sites(sites_of_board(conference), BoardFilter.read(request.GET))
    head: Cells = [
        _("Site"), _("Check"), _("Why"), _("Checked at"), _("Connected"), _("Sends now"),
        _("Delay by the last beacon, ms"), _("Packets lost by the last beacon"), _("Last beacon"),
        _("Technical contact"), _("Telephone"),
    ]  # fmt: skip
    yes = {True: _("yes"), False: _("no"), None: ""}
    rows: list[Cells] = [head]
    for line in board_lines(conference, sites, _sending(conference)):
        beacon, checked = line.beacon, line.check
        rows.append([
            localname(line.site), str(CheckColour(line.colour).label),
            "; ".join(f"{each.label}: {each.value}" for each in line.wanting), moment(checked.at) if checked else "",
            yes[line.is_here], yes[line.is_sending], beacon.delay_ms if beacon else None,
            beacon.lost_packets if beacon else None, moment(beacon.at) if beacon else "",
            line.site.technical_post, line.site.technical_phone,
        ])  # fmt: skip
    return csv_file(f"kiem-tra-{conference.slug}", rows)


def _board(request: HttpRequest, conference: Conference) -> dict[str, Any]:
    every, wanted = sites_of_board(conference), BoardFilter.read(request.GET)
    page = page_of(request, wanted_sites(every, wanted))
    return {
        "conference": conference,
        "total": len(every),
        "counted": [(colour, letter_of(colour), number) for colour, number in colours_counted(every)],
        "wanted": wanted,
        "page": page,
        "lines": board_lines(conference, list(page.object_list), _sending(conference)),
        "trouble": engine_trouble(conference),
        "now": clock.now(),
        "query": request.GET.urlencode(),
    }


def _told(conference: Conference, site: Site) -> dict[str, Any]:
    last = current_check(site)
    centre = conference.sites.filter(kind="centre", is_removed=False).first()
    return {
        "conference": conference,
        "site": site,
        "last": last,
        "lines": lines_said(last) if last is not None else [],
        "centre": centre if centre != site else None,
    }


def _sending(conference: Conference) -> set[str] | None:
    """By the engine, for a machine that was switched off says no goodbye. None: it does not say."""
    chosen = engine()
    if chosen is None:
        return None
    try:
        return {each.site for each in chosen.participants(conference.slug) if each.is_publishing}
    except EngineFault:
        return None


def _site_of(by: Attendee) -> Site:
    if by.site is None:
        raise errors.no_site_of_yours()
    return by.site
