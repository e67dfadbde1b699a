"""A device of a site begins to send picture and sound, and ends. What is said and shown is the conference's log, not this."""

from django.db import transaction

from phoihop.audit.actions import record
from phoihop.conferences import media_errors
from phoihop.conferences.actions.changing import settle_soon
from phoihop.conferences.actions.lines import end_line, hold_line
from phoihop.conferences.enums import SiteKind
from phoihop.conferences.media.engine import Engine, Exchange, Watched
from phoihop.conferences.models import Conference, Publication, Site
from phoihop.conferences.permissions import Act, Attendee
from phoihop.conferences.queries.stage import stage_of
from phoihop.core import clock
from phoihop.core.turns import writing_turn


def begin_publication(
    *, site: Site, offer: str, key: str, engine: Engine, by: Attendee, takes_over: bool = False
) -> Exchange:
    """The device that began last sends; the one before it is cut off. Whether it is seen and heard is settled afterwards,
    by what stands then: the floor may have changed while it joined.

    Raises: NotAllowed, Conflict while another device sends and is not to be replaced, EngineFault.
    """
    if not by.may(Act.PUBLISH) or by.site != site:
        raise media_errors.only_watches(site.conference)
    if site.kind == SiteKind.VIEWING:
        raise media_errors.site_watches(site)
    if not takes_over and _sends_elsewhere(site, key, engine):
        raise media_errors.sends_elsewhere(site)
    exchange = engine.publish(site.conference.slug, site.slug, offer)
    values = {"key": key, "peer": exchange.peer, "began_at": clock.now(), "ended_at": None}
    with writing_turn(), transaction.atomic():
        kept, _is_new = Publication.objects.update_or_create(site=site, defaults=values)
        settle_soon(site.conference)
        record("begin_publication", kept, by=by, details={"site": site.slug})
    return exchange


def end_publication(*, site: Site, key: str, by: Attendee) -> None:
    """By the device that sends; another one's end changes nothing."""
    with writing_turn():
        ended = Publication.objects.filter(site=site, key=key, ended_at__isnull=True)
        if ended.update(ended_at=clock.now()):
            record("end_publication", site, by=by, details={"site": site.slug})


def begin_watching(*, conference: Conference, engine: Engine, by: Attendee) -> Watched | None:
    """The sites of the page that is shown now, whatever the screen asks for. None: none of them sends.

    Raises: NotAllowed, Conflict while the screens show something else, EngineFault.
    """
    if not by.may(Act.WATCH_SITES):
        raise media_errors.only_halls_watch(conference)
    stage = stage_of(conference)
    if not stage.mosaic:
        raise media_errors.no_mosaic(conference)
    watched = engine.watch_sites(stage, stage.mosaic)
    if watched is not None:
        peer, seen = watched.exchange.peer, sorted(watched.sites.values())
        hold_line(conference=conference, peer=peer, by=by, sites=seen)
        _end_if_hidden(conference, peer, seen, engine, by)
    return watched


def _end_if_hidden(conference: Conference, peer: str, seen: list[str], engine: Engine, by: Attendee) -> None:
    """The screens may have gone on while the engine was asked: whoever settled that did not know of this connection."""
    conference.refresh_from_db()
    if not set(seen) <= set(stage_of(conference).mosaic):
        engine.end(peer)
        end_line(peer=peer, by=by)
        raise media_errors.no_mosaic(conference)


def _sends_elsewhere(site: Site, key: str, engine: Engine) -> bool:
    """By the engine: a machine that was switched off says no goodbye."""
    other = Publication.objects.filter(site=site, ended_at__isnull=True).exclude(key=key).exists()
    return other and any(
        each.site == site.slug and each.is_publishing for each in engine.participants(site.conference.slug)
    )
