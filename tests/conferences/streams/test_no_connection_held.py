"""A stream holds no database connection: those of the process that serves them are as many for forty as for none."""

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from tests.conferences.streams.installed import Browser, Installation, until
from tests.postgresql import SERVER, own_database

pytestmark = pytest.mark.slow
VIEWERS = 40
MOST = 4  # of the process: the bus and its listener, who writes connections, who loads a room


@pytest.fixture
def on_sqlite(tmp_path: Path) -> Iterator[Installation]:
    yield from _built(Installation(tmp_path, f"sqlite:///{tmp_path / 'phoihop.sqlite3'}"))


@pytest.fixture
def on_postgresql(tmp_path: Path) -> Iterator[Installation]:
    with own_database("held") as url:
        yield from _built(Installation(tmp_path, url))


def _built(made: Installation) -> Iterator[Installation]:
    try:
        made.build(viewers=VIEWERS)
        made.start()
        yield made
    finally:
        made.end()


def test_on_sqlite_the_file_is_not_opened_for_a_stream(on_sqlite: Installation) -> None:
    database = str(on_sqlite.folder / "phoihop.sqlite3")

    def held(pid: int) -> int:
        return sum(target == database for target in _open_files(pid))

    before, after = _before_and_with_everyone(on_sqlite, held)
    assert min(before, after) > 0
    assert max(before, after) <= MOST


@pytest.mark.postgresql
def test_on_postgresql_no_session_stands_behind_a_stream(on_postgresql: Installation) -> None:
    """By the server's own list: the sessions whose port is one of the process's sockets."""
    own = urlsplit(on_postgresql.url).path.removeprefix("/")

    def held(pid: int) -> int:
        counted = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND client_port = ANY(%s)"
        with psycopg.connect(SERVER) as session:
            row = session.execute(counted, [own, sorted(_ports(pid))]).fetchone()
        assert row is not None
        return int(row[0])

    before, after = _before_and_with_everyone(on_postgresql, held)
    assert min(before, after) > 0
    assert max(before, after) <= MOST


def _before_and_with_everyone(installed: Installation, held: Callable[[int], int]) -> tuple[int, int]:
    """Counted with nobody there, and with everybody following and a change just heard by all."""
    pid = installed.child("django streams")
    assert until(lambda: held(pid) > 0, 30)
    before = held(pid)
    browsers = [Browser(installed, session) for session in installed.world["viewers"]]
    try:
        assert until(lambda: all(each.seq is not None for each in browsers), 60)
        seq = installed.act("scene", 1)
        assert until(lambda: all(each.seq == seq for each in browsers), 60)
        assert sum(1 for port in _streams(pid, installed.port + 1)) >= VIEWERS
        return before, held(pid)
    finally:
        for each in browsers:
            each.leave()


def _open_files(pid: int) -> list[str]:
    found = []
    for each in Path(f"/proc/{pid}/fd").iterdir():
        try:
            found.append(str(each.readlink()))
        except FileNotFoundError:  # shut meanwhile
            continue
    return found


def _sockets(pid: int) -> Iterator[tuple[int, int]]:
    """(own port, port of the other side) of each connection of the process."""
    inodes = {target[8:-1] for target in _open_files(pid) if target.startswith("socket:[")}
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/{pid}/net/{table}").read_text().splitlines()[1:]:
            fields = line.split()
            if fields[9] in inodes:
                own, other = (int(fields[at].rpartition(":")[2], 16) for at in (1, 2))
                yield own, other


def _ports(pid: int) -> set[int]:
    return {own for own, _other in _sockets(pid)}


def _streams(pid: int, port: int) -> Iterator[int]:
    """Of the browsers that are connected to it: the test's own check that they really are streams of that process."""
    return (other for own, other in _sockets(pid) if own == port and other)
