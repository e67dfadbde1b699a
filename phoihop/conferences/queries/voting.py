"""Votes: who may vote, how many have, what was voted."""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import rfc8785
from django.db.models import Count, QuerySet

from phoihop.conferences.enums import Reach, VoteKind, VoteState
from phoihop.conferences.models import Conference, Delegation, Seat, Vote


@dataclass(frozen=True, slots=True)
class DelegationVotes:
    delegation: Delegation
    entitled: int
    voted: int
    counts: Mapping[str, int]  # choice -> seats; empty where the vote was secret


@dataclass(frozen=True, slots=True)
class OptionLine:
    name: Mapping[str, str]  # vi, en
    votes: int | None  # None while it is open, or where it was cancelled
    percent: str | None  # of the base
    is_carried: bool


@dataclass(frozen=True, slots=True)
class VoteSheet:
    vote: Vote
    options: Sequence[OptionLine]
    by_delegation: Sequence[DelegationVotes]


def voted(vote: Vote) -> int:
    """Seats that have voted: what the screens count while a vote is open."""
    return vote.casts.count()


def has_voted(vote: Vote, seat: Seat) -> bool:
    return vote.casts.filter(seat=seat).exists()


def open_vote_of(conference: Conference) -> Vote | None:
    found: Vote | None = conference.votes.select_related("item").filter(state=VoteState.OPEN).first()
    return found


def seats_with_a_vote(conference: Conference) -> QuerySet[Seat]:
    """Entitled now: of sites that were not taken out."""
    return Seat.objects.filter(delegation__site__conference=conference, delegation__site__is_removed=False)


def seats_entitled(vote: Vote) -> QuerySet[Seat]:
    """Entitled in a vote that was opened, whatever has happened to sites and seats since."""
    seats = Seat.objects.filter(delegation__site__conference=vote.conference_id, pk__lte=vote.last_seat or 0)
    return seats.exclude(delegation__site__in=vote.sites_out)


def counts_of(vote: Vote) -> dict[str, int]:
    """Slips or casts by choice, every option of the vote named.

    Missing: nothing while a secret vote is open; its slips are counted when it is closed.
    """
    held = vote.casts if vote.kind == VoteKind.NAMED else vote.ballots
    counted = dict(held.values_list("choice").annotate(number=Count("pk")).order_by())
    return {option["key"]: counted.get(option["key"], 0) for option in vote.options}


def evidence_hash(vote: Vote) -> str:
    """SHA-256 over what was counted, as canonical JSON: slips by key where secret, seats with choices where named."""
    rows: list[list[str | int]]
    if vote.kind == VoteKind.SECRET:
        slips = vote.ballots.order_by("key").values_list("key", "choice")
        rows = [[str(key), choice] for key, choice in slips]
    else:
        casts = vote.casts.order_by("seat").values_list("seat", "choice")
        rows = [[seat, choice] for seat, choice in casts]
    return hashlib.sha256(rfc8785.dumps(rows)).hexdigest()


def votes_by_delegation(vote: Vote) -> list[DelegationVotes]:
    """In the order of the sites."""
    entitled = Counter(seats_entitled(vote).values_list("delegation", flat=True))
    cast: dict[int, Counter[str]] = {}
    for delegation, choice in vote.casts.values_list("seat__delegation", "choice"):
        cast.setdefault(delegation, Counter())[choice] += 1
    delegations = Delegation.objects.filter(pk__in={*entitled, *cast}).select_related("site")
    return [
        DelegationVotes(
            each,
            entitled[each.pk],
            sum(cast.get(each.pk, Counter()).values()),
            _named(vote, cast.get(each.pk, Counter())),
        )
        for each in delegations.order_by("site__order", "site", "order", "pk")
    ]


def votes_told(conference: Conference, visibilities: Sequence[str]) -> list[Vote]:
    """Opened ones of those parts of the agenda, the last first; cancelled ones among them."""
    told = conference.votes.select_related("item").filter(opened_at__isnull=False)
    return list(told.filter(item__visibility__in=visibilities).order_by("-opened_at", "-pk"))


def vote_sheets(votes: Sequence[Vote]) -> list[VoteSheet]:
    return [VoteSheet(vote, _options(vote), votes_by_delegation(vote)) for vote in votes]


def _options(vote: Vote) -> list[OptionLine]:
    result = vote.result or {}
    return [
        OptionLine(
            name=option,
            votes=result.get("counts", {}).get(option["key"]),
            percent=result.get("percents", {}).get(option["key"]) or None,
            is_carried=result.get("carried") == option["key"],
        )
        for option in vote.options
    ]


def _named(vote: Vote, counted: Counter[str]) -> dict[str, int]:
    if vote.kind != VoteKind.NAMED:
        return {}
    return {option["key"]: counted[option["key"]] for option in vote.options}


def last_vote_of(conference: Conference) -> Vote | None:
    """The open one, or the one that was closed last: what a delegate's phone shows."""
    if (now := open_vote_of(conference)) is not None:
        return now
    closed = conference.votes.filter(state=VoteState.CLOSED).select_related("item")
    found: Vote | None = closed.order_by("-closed_at", "-pk").first()
    return found


def seats_that_may_ring(vote: Vote) -> QuerySet[Seat]:
    """Of sites that take part by telephone, seats that have not voted; none where the vote is secret."""
    waiting = seats_entitled(vote).exclude(casts__vote=vote).filter(delegation__site__is_removed=False)
    by_phone = waiting.filter(delegation__site__reach=Reach.PHONE)
    if vote.kind == VoteKind.SECRET:
        return by_phone.none()
    return by_phone.select_related("delegation__site").order_by(
        "delegation__site__order", "delegation", "number"
    )
