"""Who was present: the heads of delegation's answers to the last roll-call of the log, and nothing else."""

from typing import Any

from phoihop.conferences.minutes.names import PostNames, two
from phoihop.conferences.models import Conference, RollCall
from phoihop.conferences.queries.attendance import DelegationLine, delegation_lines
from phoihop.conferences.queries.quorum import quorum_of


def attendance_of(conference: Conference, last_seq: int, posts: PostNames) -> dict[str, Any]:
    """Rows: one a delegation asked, in the order of the sites. invited and present are of delegates, as the quorum is.

    Missing: present None where a delegation did not answer; roll_call None where none was held.
    """
    call = _last_call(conference, last_seq)
    if call is None:
        return {"roll_call": None, "rows": []}
    told, rows = quorum_of(call), [_row(each, posts) for each in delegation_lines(conference, call)]
    return {
        "roll_call": call.number,
        "invited": told.invited,
        "present": told.present,
        "besides": sum(row["present"] or 0 for row in rows) - told.present,
        "quorum_percent": told.needed_percent,
        "is_met": told.is_met,
        "rows": rows,
    }


def _last_call(conference: Conference, last_seq: int) -> RollCall | None:
    opened = conference.events.filter(type="open_roll_call", seq__lte=last_seq).order_by("seq").last()
    if opened is None:
        return None
    found: RollCall | None = conference.roll_calls.filter(number=opened.payload["number"]).first()
    return found


def _row(line: DelegationLine, posts: PostNames) -> dict[str, Any]:
    delegation, answer = line.delegation, line.answer
    return {
        "site": two(delegation.site),
        "delegation": two(delegation, "title"),
        "invited": line.invited,
        "present": answer.present if answer else None,
        "note": answer.note if answer else "",
        "signed_as": posts.of(answer.signed_as) if answer else None,
        "is_by_phone": bool(answer and answer.is_by_phone),
    }
