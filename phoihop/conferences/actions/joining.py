"""A browser joins with a code; the director takes a site out."""

from datetime import timedelta

from django.db import transaction

from phoihop.audit.actions import record
from phoihop.conferences import errors
from phoihop.conferences.actions.changing import changing, stage_keys
from phoihop.conferences.actions.floor import clear_floor, unmute
from phoihop.conferences.codes import is_code
from phoihop.conferences.display import speaking
from phoihop.conferences.enums import ConferenceState, GrantKind
from phoihop.conferences.media.engine import check_name
from phoihop.conferences.models import Conference, Grant, Seat, Site
from phoihop.conferences.permissions import Act, Attendee
from phoihop.core import clock

BEFORE = timedelta(days=1)  # rehearsals
AFTER = timedelta(hours=12)  # a meeting that goes on


@transaction.atomic
def join_site(*, site: Site, kind: GrantKind, code: str, seat: Seat | None = None) -> Grant:
    """The door of a room machine, a delegate's phone or a viewing page. Nothing of the device is kept.

    Raises: NotAllowed for a wrong or ended code or a site taken out, Conflict outside the days of joining.
    """
    _require_open(site.conference)
    if site.is_removed:
        raise errors.site_removed(site)
    holder = seat if kind == GrantKind.SEAT else site
    if holder is None or not is_code(code, kind.value, holder.pk, holder.code_edition):
        raise errors.code_unknown()
    grant = Grant.objects.create(
        kind=kind,
        site=site,
        seat=seat if kind == GrantKind.SEAT else None,
        code_edition=holder.code_edition,
        given_at=clock.now(),
        expires_at=max(site.conference.ends_at, clock.now()) + AFTER,
    )
    record("join_site", site, details={"kind": kind.value, "grant": grant.pk})
    return grant


def remove_site(*, site: Site, by: Attendee | None, key: str = "") -> Site:
    """Its browsers are cut off within seconds; the floor is taken back where it spoke."""
    with changing(site.conference, Act.REMOVE_SITE, by, key=key) as change:
        current = Site.objects.get(pk=site.pk)
        current.is_removed = True
        current.save(update_fields=["is_removed"])
        ended = list(current.grants.filter(revoked_at__isnull=True).values_list("pk", flat=True))
        current.grants.filter(pk__in=ended).update(revoked_at=clock.now(), revoked_by=change.user)
        speaker = speaking(change.conference)
        if speaker is not None and speaker.site_id == current.pk:
            clear_floor(change)
        shows = ("roll_call", *stage_keys(current.kind))
        change.tell("remove_site", thing=current, shows=shows, site=current.slug, grants=ended)
        change.command("remove", site=current.slug)
        change.command("remove", site=check_name(current.slug))
    site.refresh_from_db()
    return site


def readmit_site(*, site: Site, by: Attendee | None, key: str = "") -> Site:
    """With a new edition of its codes: the old ones stay shut. Nobody who let it in again meant it to be silent."""
    with changing(site.conference, Act.REMOVE_SITE, by, key=key) as change:
        current = Site.objects.get(pk=site.pk)
        current.is_removed, current.code_edition = False, current.code_edition + 1
        current.save(update_fields=["is_removed", "code_edition"])
        unmute(change, current)
        shows = ("roll_call", "muted", *stage_keys(current.kind))
        change.tell("readmit_site", thing=current, shows=shows, site=current.slug)
    site.refresh_from_db()
    return site


def _require_open(conference: Conference) -> None:
    if conference.state == ConferenceState.CLOSED:
        raise errors.is_closed(conference)
    early = clock.now() < conference.starts_at - BEFORE and conference.state != ConferenceState.OPEN
    if early or conference.state == ConferenceState.PREPARING:
        raise errors.not_open_for_joining(conference)
