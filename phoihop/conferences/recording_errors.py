"""Refusals of the recording of the stage, a sentence each."""

from django.utils.translation import gettext as _

from phoihop.conferences.enums import RecordingAudience
from phoihop.conferences.models import Conference
from phoihop.core.errors import Conflict, NotAllowed


def records_already(conference: Conference) -> Conflict:
    return Conflict(_("The stage of “%(conference)s” is being recorded.") % {"conference": conference})


def records_nothing(conference: Conference) -> Conflict:
    return Conflict(_("The stage of “%(conference)s” is not being recorded.") % {"conference": conference})


def has_no_pictures(conference: Conference) -> Conflict:
    sentence = _(
        "“%(conference)s” is held without picture and sound on this system: there is nothing to record."
    )
    return Conflict(sentence % {"conference": conference})


def did_not_fail(conference: Conference) -> Conflict:
    sentence = _(
        "No recording of “%(conference)s” is waiting to be tried again: it is being made, is ready, or was deleted. Reload the page."
    )
    return Conflict(sentence % {"conference": conference})


def not_for_you(conference: Conference) -> NotAllowed:
    """Names for whom it is."""
    sentence = _(
        "The recording of “%(conference)s” is for: %(audience)s. It was decided before the conference began; ask the organisers."
    )
    audience = RecordingAudience(conference.recording_for).label
    return NotAllowed(sentence % {"conference": conference, "audience": str(audience).lower()})
