"""The application at its door: who is let in, with which headers, and what a page of another origin gets."""

import asyncio
from typing import Any

import pytest

from phoihop.conferences.audiences import Audience
from phoihop.conferences.streams import hub
from phoihop.conferences.streams.app import Streams
from phoihop.conferences.streams.bus import Bus
from phoihop.conferences.streams.hub import MOST_OF_ONE
from phoihop.conferences.streams.rooms import Room
from phoihop.conferences.streams.tickets import Ticket

ORIGIN = "https://phoihop.vn"
GOOD = Ticket("hn", Audience.VIEWERS, ORIGIN, 4e9, site="diem-1", kind="view", grant=1)


def asked(
    query: str,
    path: str = "/hoi-nghi/hn/dong/",
    method: str = "GET",
    headers: Any = (),
    places_taken: int = 0,
) -> tuple[dict[str, Any], bytes, Streams]:
    """(head, what was sent until the browser left, the application)."""

    async def story() -> tuple[dict[str, Any], bytes, Streams]:
        streams = Streams()
        streams.hub.rooms["hn"] = room = Room("hn", 1, 7, {"hall": 1}, [(7, {"hall": 1})])
        for _number in range(places_taken):
            streams.hub.enter(Ticket("hn", 1, "", 4e9, grant=1), room, None)
        sent: list[Any] = []
        told, left = asyncio.Event(), asyncio.Event()

        async def receive() -> dict[str, Any]:
            await left.wait()
            return {"type": "http.disconnect"}

        async def send(message: Any) -> None:
            sent.append(message)
            if b'"seq":7' in message.get("body", b""):
                told.set()

        encoded = [(name.encode(), value.encode()) for name, value in headers]
        scope = {
            "type": "http",
            "path": path,
            "method": method,
            "query_string": query.encode(),
            "headers": encoded,
        }
        serving = asyncio.create_task(streams(scope, receive, send))
        heard = asyncio.create_task(told.wait())
        await asyncio.wait({serving, heard}, return_when=asyncio.FIRST_COMPLETED)
        heard.cancel()
        left.set()
        await asyncio.wait_for(serving, 30)
        return sent[0], b"".join(each["body"] for each in sent[1:]), streams

    return asyncio.run(story())


def test_a_stream_is_never_kept_nor_held_back() -> None:
    head, body, streams = asked(f"ve={GOOD.signed()}", headers=[("origin", ORIGIN)])
    headers = dict(head["headers"])
    assert head["status"] == 200
    assert headers[b"content-type"] == b"text/event-stream; charset=utf-8"
    assert (headers[b"cache-control"], headers[b"x-accel-buffering"]) == (b"no-store", b"no")
    assert headers[b"access-control-allow-origin"] == ORIGIN.encode()
    assert b'event: snapshot\ndata: {"seq":7' in body
    assert (streams.hub.readers(), b"closed" in body) == ([], False)


@pytest.mark.parametrize(
    ("query", "headers", "is_whole"),
    [("&sau=6", [], False), ("", [("last-event-id", "6")], False), ("&sau=x", [], True), ("&sau=", [], True)],
)
def test_a_browser_says_where_it_was(query: str, headers: Any, is_whole: bool) -> None:
    _head, body, _streams = asked(f"ve={GOOD.signed()}{query}", headers=headers)
    assert (b"event: snapshot" in body, b'"seq":7' in body) == (is_whole, True)


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({"query": "ve=x"}, 403),
        ({"query": ""}, 403),
        ({"query": f"ve={GOOD.signed()}x"}, 403),
        ({"query": f"ve={GOOD.signed()}", "headers": [("origin", "https://evil.example")]}, 403),
        ({"query": f"ve={GOOD.signed()}", "path": "/hoi-nghi/khac/dong/"}, 403),
        ({"query": f"ve={GOOD.signed()}", "path": "/"}, 404),
        ({"query": f"ve={GOOD.signed()}", "method": "POST"}, 404),
        ({"query": f"ve={GOOD.signed()}", "places_taken": MOST_OF_ONE}, 429),
    ],
)
def test_who_is_turned_away(given: dict[str, Any], status: int) -> None:
    head, body, streams = asked(**given)
    assert (head["status"], body) == (status, b"")
    assert len(streams.hub.readers()) == given.get("places_taken", 0)


def test_who_takes_nothing_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    """A telephone that sleeps with its connection open holds a place, and would count as connected."""
    monkeypatch.setattr(hub, "STUCK_AFTER", 0)
    monkeypatch.setattr(hub, "GRACE", 0.01)

    async def story() -> None:
        streams, offered = Streams(), asyncio.Event()
        streams.hub.rooms["hn"] = Room("hn", 1, 7, {"hall": 1})

        async def receive() -> dict[str, Any]:
            return await asyncio.Future()

        async def send(message: Any) -> None:
            if message["type"] == "http.response.body":
                offered.set()
                await asyncio.Future()

        scope = {"type": "http", "path": "/hoi-nghi/hn/dong/", "method": "GET", "headers": []}
        scope["query_string"] = f"ve={GOOD.signed()}".encode()
        serving = asyncio.create_task(streams(scope, receive, send))
        await offered.wait()
        assert len(streams.hub.readers()) == 1
        streams.hub.tick()
        await asyncio.wait_for(serving, 30)
        assert streams.hub.readers() == []

    asyncio.run(story())


def test_streams_that_cannot_read_any_more_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """Their keeper starts another process then; thousands would wait for nothing otherwise."""

    async def story() -> None:
        streams = Streams()
        reading = Bus(streams.hub, asyncio.get_running_loop(), streams.failed.set)
        monkeypatch.setattr(reading, "_keep_reading", lambda: None)
        reading.start()
        await asyncio.wait_for(streams.failed.wait(), 30)

    asyncio.run(story())
