"""One change of a conference: its row is locked, models change, the log is written, all in one transaction."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Max

from phoihop.audit.actions import record
from phoihop.conferences import errors
from phoihop.conferences.display import display
from phoihop.conferences.enums import ConferenceState, SiteKind
from phoihop.conferences.models import Conference, ConferenceEvent, MediaCommand
from phoihop.conferences.permissions import Act, Attendee
from phoihop.core import clock
from phoihop.core.turns import writing_turn

CHANNEL = "phoihop_conferences"  # PostgreSQL: hears the number of every conference that changed


class Change:
    """`conference` is the locked row; save on it what else changes before `tell`."""

    def __init__(self, conference: Conference, by: Attendee | None, request_key: str) -> None:
        self.conference, self.by = conference, by
        self._request_key = request_key
        self._commands = 0

    @property
    def user(self) -> Any:
        return self.by.user if self.by is not None else None

    def tell(
        self, what: str, *, shows: Iterable[str] = (), thing: Any = None, **payload: Any
    ) -> ConferenceEvent:
        """Append to the log what was done (verb_noun): payload is what the minutes know of it, shows the keys of the display it moves."""
        keys = list(shows)
        self.conference.last_seq += 1
        event = ConferenceEvent.objects.create(
            conference=self.conference,
            seq=self.conference.last_seq,
            at=clock.now(),
            actor=self.by.username if self.by is not None else "",
            type=what,
            payload=payload,
            patch=display(self.conference, keys) if keys else {},
            request_key=self._request_key,
        )
        self._request_key, self._commands = "", 0
        self.conference.save(update_fields=["last_seq"])
        about = thing if thing is not None else self.conference
        record(what, about, by=self.by, details={"conference": self.conference.slug, "seq": event.seq})
        return event

    def command(self, name: str, **arguments: Any) -> None:
        """For the media engine, after the event told last; nothing where there is no engine."""
        if not settings.MEDIA_ENGINE:
            return
        MediaCommand.objects.create(
            conference=self.conference,
            seq=self.conference.last_seq,
            order=self._commands,
            name=name,
            arguments=arguments,
        )
        self._commands += 1

    def show_agenda_anew(self) -> None:
        """Pages fetch the agenda again; tell the key "agenda" with it."""
        self.conference.agenda_edition += 1
        self.conference.save(update_fields=["agenda_edition"])


@contextmanager
def changing(
    conference: Conference,
    act: Act,
    by: Attendee | None,
    *,
    key: str = "",
    in_session: bool = False,
) -> Iterator[Change]:
    """`by` None is the system. key: of the request; a second one with it fails on a constraint and changes nothing.

    Raises: NotAllowed, Conflict where the conference is closed, or not in session though it must be.
    """
    if by is not None and not by.may(act):
        raise errors.may_not(act, conference)
    with writing_turn(), transaction.atomic():
        locked = Conference.objects.select_for_update().get(pk=conference.pk)
        if in_session and locked.state != ConferenceState.OPEN:
            raise errors.not_in_session(locked)
        yield Change(locked, by, key)
        _announce(locked)
    conference.refresh_from_db()


def settle_soon(conference: Conference) -> None:
    """What moves the engine and is no event of the log: inside a transaction, behind what waits already."""
    if not settings.MEDIA_ENGINE:
        return
    locked = Conference.objects.select_for_update().get(pk=conference.pk)
    last = locked.media_commands.filter(seq=locked.last_seq).aggregate(last=Max("order"))["last"]
    order = 0 if last is None else last + 1
    MediaCommand.objects.create(conference=locked, seq=locked.last_seq, order=order, name="settle")


def _announce(conference: Conference) -> None:
    """Inside the transaction: heard when it is committed, and only then. On SQLite the streams look by themselves."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, str(conference.pk)])


def stage_keys(*kinds: str) -> tuple[str, ...]:
    """What a site moves besides its own name that is, or was, of these kinds: pages know the central one by the conference."""
    return ("conference",) if SiteKind.CENTRE in kinds else ()
