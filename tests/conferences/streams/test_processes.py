"""Real processes: `phoihop serve` with its streams, killed at the worst moment, on SQLite and on PostgreSQL."""

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.conferences.streams.installed import Browser, Installation, answers, until
from tests.postgresql import own_database

pytestmark = pytest.mark.slow
WITHIN = 30  # seconds in which a stream is closed, on a machine that others use too, and far fewer than its ticket lives
LIVES = 10  # seconds of a ticket that is to run out, in which a stream begins


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def installed(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Installation]:
    folder: Path = tmp_path_factory.mktemp("installed")
    if request.param == "sqlite":
        made = Installation(folder, f"sqlite:///{folder / 'phoihop.sqlite3'}")
        yield from _built(made)
        return
    with own_database("streams") as url:
        yield from _built(Installation(folder, url))


def _built(made: Installation) -> Iterator[Installation]:
    try:
        made.build(viewers=3)
        made.start()
        yield made
    finally:
        made.end()


@pytest.fixture
def browsers(installed: Installation) -> Iterator[dict[str, Browser]]:
    if installed.server is None:
        installed.start()
    world = installed.world
    sessions = {"chair": world["chair"], "room 1": world["rooms"][0], "room 2": world["rooms"][1]}
    sessions |= {f"viewer {number}": session for number, session in enumerate(world["viewers"])}
    opened = {name: Browser(installed, session) for name, session in sessions.items()}
    yield opened
    for each in opened.values():
        each.leave()


def caught_up(browsers: dict[str, Browser], seq: int, seconds: float = 30) -> dict[str, Any]:
    """What each shows once it knows the last change, or what it shows when the time is over."""
    until(lambda: all(each.seq == seq for each in browsers.values()), seconds)
    return {name: (each.seq, each.state["hall"]["text"]) for name, each in browsers.items()}


def test_everyone_hears_of_every_change(installed: Installation, browsers: dict[str, Browser]) -> None:
    seq = installed.act("scene", 0)
    caught_up(browsers, seq)
    for number in range(1, 8):
        last = installed.act("scene", number)
    assert caught_up(browsers, last) == dict.fromkeys(browsers, (last, "Lời 7"))
    for name in ("chair", "room 1", "room 2"):
        assert browsers[name].changes[-7:] == list(range(last - 6, last + 1))


def test_the_stream_process_is_killed_and_nothing_is_missed(
    installed: Installation, browsers: dict[str, Browser]
) -> None:
    caught_up(browsers, installed.act("scene", 10))
    victim = installed.child("django streams")
    os.kill(victim, signal.SIGKILL)
    for number in range(11, 16):
        last = installed.act("scene", number)
    assert caught_up(browsers, last, 60) == dict.fromkeys(browsers, (last, "Lời 15"))
    assert installed.child("django streams") != victim
    kept = until(lambda: open_rows(installed) == 5, 60)
    assert kept, installed.act("connections")


def open_rows(installed: Installation) -> int:
    return sum(1 for _site, _kind, is_closed in installed.act("connections") if not is_closed)


def test_the_whole_server_is_killed_and_nothing_is_missed(
    installed: Installation, browsers: dict[str, Browser]
) -> None:
    caught_up(browsers, installed.act("scene", 20))
    installed.kill()
    last = installed.act("scene", 21)
    time.sleep(1)
    assert {each.seq for each in browsers.values()} == {last - 1}
    installed.start()
    assert caught_up(browsers, last, 60) == dict.fromkeys(browsers, (last, "Lời 21"))


def test_pages_that_die_take_the_streams_with_them(
    installed: Installation, browsers: dict[str, Browser]
) -> None:
    """Whoever keeps the service running starts both again; nothing holds their ports."""
    caught_up(browsers, installed.act("scene", 30))
    assert installed.server is not None
    os.kill(installed.child("granian"), signal.SIGKILL)
    assert installed.server.wait(60) != 0
    assert until(lambda: not answers(installed.port + 1), 60)
    assert until(lambda: _reasons(browsers) == {"stopping"}, WITHIN)
    installed.kill()
    installed.start()
    last = installed.act("scene", 31)
    assert caught_up(browsers, last, 60) == dict.fromkeys(browsers, (last, "Lời 31"))


def _reasons(browsers: dict[str, Browser]) -> set[str]:
    return {reason for each in browsers.values() for reason in each.closed}


