"""Preparing, opening and cancelling a vote."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Max

from phoihop.conferences import errors, urn, voting_errors
from phoihop.conferences.actions.changing import changing
from phoihop.conferences.enums import ConferenceState, Majority, VoteBase, VoteKind, VoteState
from phoihop.conferences.models import AgendaItem, Conference, Urn, Vote
from phoihop.conferences.permissions import Act, Attendee
from phoihop.conferences.queries.quorum import Quorum, last_roll_call, quorum
from phoihop.conferences.queries.voting import open_vote_of, seats_entitled, seats_with_a_vote
from phoihop.conferences.voting_errors import FEWEST, MOST
from phoihop.core import clock
from phoihop.core.text import nfc

IN_FAVOUR: tuple[dict[str, str], ...] = (
    {"key": "yes", "vi": "Tán thành", "en": "In favour"},
    {"key": "no", "vi": "Không tán thành", "en": "Against"},
    {"key": "abstain", "vi": "Không có ý kiến", "en": "Abstention"},
)
_NAME = 120  # of an option


def prepare_vote(
    *,
    item: AgendaItem,
    title_vi: str,
    kind: VoteKind,
    by: Attendee | None,
    title_en: str = "",
    options: Sequence[Mapping[str, str]] = IN_FAVOUR,
    base: VoteBase = VoteBase.ENTITLED,
    majority: Majority = Majority.HALF,
    key: str = "",
) -> Vote:
    """Before the session or in it, by the chair or whoever prepares the conference. Options without a key get one."""
    act = Act.RUN_VOTE if by is None or by.may(Act.RUN_VOTE) else Act.PREPARE
    with changing(item.conference, act, by, key=key) as change:
        if change.conference.state == ConferenceState.CLOSED:
            raise errors.is_closed(change.conference)
        question = nfc(title_vi.strip())
        if not question:
            raise voting_errors.question_empty()
        prepared = Vote.objects.create(
            conference=change.conference,
            item=item,
            title_vi=question[:400],
            title_en=nfc(title_en.strip())[:400],
            kind=kind,
            options=_options(options),
            base=base,
            majority=majority,
        )
        change.tell(
            "prepare_vote", thing=prepared, shows=("prepared",), vote=prepared.pk, title=question, kind=kind
        )
    return prepared


def open_vote(*, vote: Vote, by: Attendee | None, may_lack_quorum: bool = True, key: str = "") -> Vote:
    """Who is entitled is settled here, and whether there was a quorum. A secret vote lays out an empty slip for every seat.

    may_lack_quorum: whoever opens it knows that there may be none; pages ask the chair first.
    Raises: Conflict while another vote is open, where no seat is entitled, or a roll-call is the base and none was held.
    """
    with changing(vote.conference, Act.RUN_VOTE, by, key=key, in_session=True) as change:
        current = Vote.objects.select_related("item").get(pk=vote.pk)
        _require_openable(change.conference, current)
        held = quorum(change.conference)
        if not may_lack_quorum and (held is None or not held.is_met):
            raise voting_errors.no_quorum(current, _told(held))
        _settle_seats(change.conference, current)
        current.state, current.opened_at, current.opened_by = VoteState.OPEN, clock.now(), change.user
        current.save()
        if current.kind == VoteKind.SECRET:
            Urn.objects.create(vote=current, slips=urn.laid_out(current.entitled or 0))
        change.tell(
            "open_vote", thing=current, shows=("vote", "prepared"), vote=current.pk, item=current.item_id,
            title=current.title_vi, kind=current.kind, entitled=current.entitled, quorum=_told(held),
        )  # fmt: skip
    return current


def _told(held: Quorum | None) -> dict[str, Any] | None:
    """Of the last roll-call as the vote was opened; None where none was held."""
    if held is None:
        return None
    return {
        "roll_call": held.number, "present": held.present, "invited": held.invited, "needed": held.needed,
        "is_met": held.is_met,
    }  # fmt: skip


def cancel_vote(*, vote: Vote, by: Attendee | None, reason: str = "", key: str = "") -> Vote:
    """Before it is closed. What was cast by name stays on record and decides nothing; slips are destroyed uncounted."""
    with changing(vote.conference, Act.RUN_VOTE, by, key=key) as change:
        current = Vote.objects.select_related("item").get(pk=vote.pk)
        if current.state not in {VoteState.PREPARED, VoteState.OPEN}:
            raise voting_errors.cannot_cancel(current)
        Urn.objects.filter(vote=current).delete()
        current.state = VoteState.CANCELLED
        current.save(update_fields=["state"])
        said = nfc(reason.strip())[:300]
        change.tell(
            "cancel_vote", thing=current, shows=("vote", "prepared"), vote=current.pk,
            title=current.title_vi, reason=said,
        )  # fmt: skip
    return current


def _require_openable(conference: Conference, vote: Vote) -> None:
    if vote.state != VoteState.PREPARED:
        raise voting_errors.not_prepared(vote)
    if (another := open_vote_of(conference)) is not None:
        raise voting_errors.another_vote_open(another)
    if vote.base == VoteBase.PRESENT and last_roll_call(conference) is None:
        raise voting_errors.needs_roll_call(vote)


def _settle_seats(conference: Conference, vote: Vote) -> None:
    seats = seats_with_a_vote(conference)
    vote.sites_out = list(conference.sites.filter(is_removed=True).values_list("pk", flat=True))
    vote.last_seat = seats.aggregate(last=Max("pk"))["last"]
    vote.entitled = seats_entitled(vote).count()
    if not vote.entitled:
        raise voting_errors.nobody_entitled(conference)


def _options(options: Sequence[Mapping[str, str]]) -> list[dict[str, Any]]:
    named = [
        {
            "key": str(each.get("key") or f"option-{number}")[:20],
            "vi": nfc(each["vi"].strip())[:_NAME],
            "en": nfc(each.get("en", "").strip())[:_NAME] or nfc(each["vi"].strip())[:_NAME],
        }
        for number, each in enumerate(options, start=1)
        if each["vi"].strip()
    ]
    if not FEWEST <= len(named) <= MOST:
        raise voting_errors.options_number(len(named))
    seen: set[str] = set()
    for each in named:
        if {each["vi"].casefold(), each["key"]} & seen:
            raise voting_errors.options_twice(each["vi"])
        seen |= {each["vi"].casefold(), each["key"]}
    return named
