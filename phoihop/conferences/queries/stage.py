"""What should be seen and heard of a conference now."""

from phoihop.conferences.audiences import Audience, sees
from phoihop.conferences.display import current_item, speaking
from phoihop.conferences.enums import ConferenceState, SiteKind
from phoihop.conferences.media.engine import Stage
from phoihop.conferences.models import Conference, Connection

JOINS_A_SECOND = 30  # what the engine takes in, by measurement 25 to 50
LONGEST_SPREAD = 60


def spread_seconds(conference: Conference) -> int:
    """Over how long those who receive come back after a fault, so that they do not all come at once."""
    following = Connection.objects.filter(site__conference=conference, closed_at__isnull=True).count()
    return min(LONGEST_SPREAD, following // JOINS_A_SECOND)


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
        muted=frozenset(conference.sites.exclude(muted_by="").values_list("slug", flat=True)),
        to_sites=item is None or sees(Audience.DELEGATES, item.visibility),
        to_viewers=conference.state == ConferenceState.OPEN
        and (item is None or sees(Audience.VIEWERS, item.visibility)),
    )
