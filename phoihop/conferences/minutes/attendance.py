"""Who was present: what the log tells of its last roll-call, and nothing else."""

from collections.abc import Mapping
from typing import Any

from phoihop.conferences.minutes.names import PostNames, two
from phoihop.conferences.models import Conference, Delegation, RollCallAnswer
from phoihop.conferences.queries.attendance import delegation_lines
from phoihop.conferences.queries.quorum import is_quorum

ANSWERS = ("answer_roll_call", "record_answer_by_phone")
Told = dict[str, Any]  # of a line of the log


def attendance_of(conference: Conference, last_seq: int, posts: PostNames) -> dict[str, Any]:
    """Rows: one a delegation asked, in the order of the sites. invited and present are of delegates, as the quorum is.

    Missing: present None where a delegation did not answer; roll_call None where none was held.
    """
    events = conference.events.filter(seq__lte=last_seq)
    opened = events.filter(type="open_roll_call").order_by("seq").last()
    if opened is None:
        return {"roll_call": None, "rows": []}
    number = opened.payload["number"]
    closed = events.filter(type="close_roll_call", payload__number=number).order_by("seq").last()
    ended: Told = closed.payload if closed is not None else {}
    asked, answers = _asked(conference, number, ended), _answers(conference, number, last_seq)
    delegations = Delegation.objects.filter(pk__in=asked, site__conference=conference)
    in_order = list(delegations.select_related("site").order_by("site__order", "site", "order", "pk"))
    counted = [each.pk for each in in_order if asked[each.pk][0]]  # guests are told apart
    heads = {pk: min(told["present"], asked[pk][1]) for pk, told in answers.items() if pk in asked}
    invited, present = sum(asked[pk][1] for pk in counted), sum(heads.get(pk, 0) for pk in counted)
    percent = ended.get("needed_percent", conference.quorum_percent)
    return {
        "roll_call": number,
        "invited": invited,
        "present": present,
        "besides": sum(answers[pk]["present"] for pk in heads) - present,
        "quorum_percent": percent,
        "is_met": is_quorum(present, invited, percent),
        "rows": [_row(each, asked[each.pk][1], answers.get(each.pk), posts) for each in in_order],
    }


def _asked(conference: Conference, number: int, ended: Told) -> Mapping[int, tuple[str, int]]:
    """By delegation its bloc and how many were invited; while it is open, and of a log older than that, from the rows."""
    if "asked" in ended:
        return {pk: (bloc, invited) for pk, bloc, invited in ended["asked"]}
    call = conference.roll_calls.filter(number=number).first()
    return {line.delegation.pk: (line.bloc, line.invited) for line in delegation_lines(conference, call)}


def _answers(conference: Conference, number: int, last_seq: int) -> dict[int, Told]:
    """The last of each delegation."""
    told = conference.events.filter(type__in=ANSWERS, seq__lte=last_seq, payload__roll_call=number)
    found = {
        event.payload["delegation"]: {**event.payload, "is_by_phone": event.type != "answer_roll_call"}
        for event in told.order_by("seq")
    }
    if any("signed_as" not in each for each in found.values()):
        _sign(conference, number, found)
    return found


def _sign(conference: Conference, number: int, found: dict[int, Told]) -> None:
    """A log older than that does not say who signed: the rows do."""
    rows = RollCallAnswer.objects.filter(roll_call__conference=conference, roll_call__number=number)
    signed = {(each.delegation_id, each.edition): each.signed_as for each in rows}
    for pk, told in found.items():
        told.setdefault("signed_as", signed.get((pk, told["edition"]), ""))


def _row(delegation: Delegation, invited: int, answer: Told | None, posts: PostNames) -> dict[str, Any]:
    return {
        "site": two(delegation.site),
        "delegation": two(delegation, "title"),
        "invited": invited,
        "present": answer["present"] if answer else None,
        "note": answer.get("note", "") if answer else "",
        "signed_as": posts.of(answer["signed_as"]) if answer else None,
        "is_by_phone": bool(answer and answer["is_by_phone"]),
    }
