"""Browsers' connections with the engine whose right has ended: the rules are those by which streams end."""

from datetime import timedelta
from typing import NamedTuple

from phoihop.conferences.enums import ConferenceState
from phoihop.conferences.models import Line
from phoihop.conferences.queries.streams import Held, dead_grants, idle_users, lost_duties
from phoihop.core import clock

GONE_AFTER = timedelta(minutes=12)  # the engine ends a connection after five without a word


class _Row(NamedTuple):
    peer: str
    conference: str
    state: str
    user: int | None
    grant: int | None
    audience: int
    headed: str

    @property
    def held(self) -> Held | None:
        """None: nobody signed in stands behind it."""
        if self.user is None:
            return None
        return Held(self.conference, self.user, self.grant, self.audience, self.headed)


_COLUMNS = ("peer", "conference__slug", "conference__state", "user_id", "grant_id", "audience", "headed")


def peers_over() -> list[str]:
    """Of a site taken out, a code taken back or run out, a duty lost, a person who may no longer sign in.

    Asked every two seconds of thousands of lines: columns are read, no models.
    """
    rows = [_Row(*each) for each in Line.objects.values_list(*_COLUMNS)]
    grants = dead_grants({row.grant for row in rows if row.grant is not None})
    users = idle_users({row.user for row in rows if row.user is not None})
    lost = lost_duties({held for row in rows if (held := row.held)})
    return [
        row.peer
        for row in rows
        if row.grant in grants or row.user in users or row.held in lost or row.state == ConferenceState.CLOSED
    ]


def peers_gone() -> list[str]:
    """Of browsers that vanished: the engine has ended them already."""
    return list(Line.objects.filter(seen_at__lt=clock.now() - GONE_AFTER).values_list("peer", flat=True))
