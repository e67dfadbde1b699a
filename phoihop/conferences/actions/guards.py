"""What several changes before the session ask first."""

from typing import Any

from phoihop.conferences import errors, preparing_errors
from phoihop.conferences.actions.changing import Change
from phoihop.conferences.enums import ConferenceState
from phoihop.conferences.facts import facts_of, laid_on, mark_of
from phoihop.conferences.models import Conference

BEFORE = {ConferenceState.PREPARING, ConferenceState.INVITED}


def require_before(change: Change) -> None:
    """Raises: Conflict once the session has begun."""
    if change.conference.state not in BEFORE:
        raise preparing_errors.has_begun(change.conference)


def require_not_closed(change: Change) -> None:
    if change.conference.state == ConferenceState.CLOSED:
        raise errors.is_closed(change.conference)


def require_of(conference: Conference, thing: Any) -> None:
    """A thing named by a number in a form belongs to this very conference."""
    if thing is not None and thing.conference_id != conference.pk:
        raise preparing_errors.of_another_conference(thing)


def require_seen(thing: Any, facts: Any, seen: str) -> None:
    """`seen`: the mark of what the form was filled with; empty: whoever acts has looked at nothing."""
    if seen and seen != mark_of(facts_of(thing, type(facts))):
        raise preparing_errors.changed_meanwhile(thing)


def lay(thing: Any, facts: Any, **more: Any) -> list[str]:
    """The names of the fields that became another value; saved."""
    wanted = {**laid_on(facts), **more}
    changed = [name for name, value in wanted.items() if getattr(thing, name) != value]
    for name in changed:
        setattr(thing, name, wanted[name])
    if changed:
        thing.save(update_fields=changed)
    return changed
