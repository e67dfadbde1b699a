"""Refusals of picture and sound, a sentence each."""

from django.utils.translation import gettext as _

from phoihop.conferences.models import Conference, Site
from phoihop.core.errors import Conflict, DomainError, NotAllowed


class EngineSilent(DomainError):
    """Nothing is wrong with what was asked; it may be asked again."""

    status = 503


def no_engine(conference: Conference) -> Conflict:
    sentence = _("“%(conference)s” is held without picture and sound on this system. Take part by telephone.")
    return Conflict(sentence % {"conference": conference})


def engine_silent() -> EngineSilent:
    return EngineSilent(
        _("Picture and sound cannot be reached just now; the conference goes on. The page tries again.")
    )


def grant_ended() -> NotAllowed:
    return NotAllowed(_("The grant for picture and sound has ended or belongs elsewhere. Reload the page."))


def only_watches(conference: Conference) -> NotAllowed:
    sentence = _(
        "This device watches “%(conference)s”; pictures are sent by the room machine or the head of a site."
    )
    return NotAllowed(sentence % {"conference": conference})


def site_watches(site: Site) -> NotAllowed:
    sentence = _("%(site)s is a site that watches. Ask the technical director to make it a site that speaks.")
    return NotAllowed(sentence % {"site": site})


def sends_elsewhere(site: Site) -> Conflict:
    sentence = _("%(site)s sends its picture from another device. End it there, or choose to send from here.")
    return Conflict(sentence % {"site": site})


def not_an_offer() -> DomainError:
    return DomainError(
        _("What the browser offered is no session description of at most 64 kB. Reload the page.")
    )


def only_halls_watch(conference: Conference) -> NotAllowed:
    sentence = _(
        "Pictures of several sites at once are for the hall's screen of “%(conference)s”: sign in as its chair, secretary or technical director, or use the room machine of the central site."
    )
    return NotAllowed(sentence % {"conference": conference})


def no_mosaic(conference: Conference) -> Conflict:
    sentence = _(
        "The screens of “%(conference)s” show no pictures of several sites now. The director chooses it."
    )
    return Conflict(sentence % {"conference": conference})


def check_not_sent(site: Site) -> Conflict:
    sentence = _("Nothing of %(site)s's check has arrived yet. Wait a moment; the page asks again.")
    return Conflict(sentence % {"site": site})


def is_muted(site: Site) -> Conflict:
    sentence = _("The microphone of %(site)s is muted already. Open it again, or give the site the floor.")
    return Conflict(sentence % {"site": site})


def is_not_muted(site: Site) -> Conflict:
    sentence = _("The microphone of %(site)s is not muted. It is heard while the site has the floor.")
    return Conflict(sentence % {"site": site})
