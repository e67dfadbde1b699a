"""What should be seen and heard of a conference now."""

from django.db.models import QuerySet

from phoihop.areas.models import AreaCode
from phoihop.areas.queries.units import path_of
from phoihop.conferences.audiences import Audience, sees
from phoihop.conferences.display import centre_of, current_item, speaking
from phoihop.conferences.enums import ConferenceState, Reach, Scene, SiteKind
from phoihop.conferences.media.engine import Stage
from phoihop.conferences.models import Conference, Connection, EngineTrouble, Site
from phoihop.core import clock

JOINS_A_SECOND = 30  # what the engine takes in, by measurement 25 to 50
LONGEST_SPREAD = 60
MOSAIC_SITES = 16  # four by four; at the rate of one site each, about 10 Mbit/s for one hall


def engine_trouble(conference: Conference) -> EngineTrouble | None:
    """None: picture and sound are as the conference says, or there is no engine."""
    return EngineTrouble.objects.filter(conference=conference).first()


def spread_seconds(conference: Conference) -> int:
    """Over how long those who receive come back after a fault, so that they do not all come at once."""
    following = Connection.objects.filter(site__conference=conference, closed_at__isnull=True).count()
    return min(LONGEST_SPREAD, following // JOINS_A_SECOND)


def pages_of_sites(conference: Conference) -> list[list[Site]]:
    """Those that send pictures, in their order, as many a page as a wall shows at once."""
    sites = list(_sending(conference))
    return [sites[start : start + MOSAIC_SITES] for start in range(0, len(sites), MOSAIC_SITES)]


def number_of_pages(conference: Conference) -> int:
    return -(-_sending(conference).count() // MOSAIC_SITES)


def _sending(conference: Conference) -> QuerySet[Site]:
    return conference.sites.filter(is_removed=False).exclude(kind=SiteKind.VIEWING).exclude(reach=Reach.PHONE)


def _mosaic(conference: Conference) -> tuple[str, ...]:
    """Of the scene, without those taken out since."""
    hall = conference.hall or {}
    if hall.get("scene") != Scene.MOSAIC or conference.state == ConferenceState.CLOSED:
        return ()
    there = set(conference.sites.filter(is_removed=False).values_list("slug", flat=True))
    return tuple(slug for slug in hall.get("sites", []) if slug in there)


def area_codes_of(site: Site) -> list[str]:
    """In use today, of its area and of what that belongs to: what an edge is chosen by."""
    today = clock.today()
    codes = AreaCode.objects.filter(area__in=path_of(site.area, today)).as_of(today)
    return sorted(codes.values_list("code", flat=True))


def stage_of(conference: Conference) -> Stage:
    """A part of the meeting that is closed to an audience is neither shown nor heard there."""
    item, speaker = current_item(conference), speaking(conference)
    return Stage(
        conference=conference.slug,
        centre=centre_of(conference),
        floor=speaker.site.slug if speaker is not None else "",
        muted=frozenset(conference.sites.exclude(muted_by="").values_list("slug", flat=True)),
        mosaic=_mosaic(conference),
        to_sites=item is None or sees(Audience.DELEGATES, item.visibility),
        to_viewers=conference.state == ConferenceState.OPEN
        and (item is None or sees(Audience.VIEWERS, item.visibility)),
        is_recorded=conference.is_recording,
    )
