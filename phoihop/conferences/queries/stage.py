"""What should be seen and heard of a conference now."""

from phoihop.areas.models import AreaCode
from phoihop.areas.queries.units import path_of
from phoihop.conferences.audiences import Audience, sees
from phoihop.conferences.display import current_item, speaking
from phoihop.conferences.enums import ConferenceState, SiteKind
from phoihop.conferences.media.engine import Stage
from phoihop.conferences.models import Conference, Connection, Site
from phoihop.core import clock

JOINS_A_SECOND = 30  # what the engine takes in, by measurement 25 to 50
LONGEST_SPREAD = 60


def spread_seconds(conference: Conference) -> int:
    """Over how long those who receive come back after a fault, so that they do not all come at once."""
    following = Connection.objects.filter(site__conference=conference, closed_at__isnull=True).count()
    return min(LONGEST_SPREAD, following // JOINS_A_SECOND)


def area_codes_of(site: Site) -> list[str]:
    """In use today, of its area and of what that belongs to: what an edge is chosen by."""
    today = clock.today()
    codes = AreaCode.objects.filter(area__in=path_of(site.area, today)).as_of(today)
    return sorted(codes.values_list("code", flat=True))


def stage_of(conference: Conference) -> Stage:
    """A part of the meeting that is closed to an audience is neither shown nor heard there."""
    item, speaker = current_item(conference), speaking(conference)
    centre = (
        conference.sites.filter(kind=SiteKind.CENTRE, is_removed=False).values_list("slug", flat=True).first()
    )
    return Stage(
        conference=conference.slug,
        centre=centre or "",
        floor=speaker.site.slug if speaker is not None else "",
        to_sites=item is None or sees(Audience.DELEGATES, item.visibility),
        to_viewers=conference.state == ConferenceState.OPEN
        and (item is None or sees(Audience.VIEWERS, item.visibility)),
        is_recorded=conference.is_recording,
    )
