"""Keeps which site was connected from when to when. Written in batches by one thread; nothing of the device is kept."""

import logging
import queue
import threading
from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from secrets import token_hex

from django.db import DatabaseError, close_old_connections, connection, transaction
from django.db.models import F, Q

from phoihop.conferences.models import Connection, Site
from phoihop.conferences.queries.streams import SEEN_WITHIN
from phoihop.conferences.streams.tickets import Ticket
from phoihop.core import clock
from phoihop.core.turns import writing_turn

WRITTEN_EVERY = 2  # seconds
SEEN_EVERY = 15
_CHUNK = 500

log = logging.getLogger(__name__)


class ConnectionWriter(threading.Thread):
    def __init__(self, name: str = "") -> None:
        """name: of this process among several on one database; the same after it is started again."""
        super().__init__(name="connections", daemon=True)
        self.mark = sha256(name.encode()).hexdigest()[:8]  # the keys of its own begin with it
        self._told: queue.SimpleQueue[Callable[[_Batch], None]] = queue.SimpleQueue()
        self._stopping = threading.Event()
        self._open: set[str] = set()
        self._batch = _Batch()

    def opened(self, ticket: Ticket) -> str:
        """The key of the row; empty where the stream is no site's."""
        if not ticket.site:
            return ""
        key, at = self.mark + token_hex(12), clock.now()
        self._told.put(lambda batch: batch.opened.update({key: (ticket, at)}))
        return key

    def closed(self, key: str) -> None:
        at = clock.now()
        if key:
            self._told.put(lambda batch: batch.closed.update({key: at}))

    def stop(self) -> None:
        self._stopping.set()
        self.join()

    def run(self) -> None:
        self._attempt(self.close_left_open)
        rounds = 0
        while not self._stopping.wait(WRITTEN_EVERY):
            rounds += 1
            self._attempt(self.write)
            if rounds % (SEEN_EVERY // WRITTEN_EVERY) == 0:
                self._attempt(self.see)
                self._attempt(self.close_left_open)
        self._attempt(self.write)
        connection.close()

    def close_left_open(self) -> None:
        """By this very process when it was killed, or by one that is gone: they lasted until they were seen last."""
        gone = Q(key__startswith=self.mark) | Q(seen_at__lt=clock.now() - SEEN_WITHIN)
        with writing_turn(), transaction.atomic():
            left = Connection.objects.filter(gone, closed_at__isnull=True).exclude(key__in=self._open)
            left.update(closed_at=F("seen_at"))

    def _attempt(self, act: Callable[[], None]) -> None:
        try:
            act()
        except DatabaseError:
            log.exception("Connections of sites could not be written; trying again.")
            close_old_connections()

    def write(self) -> None:
        """What could not be written is tried again with what comes after."""
        batch = self._batch
        while not self._told.empty():
            self._told.get()(batch)
        if not batch.opened and not batch.closed:
            return
        with writing_turn(), transaction.atomic():
            Connection.objects.bulk_create(batch.rows(), batch_size=_CHUNK)
            for key, at in batch.closed.items():
                Connection.objects.filter(key=key).update(seen_at=at, closed_at=at)
        self._open = (self._open | batch.opened.keys()) - batch.closed.keys()
        self._batch = _Batch()

    def see(self) -> None:
        keys = sorted(self._open)
        if not keys:
            return
        with writing_turn(), transaction.atomic():
            for start in range(0, len(keys), _CHUNK):
                some = Connection.objects.filter(key__in=keys[start : start + _CHUNK])
                some.update(seen_at=clock.now(), closed_at=None)


class _Batch:
    def __init__(self) -> None:
        self.opened: dict[str, tuple[Ticket, datetime]] = {}
        self.closed: dict[str, datetime] = {}

    def rows(self) -> list[Connection]:
        slugs = {(ticket.conference, ticket.site) for ticket, _at in self.opened.values()}
        found = Site.objects.filter(conference__slug__in={each for each, _site in slugs})
        sites = {(of, slug): pk for of, slug, pk in found.values_list("conference__slug", "slug", "pk")}
        return [
            Connection(site_id=site, kind=ticket.kind, key=key, opened_at=at, seen_at=at)
            for key, (ticket, at) in self.opened.items()
            if (site := sites.get((ticket.conference, ticket.site))) is not None
        ]
