"""Results of votes, with their arithmetic, as a page and as a file."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from phoihop.conferences import parts
from phoihop.conferences.access import admits
from phoihop.conferences.enums import Visibility
from phoihop.conferences.models import Conference, Vote
from phoihop.conferences.permissions import Act, Attendee
from phoihop.conferences.queries.voting import vote_sheets, votes_told
from phoihop.conferences.sheets import csv_file, vote_rows
from phoihop.conferences.streams.page import live
from phoihop.core import clock


@admits(Act.WATCH)
@require_safe
def votes(request: HttpRequest, conference: Conference, by: Attendee) -> HttpResponseBase:
    """Results, those of a part that is closed to the reader left out; at the table also what runs a vote."""
    runs = by.may(Act.SEE_PRESIDIUM_PART)
    context = {
        "conference": conference,
        "by": by,
        "told": vote_sheets(votes_told(conference, visible_parts(by))),
        "vote_part": parts.vote_part(conference, by) if runs else None,
        "live": live(request, conference, by) if runs else None,
    }
    return render(request, "conferences/votes.html", context)


@admits(Act.WATCH)
@require_safe
def vote_wall(request: HttpRequest, conference: Conference, by: Attendee) -> HttpResponseBase:
    """A screen of its own for the vote: how many have voted, then the result."""
    context = {"conference": conference, "by": by, "live": live(request, conference, by), "now": clock.now()}
    return render(request, "conferences/vote_wall.html", context)


@admits(Act.WATCH)
@require_safe
def vote_file(request: HttpRequest, conference: Conference, by: Attendee, pk: int) -> HttpResponseBase:
    closed = Vote.objects.filter(state="closed", item__visibility__in=visible_parts(by))
    vote = get_object_or_404(closed.select_related("item"), pk=pk, conference=conference)
    return csv_file(f"bieu-quyet-{conference.slug}-{vote.pk}", vote_rows(vote_sheets([vote])[0]))


def visible_parts(by: Attendee) -> list[str]:
    shown = {
        Visibility.OPEN: True,
        Visibility.INTERNAL: by.may(Act.SEE_DELEGATES_PART),
        Visibility.HIDDEN: by.may(Act.SEE_PRESIDIUM_PART),
    }
    return [part.value for part, is_shown in shown.items() if is_shown]
