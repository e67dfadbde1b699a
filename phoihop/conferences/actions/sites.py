"""Sites, one by one or a level at once, with their heads and technical contacts by post."""

from typing import Any

from phoihop.audit.actions import record
from phoihop.conferences import preparing_errors
from phoihop.conferences.actions.changing import Change, changing, stage_keys
from phoihop.conferences.actions.floor import clear_floor, withdraw_all
from phoihop.conferences.actions.guards import lay, require_not_closed, require_seen
from phoihop.conferences.actions.officials import require_member_of_any
from phoihop.conferences.display import speaking
from phoihop.conferences.enums import ConferenceState, SiteKind
from phoihop.conferences.facts import SiteFacts, laid_on
from phoihop.conferences.models import Conference, Publication, Site
from phoihop.conferences.permissions import Act, Attendee
from phoihop.conferences.queries.bodies import bodies_of
from phoihop.conferences.slugs import free_slug
from phoihop.core import clock

_SHOWN = ("roll_call", "floor", "queue")  # where a site's name stands


def add_site(*, conference: Conference, facts: SiteFacts, by: Attendee | None, key: str = "") -> Site:
    with changing(conference, Act.PREPARE, by, key=key) as change:
        require_not_closed(change)
        _refuse_unfit(change, facts)
        taken = change.conference.sites.values_list("slug", flat=True)
        made = Site.objects.create(
            conference=change.conference,
            slug=free_slug(_short(facts), taken),
            level=facts.area.level,
            order=change.conference.sites.count(),
            **laid_on(facts),
        )
        change.tell("add_site", thing=made, shows=(*_SHOWN, *stage_keys(made.kind)), site=made.slug)
    return made


def edit_site(*, site: Site, facts: SiteFacts, by: Attendee | None, seen: str = "", key: str = "") -> Site:
    """Its address on the web stays; a head is named from the users who act for a body of its delegations."""
    with changing(site.conference, Act.PREPARE, by, key=key) as change:
        require_not_closed(change)
        held = Site.objects.select_related("area", "head").get(pk=site.pk)
        require_seen(held, facts, seen)
        _refuse_unfit(change, facts, held)
        kind = held.kind
        changed = lay(held, facts, level=facts.area.level)
        shows = (*_SHOWN, *stage_keys(kind, held.kind))
        change.tell("edit_site", thing=held, shows=shows, site=held.slug, changed=changed)
        if held.kind != kind:
            _move_on_stage(change, held)
    site.refresh_from_db()
    return site


def delete_site(*, site: Site, by: Attendee | None, key: str = "") -> None:
    """One that was entered by mistake: nobody joined, spoke or answered there."""
    with changing(site.conference, Act.PREPARE, by, key=key) as change:
        require_not_closed(change)
        held = Site.objects.get(pk=site.pk)
        if _is_used(held):
            raise preparing_errors.site_in_use(held)
        change.conference.sites.filter(parent=held).update(parent=None)
        slug, pk, shows = held.slug, held.pk, (*_SHOWN, *stage_keys(held.kind), "muted")
        held.delete()
        held.pk = pk
        change.tell("delete_site", thing=held, shows=shows, site=slug)


def _move_on_stage(change: Change, site: Site) -> None:
    """Its kind has changed: one that watches now sends nothing any more, waits for no floor, and speaks no more."""
    if site.kind == SiteKind.VIEWING:
        withdraw_all(change, site)
    if change.conference.state == ConferenceState.PREPARING:
        return
    if site.kind == SiteKind.VIEWING:
        speaker = speaking(change.conference)
        if speaker is not None and speaker.site_id == site.pk:
            clear_floor(change)
        ended = Publication.objects.filter(site=site, ended_at__isnull=True)
        if ended.update(ended_at=clock.now()):
            record("end_publication", site, by=change.by, details={"site": site.slug})
        change.command("remove", site=site.slug)
    change.command("settle")


def _is_used(site: Site) -> bool:
    told: list[Any] = [site.speakers, site.grants, site.notes, site.connections, site.beacons]
    return any(each.exists() for each in told) or any(
        each.speeches.exists() or each.answers.exists() or each.bases.exists()
        for each in site.delegations.all()
    )


def _refuse_unfit(change: Change, facts: SiteFacts, site: Site | None = None) -> None:
    if facts.kind == SiteKind.CENTRE:
        centre = change.conference.sites.filter(kind=SiteKind.CENTRE).first()
        if centre is not None and (site is None or centre.pk != site.pk):
            raise preparing_errors.one_centre(centre)
    if facts.head is not None and (site is None or facts.head != site.head):
        require_member_of_any(facts.head, bodies_of(change.conference, facts.area, site), facts.area)


def _short(facts: SiteFacts) -> str:
    return facts.name_vi.removeprefix("Điểm cầu ")
