"""Janus itself, without a browser: descriptions are written by hand, and no media flows."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from phoihop.conferences.media.engine import EngineFault, Exchange, Participant, Stage, check_name
from phoihop.conferences.media.janus.client import Handle, JanusClient
from phoihop.conferences.media.janus.engine import JanusEngine
from phoihop.conferences.media.janus.process import janus_beside
from phoihop.conferences.queries.stage import MOSAIC_SITES
from tests.conferences.media import namespace
from tests.conferences.media.janus_room import ROOM, sending

pytestmark = [pytest.mark.media, pytest.mark.slow]

_MEDIUM = (
    "m={kind} 9 UDP/TLS/RTP/SAVPF {pt}\r\nc=IN IP4 0.0.0.0\r\na=mid:{mid}\r\na={way}\r\na=rtcp-mux\r\na=rtpmap:{pt} {codec}\r\n"
    "a=ice-ufrag:abcd\r\na=ice-pwd:abcdefghijklmnopqrstuvwx\r\na=ice-options:trickle\r\na=setup:{setup}\r\n"
    "a=fingerprint:sha-256 {print}\r\n"
)  # fmt: skip


def described(media: list[tuple[str, str, int, str]], way: str, setup: str) -> str:
    """[(mid, kind, payload type, codec)]"""
    prints = ":".join(["AB"] * 32)
    lines = [
        _MEDIUM.format(kind=kind, mid=mid, pt=pt, codec=codec, way=way, setup=setup, print=prints)
        for mid, kind, pt, codec in media
    ]
    group = " ".join(mid for mid, *_rest in media)
    return f"v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=group:BUNDLE {group}\r\n" + "".join(lines)


OFFER = described(
    [("0", "audio", 111, "opus/48000/2"), ("1", "video", 96, "VP8/90000")], "sendonly", "actpass"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    from django.conf import settings

    made = tmp_path_factory.mktemp("janus")
    before, settings.MEDIA_INTERFACE = settings.MEDIA_INTERFACE, namespace.ADDRESS
    try:
        with namespace.inside(), janus_beside(made):
            yield made
    finally:
        settings.MEDIA_INTERFACE = before


@pytest.fixture
def engine(folder: Path) -> Iterator[JanusEngine]:
    made = JanusEngine(folder)
    yield made
    made.close_stage(ROOM)


def test_a_site_that_is_muted_is_seen_and_not_heard(folder: Path, engine: JanusEngine) -> None:
    spoken = Stage(ROOM, centre="c", floor="a")
    there = sending(folder, engine, spoken, "c", "a")
    engine.settle(spoken)
    whole = [("a", "floor"), ("a", "voice"), ("c", "chair")]
    assert (there.fed(engine), there.unmuted()) == (whole, ["a", "c"])
    engine.settle(Stage(ROOM, centre="c", floor="a", muted=frozenset({"a"})))
    assert (there.fed(engine), there.unmuted()) == ([("a", "floor"), ("c", "chair")], ["c"])
    engine.settle(Stage(ROOM, centre="c", floor="a", muted=frozenset({"a", "c"})))
    assert (there.fed(engine), there.unmuted()) == ([("a", "floor")], [])
    engine.settle(spoken)
    assert (there.fed(engine), there.unmuted()) == (whole, ["a", "c"])


def test_the_stage_taken_back_is_the_centres(folder: Path, engine: JanusEngine) -> None:
    there = sending(folder, engine, Stage(ROOM, centre="c", floor="a"), "c", "a")
    engine.settle(Stage(ROOM, centre="c"))
    assert there.fed(engine) == [("c", "floor"), ("c", "voice")]


def test_a_site_that_was_removed_is_gone(folder: Path, engine: JanusEngine) -> None:
    sending(folder, engine, Stage(ROOM, centre="c", floor="a"), "c", "a")
    engine.remove(ROOM, "a")
    assert engine.participants(ROOM) == [Participant("c", is_publishing=True)]


def test_pictures_of_several_sites_are_of_those_that_send(folder: Path, engine: JanusEngine) -> None:
    stage = Stage(ROOM, centre="c", mosaic=("a", "b", "c"))
    sending(folder, engine, stage, "c", "a")
    watched = engine.watch_sites(stage, stage.mosaic)
    assert watched is not None
    assert sorted(watched.sites.values()) == ["a", "c"]
    assert watched.exchange.sdp.count("m=video") == 2
    assert "m=audio" not in watched.exchange.sdp
    engine.end(watched.exchange.peer)
    engine.end(watched.exchange.peer)  # a second time is as good
    assert engine.watch_sites(stage, ("b",)) is None


def test_a_check_is_on_no_stage(folder: Path, engine: JanusEngine) -> None:
    stage = Stage(ROOM, centre="a", floor="a")
    there = sending(folder, engine, stage, check_name("a"))
    engine.settle(stage)
    assert (engine.participants(ROOM), there.fed(engine)) == ([], [])
    assert engine.watch_sites(stage, ["a"]) is None
    assert engine.watch_sites(stage, [check_name("a")]) is not None


def test_a_recording_that_cannot_be_written_keeps_the_floor_from_nobody(
    folder: Path, engine: JanusEngine
) -> None:
    """And is told, as often as it is tried."""
    there = sending(folder, engine, Stage(ROOM, centre="c"), "c", "a")
    engine.recordings(ROOM).parent.write_text("no folder")
    try:
        with pytest.raises(EngineFault, match="không ghi được phần ghi hình"):
            engine.settle(Stage(ROOM, centre="c", floor="a", is_recorded=True))
    finally:
        engine.recordings(ROOM).parent.unlink()
    assert there.fed(engine) == [("a", "floor"), ("a", "voice"), ("c", "chair")]
    assert not there.is_recorded()


WATCHING: list[tuple[str, Any]] = [
    ("a viewer's", lambda engine, stage: engine.watch(stage, as_site=False)),
    ("a site's", lambda engine, stage: engine.watch(stage, as_site=True)),
    ("a hall's", lambda engine, stage: engine.watch_sites(stage, ("c",)).exchange),
]


@pytest.mark.parametrize("whose", WATCHING, ids=lambda each: each[0])
def test_a_connection_for_viewing_that_tries_to_send_is_refused(
    folder: Path, engine: JanusEngine, whose: tuple[str, Any]
) -> None:
    """Though it were in the hands of whoever holds the engine's own name for it."""
    stage = Stage(ROOM, centre="c", mosaic=("c",))
    sending(folder, engine, stage, "c")
    exchange: Exchange = whose[1](engine, stage)
    client, number = JanusClient(folder), [int(part) for part in exchange.peer.split("/")]
    for asked in (
        {"request": "publish"},
        {"request": "joinandconfigure", "ptype": "publisher", "room": ROOM, "id": "intruder"},
    ):
        with pytest.raises(EngineFault):
            client.negotiate(Handle(*number), asked, {"type": "offer", "sdp": OFFER})
    assert [each.site for each in engine.participants(ROOM)] == ["c"]


def test_a_whole_page_of_sites_is_one_connection(folder: Path, engine: JanusEngine) -> None:
    sites = [f"diem-{number}" for number in range(MOSAIC_SITES)]
    stage = Stage(ROOM, mosaic=tuple(sites))
    sending(folder, engine, stage, *sites)
    watched = engine.watch_sites(stage, stage.mosaic)
    assert watched is not None
    assert sorted(watched.sites.values()) == sorted(sites)
    assert watched.exchange.sdp.count("m=video") == MOSAIC_SITES
