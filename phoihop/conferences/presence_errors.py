"""Refusals of the roll-call and of notes to the presidium, a sentence each."""

from django.utils.translation import gettext as _

from phoihop.conferences.enums import ConferenceState
from phoihop.conferences.models import Conference, Delegation, RollCall, Site
from phoihop.core.errors import Conflict, DomainError, NotAllowed


def no_roll_call_now(conference: Conference) -> Conflict:
    sentence = _(
        "A roll-call is held once invitations are out and until “%(conference)s” is closed; it is %(state)s."
    )
    state = ConferenceState(conference.state).label
    return Conflict(sentence % {"conference": conference, "state": state})


def roll_call_open(roll_call: RollCall) -> Conflict:
    sentence = _("Roll-call %(number)s is open still. Close it before the next one.")
    return Conflict(sentence % {"number": roll_call.number})


def roll_call_closed(roll_call: RollCall) -> Conflict:
    sentence = _("Roll-call %(number)s is closed. Ask the secretary to open another.")
    return Conflict(sentence % {"number": roll_call.number})


def another_roll_call(delegation: Delegation) -> DomainError:
    return DomainError(_("“%(delegation)s” takes part in another conference.") % {"delegation": delegation})


def not_the_head(site: Site) -> NotAllowed:
    post = site.head_post or _("its head")
    sentence = _(
        "The roll-call of %(site)s is signed by %(post)s, signed in with an account. Sign in, or ring the secretary."
    )
    return NotAllowed(sentence % {"site": site, "post": post})


def site_out(site: Site) -> Conflict:
    return Conflict(
        _("%(site)s was taken out of the conference, so it is not on the roll-call.") % {"site": site}
    )


def more_than_invited(delegation: Delegation, present: int) -> DomainError:
    sentence = _(
        "“%(delegation)s” has %(present)s present and %(invited)s invited: say in the note who came besides."
    )
    told = {"present": present, "invited": delegation.invited, "delegation": delegation}
    return DomainError(sentence % told)


def note_empty() -> DomainError:
    return DomainError(_("The note is empty. Write what the presidium should know."))


def note_too_long(length: int, limit: int) -> DomainError:
    sentence = _("The note has %(length)s characters; at most %(limit)s are sent. Shorten it.")
    return DomainError(sentence % {"length": length, "limit": limit})


def note_secret() -> DomainError:
    sentence = _(
        "The note carries a State secrecy mark. This system is not for State secrets: nothing of it was kept."
        " Hand it over by the channel for classified documents."
    )
    return DomainError(sentence)
