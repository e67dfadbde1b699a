"""What should be seen and heard of a conference now."""

from phoihop.conferences.audiences import Audience, sees
from phoihop.conferences.display import current_item, speaking
from phoihop.conferences.enums import ConferenceState, SiteKind
from phoihop.conferences.media.engine import Stage
from phoihop.conferences.models import Conference


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
    )
