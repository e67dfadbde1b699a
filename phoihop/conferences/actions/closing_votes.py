"""Closing a vote: slips are taken out of the urn, counted, and the result is frozen with what proves it."""

import hashlib
from typing import Any

import rfc8785

from phoihop.conferences import urn, voting_errors
from phoihop.conferences.actions.changing import Change, changing
from phoihop.conferences.enums import Majority, VoteBase, VoteKind, VoteState
from phoihop.conferences.models import Ballot, Urn, Vote
from phoihop.conferences.permissions import Act, Attendee
from phoihop.conferences.queries.log import log_hash
from phoihop.conferences.queries.quorum import Quorum, quorum
from phoihop.conferences.queries.voting import counts_of, evidence_hash, voted
from phoihop.conferences.reckoning import reckon
from phoihop.core import clock

FORMAT = "phoihop-vote/1"


def close_vote(*, vote: Vote, by: Attendee | None, key: str = "") -> Vote:
    """Nobody votes after. The result carries its arithmetic, the hash of slips or casts, and that of the log up to it."""
    with changing(vote.conference, Act.RUN_VOTE, by, key=key, in_session=True) as change:
        current = Vote.objects.select_related("item").get(pk=vote.pk)
        if current.state != VoteState.OPEN:
            raise voting_errors.not_open(current)
        if current.kind == VoteKind.SECRET:
            _take_out(current)
        current.closed_at, current.closed_by = clock.now(), change.user
        current.result = _result(change, current)
        current.result_hash = result_hash(current.result)
        current.state = VoteState.CLOSED
        current.save()
        change.tell(
            "close_vote", thing=current, shows=("vote",), vote=current.pk, title=current.title_vi,
            counts=current.result["counts"], is_adopted=current.result["is_adopted"], hash=current.result_hash,
            result=current.result,
        )  # fmt: skip
    return current


def result_hash(result: dict[str, Any]) -> str:
    """SHA-256 of its canonical JSON (RFC 8785)."""
    return hashlib.sha256(rfc8785.dumps(result)).hexdigest()


def _take_out(vote: Vote) -> None:
    """Written in the order of their fresh keys, so that where a slip lies on the disk says nothing."""
    held = Urn.objects.get(pk=vote.pk)
    slips = urn.taken_out(bytes(held.slips), [option["key"] for option in vote.options])
    held.delete()
    Ballot.objects.bulk_create(
        (Ballot(key=slip, vote=vote, choice=choice) for slip, choice in slips), batch_size=500
    )


def _result(change: Change, vote: Vote) -> dict[str, Any]:
    counts, roll_call = counts_of(vote), quorum(change.conference)
    reckoned = reckon(
        counts,
        base=VoteBase(vote.base),
        majority=Majority(vote.majority),
        entitled=vote.entitled or 0,
        present=roll_call.present if roll_call else 0,
    )
    return {
        "format": FORMAT,
        "question": {
            "vi": vote.title_vi,
            "en": vote.title_en or vote.title_vi,
            "item": {"vi": vote.item.title_vi, "en": vote.item.title_en or vote.item.title_vi},
        },
        "kind": vote.kind,
        "options": vote.options,
        "counts": counts,
        "cast": voted(vote),
        "entitled": vote.entitled,
        "base": {"kind": vote.base, "number": reckoned.base},
        "majority": {"kind": vote.majority, "needed": reckoned.needed},
        "percents": dict(reckoned.percents),
        "carried": reckoned.carried,
        "is_adopted": reckoned.is_adopted,
        "quorum": _roll_call(roll_call),
        "opened_at": _utc(vote.opened_at),
        "closed_at": _utc(vote.closed_at),
        "evidence_hash": evidence_hash(vote),
        "log": {
            "seq": change.conference.last_seq,
            "hash": log_hash(change.conference, change.conference.last_seq),
        },
    }


def _roll_call(told: Quorum | None) -> dict[str, Any] | None:
    if told is None:
        return None
    return {
        "number": told.number,
        "invited": told.invited,
        "present": told.present,
        "needed": told.needed,
        "needed_percent": told.needed_percent,
        "is_met": told.is_met,
    }


def _utc(instant: Any) -> str:
    return str(instant.isoformat(timespec="seconds").replace("+00:00", "Z"))
