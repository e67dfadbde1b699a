"""Where a whole picture is asked for, without an engine: what is sent to it is read where it would listen."""

import socket
from collections.abc import Iterator
from typing import Any

import pytest

from phoihop.conferences.media.janus.client import Handle, JanusClient
from phoihop.conferences.media.janus.config import Door
from phoihop.conferences.media.janus.feeds import _PLI, ASKED_AGAIN, Feeds, Source
from phoihop.conferences.media.janus.hall import Hall, Place, Port
from phoihop.conferences.media.janus.rooms import Rooms
from tests.conferences.media.fake_edge import FakeEdge

PORT = Port("video", 5_000, 5_001)
LEFT_OUT_WITHIN = 0.3  # seconds after one that Chromium answered


class Listed(FakeEdge):
    """An engine in which a site feeds that port."""

    rtcp_port = 0

    def _answer(self, request: str) -> dict[str, Any]:
        feed = {"stream_id": 1, "host": PORT.host, "port": PORT.port, "local_rtcp_port": self.rtcp_port}
        feeds = {"publishers": [{"publisher_id": "a", "forwarders": [feed]}]}
        return {"listforwarders": feeds, "rtp_forward": {"forwarders": [feed]}}.get(request, {})


@pytest.fixture
def ear() -> Iterator[socket.socket]:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as made:
        made.bind(("127.0.0.1", 0))
        made.settimeout(30)
        yield made


def aim(ear: socket.socket, site: str, recorded_anew: Place | None) -> None:
    with Listed(5_000, "127.0.0.1") as engine:
        engine.rtcp_port = ear.getsockname()[1]
        client = JanusClient(Door(f"http://{engine.edge.name}/janus", "secret", "key"))
        wanted = {PORT.place: Source(site, PORT)}
        Feeds(client, Rooms(Hall(client))).aim("a", wanted, Handle(1, 1), recorded_anew=recorded_anew)


@pytest.mark.parametrize(("site", "recorded_anew"), [("a", PORT.place), ("b", None)])
def test_a_new_piece_and_a_new_feed_ask_twice_for_a_browser_may_leave_one_out(
    ear: socket.socket, site: str, recorded_anew: Place | None
) -> None:
    aim(ear, site, recorded_anew)
    assert [ear.recv(64), ear.recv(64)] == [_PLI, _PLI]
    assert ASKED_AGAIN > LEFT_OUT_WITHIN


def test_what_goes_on_as_it_was_asks_for_none(ear: socket.socket) -> None:
    aim(ear, "a", None)
    ear.sendto(b"next", ear.getsockname())
    assert ear.recv(64) == b"next"
