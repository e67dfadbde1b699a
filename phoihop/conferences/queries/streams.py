"""What the streams ask of the database: few plain statements for all conferences at once."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import timedelta
from typing import Any, NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, F, Q

from phoihop.accounts.models import User
from phoihop.conferences.audiences import Audience
from phoihop.conferences.display import display
from phoihop.conferences.enums import Duty, GrantKind, VoteState
from phoihop.conferences.models import (
    Conference,
    ConferenceEvent,
    Connection,
    Grant,
    Official,
    Site,
    Vote,
)
from phoihop.conferences.permissions import MAY, attendee_of
from phoihop.conferences.queries.agenda import audience_for
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
    return sorted(sites_elsewhere([conference.pk], "").get(conference.pk, ()))


def sites_elsewhere(conferences: Iterable[int], mark: str) -> dict[int, set[str]]:
    """Of each conference, the sites with a stream in another process than the one whose keys begin with the mark."""
    streams = Connection.objects.filter(
        site__conference__in=list(conferences),
        kind__in=[GrantKind.ROOM, Duty.HEAD],
        closed_at__isnull=True,
        seen_at__gte=clock.now() - SEEN_WITHIN,
    )
    others = streams.exclude(key__startswith=mark) if mark else streams
    found: defaultdict[int, set[str]] = defaultdict(set)
    for conference, slug in others.values_list("site__conference", "site__slug"):
        found[conference].add(slug)
    return found


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


class Held(NamedTuple):
    """What a stream of a signed-in person was opened for."""

    conference: str  # slug
    user: int
    grant: int | None
    audience: int
    headed: str  # slug of the site it stands for as its head; empty: none


def lost_duties(held: Collection[Held]) -> set[Held]:
    """Those that would not be opened today as they were: the duty was taken away, or passed to another.

    Two statements for all of them; only who has no duty by name (an organiser's desk, say) is asked one by one. What
    viewers see is open to who may see the conference at all: theirs end with the ticket.
    """
    beyond = [each for each in held if each.audience > Audience.VIEWERS or each.headed]
    duties = _duties_by_name(beyond)
    doubtful = [each for each in beyond if not _is_plain(each, duties)]
    return {each for each in doubtful if not _stands(each)}


def _duties_by_name(held: Collection[Held]) -> dict[tuple[str, int], dict[Duty, str]]:
    """(conference, user) -> each duty, with the site of a head."""
    users, slugs = {each.user for each in held}, {each.conference for each in held}
    found: dict[tuple[str, int], dict[Duty, str]] = defaultdict(dict)
    if not held:
        return found
    officials = Official.objects.filter(user__in=users, conference__slug__in=slugs)
    for slug, user, duty in officials.values_list("conference__slug", "user", "duty"):
        found[slug, user][Duty(duty)] = ""
    heads = Site.objects.filter(head__in=users, conference__slug__in=slugs, is_removed=False)
    for slug, user, site in heads.values_list("conference__slug", "head", "slug"):
        found[slug, user][Duty.HEAD] = site
    return found


def _is_plain(held: Held, duties: Mapping[tuple[str, int], Mapping[Duty, str]]) -> bool:
    own = duties.get((held.conference, held.user), {})
    if held.headed and own.get(Duty.HEAD) != held.headed:
        return False
    return any(audience_for(MAY[duty]) >= held.audience for duty in own)


def _stands(held: Held) -> bool:
    """The whole question, as a page asks it."""
    conference = Conference.objects.get(slug=held.conference)
    grant = Grant.objects.select_related("site", "seat").filter(pk=held.grant).first() if held.grant else None
    by = attendee_of(conference, User.objects.filter(pk=held.user).first() or AnonymousUser(), grant)
    if held.headed and (by.site is None or by.site.slug != held.headed):
        return False
    return audience_for(by.acts) >= held.audience


def _chunks(numbers: Collection[int]) -> Iterable[list[int]]:
    every = sorted(numbers)
    return (every[start : start + _CHUNK] for start in range(0, len(every), _CHUNK))
