"""What the streams ask of the database: few plain statements for all conferences at once."""

from collections.abc import Collection, Iterable, Mapping
from datetime import timedelta
from typing import Any

from django.db.models import Count, F, Q

from phoihop.accounts.models import User
from phoihop.conferences.display import display
from phoihop.conferences.enums import Duty, GrantKind, VoteState
from phoihop.conferences.models import Conference, ConferenceEvent, Connection, Grant, Vote
from phoihop.core import clock

AT_ONCE = 500  # rows of one log; the rest comes with the next look
SEEN_WITHIN = timedelta(seconds=40)
_CHUNK = 5_000  # numbers in one statement

Row = tuple[int, str, dict[str, Any], dict[str, Any]]


def moved(known: Mapping[int, int]) -> list[int]:
    """Conferences (pk -> the last change known) whose log goes further."""
    if not known:
        return []
    last = Conference.objects.filter(pk__in=known).values_list("pk", "last_seq")
    return [pk for pk, seq in last if seq > known[pk]]


def log_after(pk: int, seq: int) -> list[Row]:
    """(seq, type, payload, patch), in order."""
    rows = ConferenceEvent.objects.filter(conference=pk, seq__gt=seq).order_by("seq")
    return list(rows.values_list("seq", "type", "payload", "patch")[:AT_ONCE])


def shown_now(slug: str, remembered: int) -> tuple[int, int, dict[str, Any], list[tuple[int, Any]]] | None:
    """(pk, seq, display, the last changes that moved something); None where there is no such conference.

    The number is read first: what changes meanwhile may be shown early, and is told again under its own number.
    """
    conference = Conference.objects.filter(slug=slug).first()
    if conference is None:
        return None
    told = conference.events.filter(seq__lte=conference.last_seq, seq__gt=conference.last_seq - remembered)
    recent = list(told.order_by("seq").values_list("seq", "patch"))
    return conference.pk, conference.last_seq, display(conference), recent


def missed(conference: Conference, seq: int, most: int) -> dict[str, Any] | None:
    """Every change after seq laid over one another; None where there are more than `most`, or fewer than none."""
    if not conference.last_seq - most <= seq <= conference.last_seq:
        return None
    patch: dict[str, Any] = {}
    told = conference.events.filter(seq__gt=seq, seq__lte=conference.last_seq).order_by("seq")
    for each in told.values_list("patch", flat=True):
        patch.update(each)
    return patch


def open_counts(conferences: Iterable[int]) -> dict[int, dict[str, Any]]:
    """How many have voted where a vote is open: never what."""
    votes = Vote.objects.filter(conference__in=list(conferences), state=VoteState.OPEN)
    told = votes.annotate(voted=Count("casts")).values_list("conference", "pk", "voted", "item__visibility")
    return {of: {"pk": pk, "voted": voted, "visibility": visibility} for of, pk, voted, visibility in told}


def sites_here(conference: Conference) -> list[str]:
    """Sites with a stream of their own, as it was written down last."""
    since = clock.now() - SEEN_WITHIN
    streams = Connection.objects.filter(
        site__conference=conference,
        kind__in=[GrantKind.ROOM, Duty.HEAD],
        closed_at__isnull=True,
        seen_at__gte=since,
    )
    return sorted(set(streams.values_list("site__slug", flat=True)))


def dead_grants(grants: Collection[int]) -> set[int]:
    """Those of the grants that open nothing any more: the twin of permissions.is_open_door."""
    ended = (
        Q(revoked_at__isnull=False)
        | Q(expires_at__lte=clock.now())
        | Q(site__is_removed=True)
        | (Q(kind=GrantKind.SEAT) & ~Q(code_edition=F("seat__code_edition")))
        | (~Q(kind=GrantKind.SEAT) & ~Q(code_edition=F("site__code_edition")))
    )
    found: set[int] = set()
    for some in _chunks(grants):
        found.update(Grant.objects.filter(ended, pk__in=some).values_list("pk", flat=True))
    return found


def idle_users(users: Collection[int]) -> set[int]:
    """Who may no longer sign in."""
    found: set[int] = set()
    for some in _chunks(users):
        found.update(User.objects.filter(pk__in=some, is_active=False).values_list("pk", flat=True))
    return found


def _chunks(numbers: Collection[int]) -> Iterable[list[int]]:
    every = sorted(numbers)
    return (every[start : start + _CHUNK] for start in range(0, len(every), _CHUNK))
