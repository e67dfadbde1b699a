"""Browsers' connections with the engine whose right has ended: the rules are those by which streams end."""

from datetime import timedelta

from phoihop.conferences.enums import ConferenceState
from phoihop.conferences.models import Line
from phoihop.conferences.queries.streams import Held, dead_grants, idle_users, lost_duties
from phoihop.core import clock

GONE_AFTER = timedelta(minutes=12)  # the engine ends a connection after five without a word


def lines_over() -> list[Line]:
    """Of a site taken out, a code taken back or run out, a duty lost, a person who may no longer sign in."""
    lines = list(Line.objects.select_related("conference"))
    grants = dead_grants({each.grant_id for each in lines if each.grant_id is not None})
    users = idle_users({each.user_id for each in lines if each.user_id is not None})
    lost = lost_duties({held for each in lines if (held := _held(each))})
    return [
        each
        for each in lines
        if each.grant_id in grants
        or each.user_id in users
        or _held(each) in lost
        or each.conference.state == ConferenceState.CLOSED
    ]


def lines_gone() -> list[Line]:
    """Of browsers that vanished: the engine has ended them already."""
    return list(Line.objects.filter(seen_at__lt=clock.now() - GONE_AFTER))


def _held(line: Line) -> Held | None:
    """None: nobody signed in stands behind it."""
    if line.user_id is None:
        return None
    return Held(line.conference.slug, line.user_id, line.grant_id, line.audience, line.headed)
