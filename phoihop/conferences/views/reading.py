from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

from phoihop.accounts.access import public
from phoihop.conferences.access import admits_readers
from phoihop.conferences.enums import ConferenceState
from phoihop.conferences.media.choice import has_media
from phoihop.conferences.models import Conference
from phoihop.conferences.permissions import Act, Attendee
from phoihop.conferences.queries.agenda import agenda_of, audience_of
from phoihop.conferences.queries.creating import may_create
from phoihop.conferences.queries.page import listed, sites_told, speeches_told, total, ways_of
from phoihop.conferences.queries.preparing import blocs_of
from phoihop.conferences.queries.redactions import redactions_of
from phoihop.conferences.streams.page import live
from phoihop.reports.permissions import can_redact


@public
def conferences(request: HttpRequest) -> HttpResponseBase:
    """Those the reader may see: invited to, organised, or closed."""
    context = {"listed": listed(request.user), "may_create": may_create(request.user)}
    return render(request, "conferences/list.html", context)


@admits_readers
def conference(request: HttpRequest, conference: Conference, by: Attendee) -> HttpResponseBase:
    """What, when, where, by whom; the agenda, sites and delegations; the ways on for the reader's duty."""
    blocs, lines = blocs_of(conference), agenda_of(conference, audience_of(by))
    context = {
        "conference": conference,
        "by": by,
        "has_pictures": has_media() and conference.state != ConferenceState.CLOSED,
        "ways": ways_of(conference, by),
        "organisers": conference.organisers.select_related("organisation"),
        "officials": conference.officials.select_related("organisation", "post"),
        "programmes": conference.programmes.all(),
        "lines": lines,
        "sites": sites_told(conference),
        "blocs": blocs,
        "heads": total(blocs),
        "speeches": speeches_told(conference, lines),
        "may_read": by.may(Act.SEE_DELEGATES_PART),
        "live": live(request, conference, by),
        "may_prepare": by.may(Act.PREPARE),
        "may_redact": request.user.is_authenticated and can_redact(request.user),
        "redactions": redactions_of(conference),
    }
    return render(request, "conferences/conference.html", context)
