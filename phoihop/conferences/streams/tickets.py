"""What a browser shows to have a stream: signed, short-lived, read without a database."""

import time
from dataclasses import astuple, dataclass, field
from datetime import timedelta
from secrets import token_urlsafe

from django.core import signing

from phoihop.conferences.audiences import Audience
from phoihop.conferences.enums import Duty, GrantKind

LIFETIME = timedelta(minutes=10)
STANDS_FOR_SITE = (GrantKind.ROOM.value, Duty.HEAD.value)  # kinds of tickets; others there only watch or vote
_SALT = "phoihop.conferences.streams.tickets"


@dataclass(frozen=True, slots=True)
class Ticket:
    """For one stream of one browser. It may be read in a proxy's log: it opens nothing else, and ends soon."""

    conference: str  # slug
    audience: int
    origin: str  # of the page: scheme and host
    until: float  # Unix time by the machine's own clock, whatever day a demonstration shows
    site: str = ""  # slug; empty: not a site's
    kind: str = ""  # GrantKind, or "head"
    grant: int | None = None
    user: int | None = None
    key: str = field(default_factory=lambda: token_urlsafe(12))  # a second stream under it ends the first

    def signed(self) -> str:
        return signing.dumps(astuple(self), salt=_SALT)


class TicketRefused(Exception):
    """Altered, expired, or of another conference; which of them is nobody's business."""


def read_ticket(text: str, conference: str) -> Ticket:
    """Raises: TicketRefused."""
    try:
        ticket = Ticket(*signing.loads(text, salt=_SALT))
    except (signing.BadSignature, TypeError, ValueError) as fault:
        raise TicketRefused from fault
    if ticket.conference != conference or ticket.until <= time.time() or ticket.audience not in set(Audience):
        raise TicketRefused
    return ticket
