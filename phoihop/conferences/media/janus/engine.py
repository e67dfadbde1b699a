"""The stage in Janus: sites publish into a VideoRoom, everyone else receives Streaming mountpoints fed from it.

A mountpoint (sites, viewers) has one picture and two sounds: whoever has the floor, and the central site. Giving the floor
re-aims what feeds it, so that no browser negotiates anew; see docs/adr/0014-stage-by-janus.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from phoihop.conferences.media.engine import EngineFault, Exchange, Participant, Stage, Watched, is_check
from phoihop.conferences.media.janus import joining
from phoihop.conferences.media.janus.client import VIDEOROOM, Handle, JanusClient
from phoihop.conferences.media.janus.edges import Edge, Edges
from phoihop.conferences.media.janus.feeds import Feed, Feeds, sources
from phoihop.conferences.media.janus.hall import Hall, Mountpoint, Place, mountpoints
from phoihop.conferences.media.janus.microphones import Microphones
from phoihop.conferences.media.janus.rooms import Rooms

NO_SUCH_SESSION = 458
T = TypeVar("T")


class JanusEngine:
    """folder: of this machine's engine; what is recorded lies under it."""

    def __init__(self, folder: Path, edges: Sequence[Edge] = ()) -> None:
        self._client, self._folder = JanusClient(folder), folder
        self._hall, self._edges = Hall(self._client), Edges(edges)
        self._rooms = Rooms(self._hall)
        self._feeds = Feeds(self._client, self._rooms)
        self._microphones = Microphones(self._client, self._rooms)

    def settle(self, stage: Stage) -> None:
        """No edge is asked: their ports are remembered."""
        conference = stage.conference
        with self._client.attached(VIDEOROOM) as room, self._hall.attached() as streaming:
            self._rooms.ensure(conference, room)
            senders = self._rooms.senders(conference, room)
            heard = {stage.floor, stage.centre} - stage.muted
            self._microphones.close_all_but(heard, conference, senders, room)
            sites, viewers = (
                self._hall.mountpoint(conference, name, streaming) for name in mountpoints(conference)
            )
            publishing = {name for name, each in senders.items() if each.is_publishing}
            with self._recorded(stage, viewers, streaming) as recorded_anew:
                self._aim(stage, publishing, sites, viewers, room, recorded_anew)

    def repair(self, stage: Stage) -> None:
        self._edges.look(stage.conference)
        self.settle(stage)

    def held(self) -> Sequence[str]:
        return self._rooms.held()

    def close_stage(self, conference: str) -> None:
        with self._hall.attached() as streaming:
            for mountpoint in mountpoints(conference):
                self._hall.close(conference, mountpoint, streaming)
        self._rooms.destroy(conference)
        self._edges.close(conference)

    def remove(self, conference: str, site: str) -> None:
        """Its connection ends at once; codes and grants that ended keep it from coming back."""
        self._rooms.kick(conference, site)

    def participants(self, conference: str) -> Sequence[Participant]:
        with self._client.attached(VIDEOROOM) as room:
            senders = self._rooms.senders(conference, room)
        return [
            Participant(name, sender.is_publishing) for name, sender in senders.items() if not is_check(name)
        ]

    def publish(self, conference: str, site: str, offer: str) -> Exchange:
        with self._client.attached(VIDEOROOM) as room:
            self._rooms.ensure(conference, room)
        self._rooms.kick(conference, site)
        return joining.sent(self._client, conference, site, offer)

    def watch(self, stage: Stage, *, as_site: bool, near: Sequence[str] = ()) -> Exchange:
        """A viewer is sent to an edge, if one serves the area and answers; a site is served here."""
        conference = stage.conference
        for edge in [] if as_site else self._edges.for_viewers_of(near):
            offered = edge.attempt(lambda hall: joining.watched_at_edge(hall, conference))
            if offered is not None:
                return Exchange(offered.sdp, f"{edge.mark}/{offered.peer}")
        sites, viewers = mountpoints(conference)
        return joining.watched_here(self._hall, conference, sites if as_site else viewers)

    def watch_sites(self, stage: Stage, sites: Sequence[str]) -> Watched | None:
        with self._client.attached(VIDEOROOM) as room:
            senders = self._rooms.senders(stage.conference, room)
        sending = [site for site in sites if site in senders and senders[site].is_publishing]
        return joining.watched_sites(self._client, stage.conference, sending) if sending else None

    def answer(self, peer: str, sdp: str) -> None:
        answer = {"type": "answer", "sdp": sdp}
        self._of(peer, lambda client, handle: client.negotiate(handle, {"request": "start"}, answer))

    def keep_alive(self, peer: str) -> None:
        self._of(peer, lambda client, handle: client.keep_alive(handle.session))

    def end(self, peer: str) -> None:
        """Gone already is as good: a browser that vanished is ended by the engine itself."""
        try:
            self._of(peer, lambda client, handle: client.end(handle))
        except EngineFault as fault:
            if fault.code != NO_SUCH_SESSION:
                raise

    def recordings(self, conference: str) -> Path:
        return self._folder / "recordings" / conference

    def _of(self, peer: str, job: Callable[[JanusClient, Handle], T]) -> T:
        """Where a connection ends, and by what name."""
        where, _slash, name = peer.rpartition("/")
        edge, _slash, session = where.rpartition("/")
        handle = Handle(int(session), int(name))
        if not edge:
            return job(self._client, handle)
        return self._edges.marked(edge).call(lambda hall: job(hall.client, handle))

    def _aim(
        self,
        stage: Stage,
        publishing: set[str],
        sites: Mountpoint,
        viewers: Mountpoint,
        room: Handle,
        recorded_anew: Place | None,
    ) -> None:
        """A part that is closed to viewers is fed to none of their mountpoints, whether its edge answers or not."""
        shown = [sites.ports] if stage.to_sites else []
        if stage.to_viewers:
            shown += [viewers.ports, *self._edges.ports(stage.conference)]
        on_stage = {stage.floor or stage.centre, stage.centre} - stage.muted
        renewed = self._edges.renewed()

        def is_left(feed: Feed) -> bool:
            unknown = self._edges.is_unknown(stage.conference, feed.place)
            return unknown and stage.to_viewers and feed.site in on_stage

        wanted = {
            place: source
            for ports in shown
            for place, source in sources(stage, publishing, ports).items()
        }  # fmt: skip
        self._feeds.aim(
            stage.conference, wanted, room, renewed=renewed, recorded_anew=recorded_anew, is_left=is_left
        )
        self._edges.fed_anew(renewed & wanted.keys())

    @contextmanager
    def _recorded(self, stage: Stage, viewers: Mountpoint, streaming: Handle) -> Iterator[Place | None]:
        """What viewers see: a part that is closed to them is not taken, and the next one begins a new piece.

        It begins before anything is fed, so that the whole picture a new feed asks for is in it, and ends after; one that
        cannot begin keeps the floor from nobody. Where its picture comes in, if one began.
        """
        is_wanted, fault = stage.is_recorded and stage.to_viewers, None
        if begins := is_wanted and not viewers.is_recorded:
            try:
                self._record(stage, streaming, self.recordings(stage.conference))
            except EngineFault as refused:
                fault, begins = refused, False
        try:
            yield viewers.ports["floor"].place if begins else None
        finally:
            if viewers.is_recorded and not is_wanted:
                self._record(stage, streaming, None)
        if fault is not None:
            raise fault

    def _record(self, stage: Stage, streaming: Handle, folder: Path | None) -> None:
        self._hall.record(stage.conference, mountpoints(stage.conference)[1], streaming, folder)
