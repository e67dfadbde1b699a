"""Connections of browsers with the engine, ended with the right they stand on. Thousands, and short: as of streams, the
audit tells none but those that see several sites at once."""

from collections.abc import Sequence
from datetime import timedelta

from phoihop.audit.actions import record
from phoihop.conferences.media.engine import Engine, EngineFault
from phoihop.conferences.models import Conference, Line, Publication
from phoihop.conferences.permissions import Attendee
from phoihop.conferences.queries.agenda import audience_of
from phoihop.conferences.queries.lines import peers_gone, peers_over
from phoihop.core import clock
from phoihop.core.turns import write_in_turn, writing_turn

SEEN_EVERY = timedelta(minutes=4)  # a page says a word every two minutes


def hold_line(*, conference: Conference, peer: str, by: Attendee, sites: Sequence[str] = ()) -> Line:
    line = Line(
        conference=conference,
        peer=peer,
        grant=by.grant,
        user=by.user,
        audience=audience_of(by),
        headed=by.site.slug if by.site is not None and by.grant is None else "",
        sites=list(sites),
        seen_at=clock.now(),
    )

    def hold() -> None:
        line.save()
        if line.sites:
            details = {"conference": conference.slug, "sites": line.sites}
            record("begin_watching", line, by=by, details=details)

    write_in_turn(hold)
    return line


def see_line(*, peer: str) -> None:
    now = clock.now()
    due = Line.objects.filter(peer=peer, seen_at__lt=now - SEEN_EVERY)
    if due.exists():
        write_in_turn(lambda: due.update(seen_at=now))


def end_line(*, peer: str, by: Attendee) -> None:
    def end() -> None:
        line = Line.objects.select_related("conference").filter(peer=peer).first()
        if line is None:
            return
        if line.sites:
            record("end_watching", line, by=by, details={"conference": line.conference.slug})
        line.delete()

    write_in_turn(end)


def end_lines(*, engine: Engine) -> int:
    """Whatever the pages do. Where an engine does not answer, the rest of what it holds waits for the next time."""
    over, silent = [], set[str]()
    for peer in peers_over():
        if (where := _where(peer)) in silent:
            continue
        try:
            engine.end(peer)
            over.append(peer)
        except EngineFault:
            silent.add(where)
    _forget([*over, *peers_gone()])
    return len(over)


def _forget(peers: list[str]) -> None:
    if not peers:
        return
    with writing_turn():
        Publication.objects.filter(peer__in=peers, ended_at__isnull=True).update(ended_at=clock.now())
        Line.objects.filter(peer__in=peers).delete()


def _where(peer: str) -> str:
    """Of an edge its mark, of our own engine nothing."""
    return peer.rpartition("/")[0].rpartition("/")[0]
