"""The fan-out, without a database and without a server: what each reader is handed, and when."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from phoihop.conferences.audiences import Audience
from phoihop.conferences.streams.hub import MOST_OF_ONE, Hub
from phoihop.conferences.streams.readers import MOST_WAITING, Reader
from phoihop.conferences.streams.rooms import BETWEEN, KEPT, Room
from phoihop.conferences.streams.tickets import Ticket

FOREVER = 4e9
Message = tuple[str, dict[str, Any]]


def on_loop(story: Callable[[], Awaitable[None]]) -> None:
    asyncio.run(story())  # type: ignore[arg-type]


def said(piece: bytes) -> list[Message]:
    """(kind, data) of every message; kind "" is a change of the log. Beats are left out."""
    found = []
    for block in piece.decode().split("\n\n"):
        lines = dict(line.split(": ", 1) for line in block.split("\n") if ": " in line)
        if lines and lines.get("event") != "beat":
            data = json.loads(lines["data"])
            assert lines.get("id", data.get("seq")) in {str(data.get("seq")), data.get("seq")}
            data.pop("now", None)
            found.append((lines.get("event", ""), data))
    return found


async def heard(reader: Reader) -> list[Message]:
    async with asyncio.timeout(30):
        return said(await reader.take())


async def silent(reader: Reader) -> bool:
    try:
        async with asyncio.timeout(0.05):
            return not said(await reader.take())
    except TimeoutError:
        return True


class Hall:
    """A hub with one room that shows {"hall": 0} at number 10."""

    def __init__(self, **room: Any) -> None:
        self.hub = Hub()
        self.room = Room("hn", 1, room.pop("seq", 10), room.pop("state", {"hall": 0}), **room)
        self.hub.rooms["hn"] = self.room

    def reader(
        self, audience: Audience = Audience.DELEGATES, after: int | None = 10, **fields: Any
    ) -> Reader:
        ticket = Ticket("hn", audience, "", fields.pop("until", FOREVER), **fields)
        return self.hub.enter(ticket, self.room, after)

    def tell(self, seq: int, what: str = "show_scene", payload: Any = None, **patch: Any) -> None:
        self.hub.publish(self.room, [(seq, what, payload or {}, patch)])


def test_a_newcomer_is_shown_everything() -> None:
    async def story() -> None:
        hall = Hall()
        assert await heard(hall.reader(after=None)) == [("snapshot", {"seq": 10, "patch": {"hall": 0}})]

    on_loop(story)


def test_a_change_reaches_delegates_at_once_and_in_order() -> None:
    async def story() -> None:
        hall = Hall()
        reader = hall.reader()
        assert await heard(reader) == []
        hall.tell(11, hall=1)
        hall.tell(12, hall=2)
        assert await heard(reader) == [
            ("", {"seq": 11, "patch": {"hall": 1}}),
            ("", {"seq": 12, "patch": {"hall": 2}}),
        ]
        hall.tell(12, hall=99)
        assert await silent(reader)

    on_loop(story)


def test_viewers_hear_two_changes_a_second_laid_over_one_another() -> None:
    async def story() -> None:
        hall = Hall()
        reader = hall.reader(Audience.VIEWERS)
        await heard(reader)
        loop = asyncio.get_running_loop()
        began = loop.time()
        hall.tell(11, hall=1)
        assert await heard(reader) == [("", {"seq": 11, "patch": {"hall": 1}})]
        for seq in range(12, 40):
            hall.tell(seq, hall=seq, **({"floor": "first"} if seq == 12 else {}))
        assert await heard(reader) == [("", {"seq": 39, "patch": {"hall": 39, "floor": "first"}})]
        assert loop.time() - began >= BETWEEN * 0.95
        assert await silent(reader)

    on_loop(story)


def test_who_comes_back_is_told_what_was_missed_as_one_change() -> None:
    async def story() -> None:
        hall = Hall()
        for seq in (11, 12, 13):
            hall.tell(seq, hall=seq, **({"floor": 5} if seq == 11 else {}))
        assert await heard(hall.reader(after=11)) == [("", {"seq": 13, "patch": {"hall": 13}})]
        assert await heard(hall.reader(after=10)) == [("", {"seq": 13, "patch": {"hall": 13, "floor": 5}})]
        assert await heard(hall.reader(after=13)) == []

    on_loop(story)


@pytest.mark.parametrize(
    ("after", "is_whole"), [(9, True), (10, False), (12, False), (13, True), (None, True)]
)
def test_who_missed_more_than_is_remembered_is_shown_everything(after: int | None, is_whole: bool) -> None:
    """Also who knows of more than there is: the log was put back from a copy."""

    async def story() -> None:
        hall = Hall(seq=12, recent=[(11, {"hall": 1}), (12, {"hall": 2})], state={"hall": 2})
        kinds = [kind for kind, _data in await heard(hall.reader(after=after))]
        assert kinds == (["snapshot"] if is_whole else [""] if after == 10 else [])

    on_loop(story)


def test_the_memory_is_bounded_and_knows_where_it_begins() -> None:
    async def story() -> None:
        hall = Hall()
        for seq in range(11, 11 + KEPT + 5):
            hall.tell(seq, hall=seq)
        assert [kind for kind, _ in await heard(hall.reader(after=14))] == ["snapshot"]
        assert [kind for kind, _ in await heard(hall.reader(after=15))] == [""]

    on_loop(story)


def test_changes_that_move_nothing_shown_are_not_sent_but_counted() -> None:
    """3,300 seats that vote are 3,300 lines of the log."""

    async def story() -> None:
        hall = Hall()
        reader = hall.reader()
        await heard(reader)
        for seq in range(11, 500):
            hall.tell(seq, "cast_vote")
        assert await silent(reader)
        hall.tell(500, hall=1)
        assert await heard(reader) == [("", {"seq": 500, "patch": {"hall": 1}})]
        assert await heard(hall.reader(after=10)) == [("", {"seq": 500, "patch": {"hall": 1}})]

    on_loop(story)


def test_a_slow_reader_is_given_the_whole_instead_of_a_queue_without_end() -> None:
    async def story() -> None:
        hall = Hall()
        slow = hall.reader()
        for seq in range(11, 11 + 3 * MOST_WAITING):
            hall.tell(seq, hall=seq)
        last = 10 + 3 * MOST_WAITING
        assert await heard(slow) == [("snapshot", {"seq": last, "patch": {"hall": last}})]
        hall.tell(last + 1, hall="next")
        assert await heard(slow) == [("", {"seq": last + 1, "patch": {"hall": "next"}})]

    on_loop(story)


SECRET = {
    "hall": {"visibility": "hidden", "text": "KÍN"},
    "item": {"visibility": "internal", "text": "NỘI BỘ"},
}


@pytest.mark.parametrize(
    ("audience", "seen"),
    [(Audience.VIEWERS, set()), (Audience.DELEGATES, {"NỘI BỘ"}), (Audience.PRESIDIUM, {"KÍN", "NỘI BỘ"})],
)
def test_every_byte_is_for_its_audience(audience: Audience, seen: set[str]) -> None:
    """As a change, as what was missed, as the whole, to a slow one, and counted."""

    async def story() -> None:
        hall = Hall()
        reader = hall.reader(audience)
        sent = await reader.take()
        hall.tell(11, **SECRET)
        hall.room.tell_counts({"pk": 1, "voted": 3, "visibility": "hidden", "text": "KÍN"})
        sent += await reader.take()
        for after in (None, 10):
            sent += await hall.reader(audience, after=after).take()
        for seq in range(12, 12 + 2 * MOST_WAITING):
            hall.tell(seq, **SECRET)
        await asyncio.sleep(BETWEEN * 1.2)
        sent += await reader.take()
        assert {word for word in ("KÍN", "NỘI BỘ") if word in sent.decode()} == seen

    on_loop(story)


def test_counts_are_told_when_they_move_and_to_newcomers() -> None:
    async def story() -> None:
        hall = Hall()
        reader = hall.reader()
        await heard(reader)
        hall.room.tell_counts({"pk": 1, "voted": 3})
        hall.room.tell_counts({"pk": 1, "voted": 3})
        assert await heard(reader) == [("counts", {"vote": {"pk": 1, "voted": 3}})]
        assert await heard(hall.reader()) == [("counts", {"vote": {"pk": 1, "voted": 3}})]
        assert hall.room.seq == 10

    on_loop(story)


def test_only_the_presidium_is_told_which_sites_are_connected() -> None:
    async def story() -> None:
        hall = Hall()
        chair, room = hall.reader(Audience.PRESIDIUM), hall.reader(site="diem-2", kind="room")
        for reader in (
            chair,
            room,
            hall.reader(site="diem-1", kind="head"),
            hall.reader(site="diem-3", kind="view"),
        ):
            await heard(reader)
        hall.room.tell_counts(None)
        assert await heard(chair) == [("counts", {"vote": None, "sites": ["diem-1", "diem-2"]})]
        assert await heard(room) == [("counts", {"vote": None})]
        hall.hub.leave(room)
        hall.room.tell_counts(None)
        assert await heard(chair) == [("counts", {"vote": None, "sites": ["diem-1"]})]
        assert await silent(room)

    on_loop(story)


def test_a_site_that_is_taken_out_hears_nothing_more() -> None:
    async def story() -> None:
        hall = Hall()
        room, head = hall.reader(site="diem-1", grant=1), hall.reader(site="diem-1", user=1)
        moved_away, other = hall.reader(site="diem-9", grant=2), hall.reader(site="diem-2", grant=3)
        for reader in (room, head, moved_away, other):
            await heard(reader)
        hall.tell(11, "remove_site", {"site": "diem-1", "grants": [1, 2]}, hall="after")
        assert [each.ended_for for each in (room, head, moved_away, other)] == [
            "removed",
            "removed",
            "removed",
            "",
        ]
        assert await room.take() == b""
        assert await heard(other) == [("", {"seq": 11, "patch": {"hall": "after"}})]
        assert hall.room.readers == {other}

    on_loop(story)


def test_a_ticket_that_has_run_out_ends_its_stream(time_machine: Any) -> None:
    async def story() -> None:
        hall = Hall()
        time_machine.move_to(1000.0)
        short, long = hall.reader(until=1005.0), hall.reader(until=1006.0)
        time_machine.move_to(1005.0)
        hall.hub.tick()
        assert (short.ended_for, long.ended_for) == ("expired", "")

    on_loop(story)


def test_a_second_stream_under_one_ticket_ends_the_first() -> None:
    async def story() -> None:
        hall = Hall()
        first, second = hall.reader(key="same"), hall.reader(key="same")
        assert (first.ended_for, second.ended_for) == ("displaced", "")
        hall.hub.leave(first)
        assert hall.hub.readers() == [second]

    on_loop(story)


def test_one_code_does_not_take_every_place() -> None:
    async def story() -> None:
        hall = Hall()
        held = [hall.reader(grant=5) for _number in range(MOST_OF_ONE)]
        ticket = Ticket("hn", Audience.VIEWERS, "", FOREVER, grant=5)
        assert not hall.hub.has_place_for(ticket)
        assert hall.hub.has_place_for(Ticket("hn", Audience.VIEWERS, "", FOREVER, grant=6))
        hall.hub.leave(held[0])
        hall.hub.leave(held[0])
        assert hall.hub.has_place_for(ticket)
        hall.reader(grant=5)
        assert not hall.hub.has_place_for(ticket)

    on_loop(story)


def test_everyone_hears_a_beat_within_its_time() -> None:
    async def story() -> None:
        hall = Hall()
        readers = [hall.reader() for _number in range(40)]
        for reader in readers:
            await reader.take()
        for _second in range(15):
            hall.hub.tick()
        beats = [(await reader.take()).count(b"event: beat") for reader in readers]
        assert beats == [1] * 40

    on_loop(story)
