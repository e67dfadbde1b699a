"""Microphones of sites muted by the chair or the director, and the stage taken back to the central site in one press."""

from phoihop.conferences import media_errors
from phoihop.conferences.actions.changing import changing
from phoihop.conferences.actions.floor import clear_floor, unmute
from phoihop.conferences.actions.guards import require_not_closed
from phoihop.conferences.enums import Duty, Scene, SiteKind
from phoihop.conferences.models import Conference, Site
from phoihop.conferences.permissions import Act, Attendee


def mute_site(*, site: Site, by: Attendee | None, key: str = "") -> Site:
    """Also of whoever has the floor, which it keeps. It ends when it is lifted, or when the site is given the floor anew."""
    with changing(site.conference, Act.MUTE, by, key=key) as change:
        require_not_closed(change)
        current = Site.objects.get(pk=site.pk)
        if current.muted_by:
            raise media_errors.is_muted(current)
        current.muted_by = _duty_of(by)
        current.save(update_fields=["muted_by"])
        change.tell("mute_site", thing=current, shows=("muted",), site=current.slug, duty=current.muted_by)
        change.command("settle")
    site.refresh_from_db()
    return site


def unmute_site(*, site: Site, by: Attendee | None, key: str = "") -> Site:
    with changing(site.conference, Act.MUTE, by, key=key) as change:
        require_not_closed(change)
        current = Site.objects.get(pk=site.pk)
        if not unmute(change, current):
            raise media_errors.is_not_muted(current)
        change.tell("unmute_site", thing=current, shows=("muted",), site=current.slug)
        change.command("settle")
    site.refresh_from_db()
    return site


def reclaim_stage(*, conference: Conference, by: Attendee | None, key: str = "") -> Conference:
    """Whatever is happening: nobody has the floor, the central site is seen and heard, the screens show who speaks.

    Never refused while the conference is not closed: it is pressed when something has gone wrong. Whoever waits goes on waiting.
    """
    with changing(conference, Act.MUTE, by, key=key) as change:
        require_not_closed(change)
        clear_floor(change)
        centre = change.conference.sites.filter(kind=SiteKind.CENTRE).first()
        if centre is not None:
            unmute(change, centre)
        change.conference.hall = {"scene": Scene.SPEAKER.value}
        change.conference.save(update_fields=["hall"])
        change.tell("reclaim_stage", shows=("hall", "muted"))
        change.command("settle")
    return conference


def _duty_of(by: Attendee | None) -> str:
    """A post, never a person: the site is told it. Of one who is both, the chair's."""
    duties = by.duties if by is not None else frozenset[Duty]()
    return Duty.CHAIR.value if Duty.CHAIR in duties else Duty.DIRECTOR.value
