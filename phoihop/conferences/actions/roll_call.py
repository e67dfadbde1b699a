"""The roll-call: asked of every delegation, signed by the head of its site. Quorum and votes go by it alone."""

from phoihop.conferences import errors, presence_errors
from phoihop.conferences.actions.changing import Change, changing
from phoihop.conferences.enums import ConferenceState
from phoihop.conferences.models import Conference, Delegation, RollCall, RollCallAnswer, RollCallBase
from phoihop.conferences.permissions import Act, Attendee
from phoihop.conferences.queries.quorum import delegations_asked, last_roll_call
from phoihop.core import clock
from phoihop.core.text import nfc

_NOTE = 300


def open_roll_call(*, conference: Conference, by: Attendee | None, key: str = "") -> RollCall:
    """Another one may follow later; quorum goes by the last.

    Raises: Conflict before invitations are out, once the conference is closed, or while one is open.
    """
    with changing(conference, Act.RUN_ROLL_CALL, by, key=key) as change:
        if change.conference.state not in {ConferenceState.INVITED, ConferenceState.OPEN}:
            raise presence_errors.no_roll_call_now(change.conference)
        last = last_roll_call(change.conference)
        if last is not None and last.closed_at is None:
            raise presence_errors.roll_call_open(last)
        opened = RollCall.objects.create(
            conference=change.conference,
            number=last.number + 1 if last else 1,
            opened_at=clock.now(),
            opened_by=change.user,
        )
        change.tell("open_roll_call", thing=opened, shows=("roll_call",), number=opened.number)
    return opened


def answer_roll_call(
    *,
    roll_call: RollCall,
    delegation: Delegation,
    present: int,
    by: Attendee | None,
    note: str = "",
    key: str = "",
) -> RollCallAnswer:
    """Heads present of one delegation. A later answer replaces; the earlier stays on record.

    Raises: NotAllowed for anyone but the site's head, signed in; DomainError where more came than were invited and
    the note does not say who.
    """
    with changing(roll_call.conference, Act.ANSWER_ROLL_CALL, by, key=key) as change:
        site = delegation.site
        if by is not None and (by.user is None or site.head_id != by.user.pk):
            raise presence_errors.not_the_head(site)
        return _write(change, roll_call, delegation, present=present, note=note, is_by_phone=False)


def record_answer_by_phone(
    *,
    roll_call: RollCall,
    delegation: Delegation,
    present: int,
    by: Attendee | None,
    note: str = "",
    key: str = "",
) -> RollCallAnswer:
    """What the head of a site said over the telephone, written by the secretary, who signs for having heard it."""
    with changing(roll_call.conference, Act.RECORD_BY_PHONE, by, key=key) as change:
        return _write(change, roll_call, delegation, present=present, note=note, is_by_phone=True)


def close_roll_call(*, roll_call: RollCall, by: Attendee | None, key: str = "") -> RollCall:
    with changing(roll_call.conference, Act.RUN_ROLL_CALL, by, key=key) as change:
        current = _open(change, roll_call)
        end_roll_call(change, current)
    return current


def end_roll_call(change: Change, roll_call: RollCall) -> None:
    """Who was asked, and how many were invited of each, is kept with it: a site taken out later changes nothing."""
    asked = list(delegations_asked(change.conference).order_by("pk"))
    RollCallBase.objects.bulk_create(
        RollCallBase(roll_call=roll_call, delegation=each, bloc=each.bloc, invited=each.invited)
        for each in asked
    )
    base = [[each.pk, each.bloc, each.invited] for each in asked]
    roll_call.closed_at, roll_call.closed_by = clock.now(), change.user
    roll_call.save(update_fields=["closed_at", "closed_by"])
    change.tell(
        "close_roll_call", thing=roll_call, shows=("roll_call",), number=roll_call.number, asked=base,
        needed_percent=change.conference.quorum_percent,
    )  # fmt: skip


def _write(
    change: Change,
    roll_call: RollCall,
    delegation: Delegation,
    *,
    present: int,
    note: str,
    is_by_phone: bool,
) -> RollCallAnswer:
    current = _open(change, roll_call)
    asked = _asked(change, delegation)
    said = nfc(note.strip())[:_NOTE]
    if present > asked.invited and not said:
        raise presence_errors.more_than_invited(asked, present)
    edition = current.answers.filter(delegation=asked).count() + 1
    current.answers.filter(delegation=asked, is_current=True).update(is_current=False)
    answer = RollCallAnswer.objects.create(
        roll_call=current,
        delegation=asked,
        edition=edition,
        present=present,
        note=said,
        signed_at=clock.now(),
        signed_by=change.user,
        signed_as=asked.site.head_post,
        is_by_phone=is_by_phone,
    )
    change.tell(
        "record_answer_by_phone" if is_by_phone else "answer_roll_call",
        thing=answer,
        shows=("roll_call",),
        roll_call=current.number,
        site=asked.site.slug,
        delegation=asked.pk,
        present=present,
        invited=asked.invited,
        edition=edition,
        note=said,
        signed_as=answer.signed_as,
    )
    return answer


def _asked(change: Change, delegation: Delegation) -> Delegation:
    asked = Delegation.objects.select_related("site").get(pk=delegation.pk)
    if asked.site.conference_id != change.conference.pk:
        raise presence_errors.another_roll_call(asked)
    if asked.site.is_removed:
        raise presence_errors.site_out(asked.site)
    return asked


def _open(change: Change, roll_call: RollCall) -> RollCall:
    current = RollCall.objects.get(pk=roll_call.pk)
    if change.conference.state == ConferenceState.CLOSED:
        raise errors.is_closed(change.conference)
    if current.closed_at is not None:
        raise presence_errors.roll_call_closed(current)
    return current
