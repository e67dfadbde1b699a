"""Connections of browsers with the engine, ended with the right they stand on. Thousands, and short: as of streams, the audit tells none."""

from datetime import timedelta

from phoihop.conferences.media.engine import Engine, EngineFault
from phoihop.conferences.models import Conference, Line, Publication, Watching
from phoihop.conferences.permissions import Attendee
from phoihop.conferences.queries.agenda import audience_of
from phoihop.conferences.queries.lines import lines_gone, lines_over
from phoihop.core import clock
from phoihop.core.turns import write_in_turn, writing_turn

SEEN_EVERY = timedelta(minutes=4)  # a page says a word each minute


def hold_line(*, conference: Conference, peer: str, by: Attendee) -> Line:
    line = Line(
        conference=conference,
        peer=peer,
        grant=by.grant,
        user=by.user,
        audience=audience_of(by),
        headed=by.site.slug if by.site is not None and by.grant is None else "",
        seen_at=clock.now(),
    )
    write_in_turn(line.save)
    return line


def see_line(*, peer: str) -> None:
    now = clock.now()
    due = Line.objects.filter(peer=peer, seen_at__lt=now - SEEN_EVERY)
    if due.exists():
        write_in_turn(lambda: due.update(seen_at=now))


def end_line(*, peer: str) -> None:
    write_in_turn(lambda: Line.objects.filter(peer=peer).delete())


def end_lines(*, engine: Engine) -> int:
    """Whatever the pages do. Where an engine does not answer, the rest of what it holds waits for the next time."""
    over, silent = [], set[str]()
    for line in lines_over():
        where = _where(line)
        if where in silent:
            continue
        try:
            engine.end(line.peer)
            over.append(line.peer)
        except EngineFault:
            silent.add(where)
    _forget([*over, *(line.peer for line in lines_gone())])
    return len(over)


def _forget(peers: list[str]) -> None:
    if not peers:
        return
    with writing_turn():
        Publication.objects.filter(peer__in=peers, ended_at__isnull=True).update(ended_at=clock.now())
        Watching.objects.filter(peer__in=peers).delete()
        Line.objects.filter(peer__in=peers).delete()


def _where(line: Line) -> str:
    """Of an edge its name, of our own engine nothing."""
    return line.peer.rpartition("/")[0].rpartition("/")[0]
