"""Who was present: the heads of delegation's answers to the last roll-call of the log, and nothing else."""

from typing import Any

from phoihop.conferences.minutes.names import two
from phoihop.conferences.models import Conference, Delegation, RollCall, RollCallAnswer


def attendance_of(conference: Conference, last_seq: int) -> dict[str, Any]:
    """Rows: one a delegation, in the order of the sites.

    Missing: present None where a delegation did not answer; roll_call None where none was held.
    """
    call = _last_call(conference, last_seq)
    answers = {each.delegation_id: each for each in call.answers.filter(is_current=True)} if call else {}
    delegations = Delegation.objects.filter(site__conference=conference).select_related("site")
    ordered = delegations.order_by("site__order", "site", "order", "pk")
    rows = [_row(each, answers.get(each.pk)) for each in ordered]
    invited = sum(row["invited"] for row in rows)
    present = sum(row["present"] or 0 for row in rows)
    return {
        "roll_call": call.number if call else None,
        "invited": invited,
        "present": present,
        "quorum_percent": conference.quorum_percent,
        "is_met": bool(call) and present * 100 >= invited * conference.quorum_percent,
        "rows": rows,
    }


def _last_call(conference: Conference, last_seq: int) -> RollCall | None:
    opened = conference.events.filter(type="open_roll_call", seq__lte=last_seq).order_by("seq").last()
    if opened is None:
        return None
    found: RollCall | None = conference.roll_calls.filter(number=opened.payload["number"]).first()
    return found


def _row(delegation: Delegation, answer: RollCallAnswer | None) -> dict[str, Any]:
    return {
        "site": two(delegation.site),
        "delegation": two(delegation, "title"),
        "invited": delegation.invited,
        "present": answer.present if answer else None,
        "note": answer.note if answer else "",
        "signed_as": answer.signed_as if answer else "",
    }
