"""What other processes, a fault or a slow edge did to the engine of Janus itself is put right, and the floor waits for none of it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from phoihop.conferences.media.engine import Stage
from phoihop.conferences.media.janus.client import VIDEOROOM
from phoihop.conferences.media.janus.engine import JanusEngine
from tests.conferences.media.fake_edge import FakeEdge
from tests.conferences.media.janus_room import ROOM, Readings, sending
from tests.conferences.media.test_janus_live import OFFER, engine, folder

__all__ = ["engine", "folder"]
pytestmark = [pytest.mark.media, pytest.mark.slow]

A, B = Stage(ROOM, centre="c", floor="a"), Stage(ROOM, centre="c", floor="b")
CLOSED = Stage(ROOM, centre="c", floor="b", to_viewers=False, is_recorded=True)
ON_STAGE = [("a", "floor"), ("a", "voice"), ("c", "chair")]


def test_who_comes_again_is_muted_though_another_process_let_it_in(folder: Path, engine: JanusEngine) -> None:
    there = sending(folder, engine, A, "c", "a", "b")
    assert there.unmuted() == ["a", "c"]
    there.comes("a", "b")  # a connection of its own each: nobody is muted in it
    assert there.unmuted() == ["a", "b", "c"]
    engine.settle(A)
    assert there.unmuted() == ["a", "c"]
    there.comes("b")
    engine.settle(B)
    assert there.unmuted() == ["b", "c"]
    engine.close_stage(ROOM)  # as an engine that was killed has no room
    sending(folder, engine, B, "c", "a", "b")
    assert there.unmuted() == ["b", "c"]


def test_a_worker_that_lets_somebody_in_undoes_nothing(folder: Path, engine: JanusEngine) -> None:
    """Neither a site that joins nor a viewer who comes feeds a part that was closed meanwhile, or records it."""
    there, worker = sending(folder, engine, A, "c", "a", "b"), JanusEngine(folder)
    engine.settle(CLOSED)
    worker.publish(ROOM, "d", OFFER)
    with there.hall.attached() as streaming:
        there.hall.close(ROOM, f"{ROOM}/viewers", streaming)  # so that the viewer finds none
    worker.watch(Stage(ROOM, centre="c", floor="a", is_recorded=True), as_site=False)
    assert there.fed(engine, "viewers") == []
    assert not there.is_recorded()
    assert there.fed(engine) == [("b", "floor"), ("b", "voice"), ("c", "chair")]
    assert there.unmuted() == ["b", "c"]


def test_forwarders_that_stray_lack_or_are_there_twice_are_put_right(
    folder: Path, engine: JanusEngine
) -> None:
    there = sending(folder, engine, A, "c", "a", "b")
    feeds = there.feeds(engine)
    assert len(feeds) == 6
    with there.hall.attached() as streaming:
        ports = there.hall.mountpoint(ROOM, f"{ROOM}/sites", streaming).ports
    lost = next(feed for feed in feeds if feed.place == ports["voice"].place)
    with there.client.attached(VIDEOROOM) as room:
        there.client.request(
            room, {"request": "stop_rtp_forward", **there.keys, "publisher_id": "a", "stream_id": lost.stream}
        )
        for site, place in (("a", ports["floor"].place), ("b", ("127.0.0.1", 9))):
            stream = {"mid": "1", "host": place[0], "port": place[1], "pt": 96}
            forward = {"request": "rtp_forward", **there.keys, "publisher_id": site, "host": "127.0.0.1"}
            there.client.request(room, {**forward, "streams": [stream]})
    assert there.fed(engine) == [("a", "floor"), ("a", "floor"), ("c", "chair")]
    engine.settle(A)
    assert there.fed(engine) == ON_STAGE
    assert len(there.feeds(engine)) == 6


def test_the_engine_names_the_conferences_it_holds(folder: Path, engine: JanusEngine) -> None:
    engine.settle(A)
    assert list(engine.held()) == [ROOM]
    engine.close_stage(ROOM)
    assert list(engine.held()) == []


@pytest.fixture
def edges(settings: Any) -> Iterator[tuple[FakeEdge, FakeEdge]]:
    settings.MEDIA_EDGE_SECRET = "0123456789abcdef" * 2
    with FakeEdge(40_000) as quick, FakeEdge(41_000) as other:
        yield quick, other


def fed_at(edge: FakeEdge, there: Readings, engine: JanusEngine) -> list[tuple[str, str]]:
    media = [(feed.site, edge.medium(feed.place)) for feed in there.feeds(engine)]
    return sorted((site, medium) for site, medium in media if medium)


def test_the_floor_waits_for_no_edge(
    folder: Path, engine: JanusEngine, edges: tuple[FakeEdge, FakeEdge]
) -> None:
    """Neither for one that is slow nor for one that is dead: both are fed by what they said before."""
    slow, dead = edges
    follower = JanusEngine(folder, [slow.edge, dead.edge])
    there = sending(folder, engine, A, "c", "a", "b")
    follower.repair(A)
    assert [fed_at(each, there, engine) for each in edges] == [ON_STAGE, ON_STAGE]
    asked = slow.asked, dead.asked
    follower.settle(B)
    assert (slow.asked, dead.asked) == asked
    slow.answers.clear()
    dead.die()
    follower.repair(A)  # returns though the slow one has not answered
    assert not slow.answers.is_set()
    assert [fed_at(each, there, engine) for each in edges] == [ON_STAGE, ON_STAGE]
    follower.settle(B)
    changed = [("b", "floor"), ("b", "voice"), ("c", "chair")]
    assert [there.fed(engine), *(fed_at(each, there, engine) for each in edges)] == [changed] * 3
    follower.settle(CLOSED)
    assert [fed_at(each, there, engine) for each in edges] == [[], []]
    follower.close_stage(ROOM)
    assert list(follower.held()) == []


def test_a_follower_started_anew_leaves_what_feeds_an_edge_until_the_floor_changes(
    folder: Path, engine: JanusEngine, edges: tuple[FakeEdge, FakeEdge]
) -> None:
    gone, _other = edges
    there = sending(folder, engine, A, "c", "a", "b")
    JanusEngine(folder, [gone.edge]).repair(A)
    gone.answers.clear()
    for stage, left in ((A, ON_STAGE), (B, [("c", "chair")]), (CLOSED, [])):
        JanusEngine(folder, [gone.edge]).settle(stage)
        assert fed_at(gone, there, engine) == left


def test_feeds_of_an_edge_that_was_started_anew_begin_anew(
    folder: Path, engine: JanusEngine, edges: tuple[FakeEdge, FakeEdge]
) -> None:
    edge, _other = edges
    follower = JanusEngine(folder, [edge.edge])
    there = sending(folder, engine, A, "c", "a", "b")
    follower.repair(A)
    before = {feed.stream for feed in there.feeds(engine) if edge.medium(feed.place)}
    edge.forget()
    follower.repair(A)
    after = {feed.stream for feed in there.feeds(engine) if edge.medium(feed.place)}
    assert (len(after), after & before) == (3, set())
    follower.repair(A)
    assert {feed.stream for feed in there.feeds(engine) if edge.medium(feed.place)} == after
