"""Opening and closing a conference, and going through its agenda."""

from phoihop.conferences import errors, preparing_errors, voting_errors
from phoihop.conferences.actions.changing import Change, changing
from phoihop.conferences.actions.floor import clear_floor
from phoihop.conferences.actions.recording import end_recording
from phoihop.conferences.actions.roll_call import end_roll_call
from phoihop.conferences.display import BUILDERS, current_item
from phoihop.conferences.enums import ConferenceKind, ConferenceState, ItemState
from phoihop.conferences.models import AgendaItem, Conference
from phoihop.conferences.permissions import Act, Attendee
from phoihop.conferences.queries.quorum import last_roll_call
from phoihop.conferences.queries.voting import open_vote_of
from phoihop.core import clock


def open_conference(*, conference: Conference, by: Attendee | None, key: str = "") -> Conference:
    """It is in session from now on."""
    with changing(conference, Act.RUN_AGENDA, by, key=key) as change:
        held = change.conference
        if held.kind == ConferenceKind.WRITTEN:
            raise preparing_errors.held_in_writing(held)
        if held.state not in {ConferenceState.PREPARING, ConferenceState.INVITED}:
            raise errors.cannot_open(held)
        held.state, held.opened_at = ConferenceState.OPEN, clock.now()
        held.save(update_fields=["state", "opened_at"])
        change.tell("open_conference", shows=BUILDERS, venue=held.venue_vi)
        change.command("open_stage")
    return conference


def close_conference(*, conference: Conference, by: Attendee | None, key: str = "") -> Conference:
    """The floor is taken back, the item under discussion and an open roll-call end, and nothing changes after.

    Raises: Conflict while a vote is open: closing or cancelling it is the chair's to choose.
    """
    with changing(conference, Act.RUN_AGENDA, by, key=key, in_session=True) as change:
        held = change.conference
        if (vote := open_vote_of(held)) is not None:
            raise voting_errors.open_at_the_end(vote)
        clear_floor(change)
        _end_current(change)
        _end_roll_call(change)
        end_recording(change)
        held.state, held.closed_at = ConferenceState.CLOSED, clock.now()
        held.save(update_fields=["state", "closed_at"])
        change.tell("close_conference", shows=("conference",))
        change.command("close_stage")
    return conference


def begin_item(*, item: AgendaItem, by: Attendee | None, key: str = "") -> AgendaItem:
    """Whatever was under discussion ends; who had the floor gives it back. One that ended by mistake goes on."""
    with changing(item.conference, Act.RUN_AGENDA, by, key=key, in_session=True) as change:
        current = AgendaItem.objects.get(pk=item.pk)
        if current.state != ItemState.CURRENT:
            clear_floor(change)
            _end_current(change)
            current.state, current.ended_at = ItemState.CURRENT, None
            current.began_at = current.began_at or clock.now()
            current.save(update_fields=["state", "began_at", "ended_at"])
            change.show_agenda_anew()
            change.tell(
                "begin_item",
                thing=current,
                shows=("item", "queue", "agenda"),
                item=current.pk,
                title=current.title_vi,
            )
            change.command("settle")  # the item decides who sees and hears
    item.refresh_from_db()
    return item


def end_item(*, item: AgendaItem, by: Attendee | None, key: str = "") -> AgendaItem:
    with changing(item.conference, Act.RUN_AGENDA, by, key=key, in_session=True) as change:
        current = AgendaItem.objects.get(pk=item.pk)
        if current.state != ItemState.CURRENT:
            raise errors.item_not_current(current)
        clear_floor(change)
        _end_current(change)
        change.command("settle")
    item.refresh_from_db()
    return item


def _end_roll_call(change: Change) -> None:
    last = last_roll_call(change.conference)
    if last is not None and last.closed_at is None:
        end_roll_call(change, last)


def _end_current(change: Change) -> None:
    item = current_item(change.conference)
    if item is None:
        return
    item.state, item.ended_at, item.is_list_open = ItemState.DONE, clock.now(), False
    item.save(update_fields=["state", "ended_at", "is_list_open"])
    change.show_agenda_anew()
    change.tell("end_item", thing=item, shows=("item", "queue", "agenda"), item=item.pk)
