"""Whether the logs of conferences hold: no number missing, minutes drawn from the log that is there."""

import hashlib
import json
from collections.abc import Iterator

from django.db.models import Count, Max, Min
from django.utils.translation import gettext as _

from phoihop.conferences.minutes import draft_of
from phoihop.conferences.minutes.attendance import ANSWERS
from phoihop.conferences.minutes.draft import FORMAT
from phoihop.conferences.minutes.facts import facts_of
from phoihop.conferences.models import Conference, ConferenceRedaction, Minutes, RollCall, RollCallAnswer
from phoihop.conferences.queries.log import hash_as_it_stands, log_hash


def broken_logs() -> Iterator[str]:
    """A sentence for each place where it does not hold; none when it does."""
    for conference in Conference.objects.prefetch_related("minutes"):
        yield from _numbers(conference)
        yield from _roll_calls(conference)
        yield from _answers(conference)
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


def _answers(conference: Conference) -> Iterator[str]:
    """The quorum goes by rows, the minutes by the log: both say how many were present of each delegation."""
    told = [each.payload for each in conference.events.filter(type__in=ANSWERS).order_by("seq")]
    said = {(each["roll_call"], each["delegation"]): each["present"] for each in told}
    rows = RollCallAnswer.objects.filter(roll_call__conference=conference, is_current=True)
    kept = {
        (call, body): heads
        for call, body, heads in rows.values_list("roll_call__number", "delegation", "present")
    }
    for number in sorted({call for (call, _body), _heads in said.items() ^ kept.items()}):
        sentence = _(
            "The answers kept of roll-call %(number)s of “%(conference)s” are not those its log tells."
        )
        yield sentence % {"conference": conference, "number": number}


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
        elif _is_of_today(each) and not _is_made_again(conference, each):
            sentence = _(
                "Version %(number)s of the minutes of “%(conference)s” cannot be made again from its log."
            )
            yield sentence % {"conference": conference, "number": each.number}
        elif each.frozen_at is not None and not _is_as_frozen(each):
            sentence = _(
                "The text of version %(number)s of the minutes of “%(conference)s” is not the one that was frozen."
            )
            yield sentence % {"conference": conference, "number": each.number}


def _is_made_again(conference: Conference, minutes: Minutes) -> bool:
    """In what the log settles: a post that was retitled since says nothing against it."""
    return facts_of(draft_of(conference, minutes.last_seq)) == facts_of(minutes.drafted)


def _is_as_frozen(minutes: Minutes) -> bool:
    """Its text, and the draft and the words of people it was made from: names too, which no log tells."""
    if hashlib.sha256(minutes.context.encode()).hexdigest() != _context(minutes):
        return False
    told = json.loads(minutes.context)
    return (told["draft"], told["edited"]) == (minutes.drafted, minutes.edited)


def _context(minutes: Minutes) -> str:
    """The hash of a frozen version: as it was frozen, or as the last redaction left it."""
    told = ConferenceRedaction.objects.filter(minutes=minutes).exclude(context_hash="")
    last = told.order_by("-pk").first()
    return last.context_hash if last else minutes.context_hash
