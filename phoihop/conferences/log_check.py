"""Whether the logs of conferences hold: no number missing, minutes drawn from the log that is there."""

import hashlib
from collections.abc import Iterator

from django.db.models import Count, Max, Min
from django.utils.translation import gettext as _

from phoihop.conferences.minutes import draft_of
from phoihop.conferences.minutes.draft import FORMAT
from phoihop.conferences.models import Conference, ConferenceRedaction, Minutes, RollCall
from phoihop.conferences.queries.log import hash_as_it_stands, log_hash


def broken_logs() -> Iterator[str]:
    """A sentence for each place where it does not hold; none when it does."""
    for conference in Conference.objects.prefetch_related("minutes"):
        yield from _numbers(conference)
        yield from _roll_calls(conference)
        yield from _minutes(conference)


def _numbers(conference: Conference) -> Iterator[str]:
    told = conference.events.aggregate(first=Min("seq"), last=Max("seq"), lines=Count("pk"))
    last = conference.last_seq
    if (told["first"] or 1, told["last"] or 0, told["lines"]) != (1, last, last):
        sentence = _("The log of “%(conference)s” has %(lines)s lines, and should have %(last)s.")
        yield sentence % {"conference": conference, "lines": told["lines"], "last": last}


def _roll_calls(conference: Conference) -> Iterator[str]:
    """What a closed roll-call was asked of stands in the log too; not in logs older than that."""
    told = conference.events.filter(type="close_roll_call", payload__has_key="asked")
    asked = {each.payload["number"]: each.payload["asked"] for each in told}
    for each in RollCall.objects.filter(conference=conference, number__in=list(asked)):
        kept = each.bases.order_by("delegation").values_list("delegation", "bloc", "invited")
        if [list(row) for row in kept] != asked[each.number]:
            sentence = _("Roll-call %(number)s of “%(conference)s” is not of those its log says were asked.")
            yield sentence % {"conference": conference, "number": each.number}


def _is_of_today(minutes: Minutes) -> bool:
    """Frozen, and drafted in the form of today; an earlier form is held by its hashes alone."""
    return minutes.frozen_at is not None and minutes.drafted["format"] == FORMAT


def _minutes(conference: Conference) -> Iterator[str]:
    for each in conference.minutes.all():
        if log_hash(conference, each.last_seq) != hash_as_it_stands(conference, each.last_seq, each.log_hash):
            sentence = _(
                "The log of “%(conference)s” is not the one that version %(number)s of its minutes tells."
            )
            yield sentence % {"conference": conference, "number": each.number}
        elif each.frozen_at is not None and hashlib.sha256(each.context.encode()).hexdigest() != _context(
            each
        ):
            sentence = _(
                "The text of version %(number)s of the minutes of “%(conference)s” is not the one that was frozen."
            )
            yield sentence % {"conference": conference, "number": each.number}
        elif _is_of_today(each) and draft_of(conference, each.last_seq) != each.drafted:
            sentence = _(
                "Version %(number)s of the minutes of “%(conference)s” cannot be made again from its log."
            )
            yield sentence % {"conference": conference, "number": each.number}


def _context(minutes: Minutes) -> str:
    """The hash of a frozen version: as it was frozen, or as the last redaction left it."""
    told = ConferenceRedaction.objects.filter(minutes=minutes).exclude(context_hash="")
    last = told.order_by("-pk").first()
    return last.context_hash if last else minutes.context_hash