def test_streams_whose_keeper_was_killed_end_by_themselves(installed: Installation) -> None:
    assert installed.server is not None
    installed.server.kill()
    assert until(lambda: not answers(installed.port + 1), 60)
    installed.kill()


def test_a_hidden_item_never_reaches_who_may_not_see_it(
    installed: Installation, browsers: dict[str, Browser]
) -> None:
    installed.act("hide", 1)
    caught_up(browsers, installed.act("begin", 1))
    fresh = {"fresh": Browser(installed, installed.world["viewers"][0])}
    caught_up({**browsers, **fresh}, installed.act("scene", 40))
    asked = [installed.get(f"dien-bien/?sau={sau}", installed.world["viewers"][0])[1] for sau in ("", "2")]
    fresh["fresh"].leave()
    hidden = "Nội dung 2"
    assert hidden in browsers["chair"].received.decode()
    for name in ("room 1", "viewer 0", "viewer 1"):
        assert hidden not in browsers[name].received.decode()
    assert hidden not in fresh["fresh"].received.decode()
    assert hidden not in str(asked)
    assert browsers["viewer 0"].state["item"] == {"is_closed_part": True} == asked[0]["patch"]["item"]


@pytest.mark.parametrize(
    "installed", [pytest.param("postgresql", marks=pytest.mark.postgresql)], indirect=True, scope="module"
)
def test_a_change_on_postgresql_is_announced_in_its_own_transaction(installed: Installation) -> None:
    with psycopg.connect(installed.url, autocommit=True) as session:
        session.execute("LISTEN phoihop_conferences")
        last = installed.act("scene", 45)
        notices = list(session.notifies(timeout=30, stop_after=1))
        seen = session.execute("SELECT id, last_seq FROM conferences_conference").fetchall()
    assert [(int(each.payload), last) for each in notices] == seen


def test_a_ticket_that_has_run_out_ends_its_stream(installed: Installation) -> None:
    asked = time.time()
    browser = Browser(installed, "", ticket=installed.act("ticket", LIVES))
    assert until(lambda: browser.seq is not None, LIVES)
    assert until(lambda: bool(browser.closed), LIVES + WITHIN)
    assert (browser.closed, time.time() > asked + LIVES) == (["expired"], True)


def test_a_site_that_is_taken_out_is_cut_off(installed: Installation, browsers: dict[str, Browser]) -> None:
    """Its room machine and whoever watches with its code; the last test, for it stays out."""
    caught_up(browsers, installed.act("scene", 50))
    asked, last = time.monotonic(), installed.act("remove", 1)
    gone = ["room 1", *(name for name in browsers if name.startswith("viewer"))]
    assert until(lambda: all(browsers[name].is_shut for name in gone), WITHIN)
    print(f"cut off {time.monotonic() - asked:.1f} s after the removal was asked for")
    assert [browsers[name].closed for name in gone] == [["removed"]] * len(gone)
    status, said = installed.get("dien-bien/?sau=1", installed.world["rooms"][0])
    assert (status, "không còn tham dự" in said["refusal"]) == (403, True)
    rest = {name: browsers[name] for name in ("chair", "room 2")}
    assert caught_up(rest, last) == dict.fromkeys(rest, (last, "Lời 50"))


def test_a_new_edition_of_the_codes_ends_the_old_streams(
    installed: Installation, browsers: dict[str, Browser]
) -> None:
    """However it was done: nothing of it stands in the log."""
    caught_up({"room 2": browsers["room 2"]}, installed.act("scene", 60))
    installed.act("end_codes", 2)
    assert until(lambda: browsers["room 2"].is_shut, WITHIN)
    assert browsers["room 2"].closed == ["ended"]


@pytest.mark.parametrize(("number", "duty"), [(1, "secretary"), (2, "director"), (0, "chair")])
def test_a_duty_that_was_taken_away_ends_its_streams_and_its_acts(
    installed: Installation, number: int, duty: str
) -> None:
    """After all others: the officials do not come back. Who took it away wrote nothing into the streams' log."""
    if installed.server is None:
        installed.start()
    session = installed.world["officials"][duty]
    browser = Browser(installed, session)
    assert until(lambda: browser.seq is not None, 30)
    assert "prepared" in browser.state
    assert installed.get("dieu-hanh/phan/session/", session)[0] == 200
    installed.act("end_duty", number)
    assert installed.get("dieu-hanh/phan/session/", session)[0] in {403, 404}
    assert until(lambda: browser.closed == ["ended"], WITHIN)
    browser.leave()
