"""Refusals of a conference, a sentence each."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from phoihop.assignments.models import Conclusion
from phoihop.conferences.enums import ConferenceState, SpeakerKind
from phoihop.conferences.models import AgendaItem, Conference, Delegation, Minutes, Site, Speaker
from phoihop.conferences.permissions import Act, duties_that_may
from phoihop.core.clock import VIETNAM
from phoihop.core.errors import Conflict, DomainError, NotAllowed


def may_not(act: Act, conference: Conference) -> NotAllowed:
    named = ", ".join(str(duty.label) for duty in duties_that_may(act)) or _("the desk of an organiser")
    sentence = _("At “%(conference)s” this can be done by: %(duties)s. Ask them, or sign in as one of them.")
    return NotAllowed(sentence % {"conference": conference, "duties": named})


def not_in_session(conference: Conference) -> Conflict:
    sentence = _("“%(conference)s” is not in session (%(state)s). This can be done while it is.")
    state = ConferenceState(conference.state).label
    return Conflict(sentence % {"conference": conference, "state": state})


def cannot_open(conference: Conference) -> Conflict:
    sentence = _("“%(conference)s” cannot be opened: it is %(state)s already.")
    return Conflict(sentence % {"conference": conference, "state": ConferenceState(conference.state).label})


def is_closed(conference: Conference) -> Conflict:
    sentence = _("“%(conference)s” is closed; what was said stays as it was. Correct the minutes instead.")
    return Conflict(sentence % {"conference": conference})


def item_not_current(item: AgendaItem) -> Conflict:
    sentence = _("“%(item)s” is not the item under discussion. Choose it on the agenda first.")
    return Conflict(sentence % {"item": item})


def no_current_item() -> Conflict:
    return Conflict(_("No item of the agenda has begun yet. Begin one first."))


def list_closed(item: AgendaItem) -> Conflict:
    sentence = _("The list of speakers of “%(item)s” is closed. A point of order can still be raised.")
    return Conflict(sentence % {"item": item})


def waits_already(site: Site, kind: str, delegation: Delegation | None) -> Conflict:
    sentence = _(
        "%(who)s is on the list already (%(kind)s) and is called in its turn. Another kind can be asked for besides;"
        " whoever asked for this one, or the presidium, can withdraw it."
    )
    who = f"{site}, {delegation}" if delegation else str(site)
    return Conflict(sentence % {"who": who, "kind": SpeakerKind(kind).label})


def anothers_request(speaker: Speaker) -> NotAllowed:
    sentence = _(
        "This request of %(site)s was made on another device: it is withdrawn there, or by the presidium. Ask the"
        " delegate, or ring the secretary."
    )
    return NotAllowed(sentence % {"site": speaker.site})


def delegation_of_another_site(delegation: Delegation, site: Site) -> DomainError:
    sentence = _("“%(delegation)s” does not sit at %(site)s. Choose a delegation of that site, or none.")
    return DomainError(sentence % {"delegation": delegation, "site": site})


def not_waiting(speaker: Speaker) -> Conflict:
    sentence = _("%(site)s is not waiting any more (%(state)s). Look at the list again.")
    return Conflict(sentence % {"site": speaker.site, "state": speaker.get_state_display()})


def nobody_speaks() -> Conflict:
    return Conflict(_("Nobody has the floor now."))


def not_your_site(site: Site) -> NotAllowed:
    return NotAllowed(_("You take part for another site than %(site)s. Act for your own.") % {"site": site})


class CodeUnknown(NotAllowed):
    """The one refusal of a door that guessing brings."""


def code_unknown() -> CodeUnknown:
    sentence = _(
        "That code does not open this site. Type the ten signs on the invitation, or ring the technical director"
        " for a new one."
    )
    return CodeUnknown(sentence)


def site_removed(site: Site) -> NotAllowed:
    sentence = _("%(site)s was taken out of the conference. Ring the technical director.")
    return NotAllowed(sentence % {"site": site})


def not_open_for_joining(conference: Conference) -> Conflict:
    sentence = _(
        "Sites join from the day before “%(conference)s” until it is closed. It begins at %(time)s on %(day)s."
    )
    begins = conference.starts_at.astimezone(VIETNAM)
    named = {"time": f"{begins:%H:%M}", "day": f"{begins:%d/%m/%Y}"}
    return Conflict(sentence % {"conference": conference, **named})


def not_closed_yet(conference: Conference) -> Conflict:
    return Conflict(
        _("“%(conference)s” is still in session. Freeze its minutes after it is closed.")
        % {"conference": conference}
    )


def minutes_frozen(minutes: Minutes) -> Conflict:
    sentence = _("Version %(number)s of the minutes is frozen. Draft another version to correct it.")
    return Conflict(sentence % {"number": minutes.number})


def log_went_on(minutes: Minutes) -> Conflict:
    sentence = _(
        "The conference went on after version %(number)s of the minutes was drafted. Draft it again first."
    )
    return Conflict(sentence % {"number": minutes.number})


def minutes_changed(minutes: Minutes) -> Conflict:
    sentence = _(
        "Version %(number)s of the minutes was edited by somebody else meanwhile. Read it again, then freeze it."
    )
    return Conflict(sentence % {"number": minutes.number})


def edited_in_one_language(titles: Iterable[str]) -> Conflict:
    sentence = _(
        "Edited in one language only: %(parts)s. Edit the other one too, or confirm that the two may differ."
    )
    return Conflict(sentence % {"parts": "; ".join(titles)})


def too_long(most: int) -> DomainError:
    return DomainError(
        _("A part of the minutes has at most %(most)s signs. Put the rest into an annex.") % {"most": most}
    )


def is_shut_out(conference: Conference) -> NotAllowed:
    sentence = _(
        "This device no longer takes part in “%(conference)s”. Type the code of your invitation again, sign in, or"
        " ring the technical director."
    )
    return NotAllowed(sentence % {"conference": conference})


def no_site_of_yours() -> NotAllowed:
    return NotAllowed(_("You take part for no site; only the pages of a site report how they are connected."))


def no_organiser(conference: Conference) -> Conflict:
    sentence = _("“%(conference)s” names no organiser yet: conclusions are issued by its organisers.")
    return Conflict(sentence % {"conference": conference})


def not_issued_yet(conclusion: Conclusion) -> Conflict:
    return Conflict(
        _("“%(conclusion)s” is a draft. Its notice is made once it is issued.") % {"conclusion": conclusion}
    )
