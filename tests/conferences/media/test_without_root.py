"""`phoihop conference up` as a user who may do nothing special: the engine runs, and what it keeps is that user's alone."""

import os
import signal
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from shutil import rmtree

import pytest

from phoihop.conferences.media.janus.config import Door
from phoihop.conferences.media.janus.process import answers
from tests.conferences.media import namespace
from tests.conferences.streams.installed import Installation, until
from tests.migrated import migrate

pytestmark = [pytest.mark.media, pytest.mark.slow]

USER = os.getuid() or 65_534  # tests that run as root start it as nobody
# Where the checkout and the interpreter lie may be closed to nobody, who is let in to read and to no more.
AS_NOBODY = (
    "setpriv", f"--reuid={USER}", f"--regid={USER}", "--clear-groups", "--no-new-privs",
    "--inh-caps=-all,+dac_read_search", "--ambient-caps=+dac_read_search",
)  # fmt: skip


@pytest.fixture(scope="module")
def installed() -> Iterator[Installation]:
    """Its folder lies open: whatever is closed in it was closed by what runs there."""
    folder = Path(tempfile.mkdtemp(prefix="phoihop-without-root-"))
    folder.chmod(0o755)
    made = Installation(
        folder,
        f"sqlite:///{folder / 'phoihop.sqlite3'}",
        program="tests.conferences.media.stage_world",
        command=("conference", "up"),
        more={"HOME": str(folder), "PHOIHOP_MEDIA_INTERFACE": namespace.ADDRESS},
        before=() if os.getuid() else AS_NOBODY,
    )
    migrate(made.url)
    for each in (folder, *folder.iterdir()):
        os.chown(each, USER, -1)
    try:
        with namespace.inside():
            made.build(viewers=1)
            made.start()
            yield made
    finally:
        made.end()
        rmtree(folder)


def test_the_engine_answers_and_is_started_again_without_root(installed: Installation) -> None:
    assert answers(installed.folder / "media")
    first = installed.child("janus -F")
    os.kill(first, signal.SIGKILL)
    assert until(lambda: _engine(installed) not in {0, first} and answers(installed.folder / "media"), 60)
    owners = {each: _users(each) for each in installed.processes()}
    assert _engine(installed) in owners
    assert set().union(*owners.values()) == {USER}


def test_what_holds_a_secret_of_the_engine_is_its_users_alone(installed: Installation) -> None:
    door = Door.read(installed.folder / "media")
    assert door is not None
    kept = [each for each in installed.folder.rglob("*") if each.is_file()]
    keys = (door.api_secret.encode(), door.admin_key.encode())
    secret = [each for each in kept if any(key in each.read_bytes() for key in keys)]
    assert {"engine.json", "janus.jcfg"} <= {each.name for each in secret}
    assert [each for each in secret if each.stat().st_mode & 0o077] == []
    assert {each.stat().st_uid for each in kept} == {USER}
    assert (installed.folder / "media").stat().st_mode & 0o077 == 0


def _engine(installed: Installation) -> int:
    with suppress(AssertionError):
        return installed.child("janus -F")
    return 0


def _users(process: int) -> set[int]:
    """By whose rights it acts: its own, in effect, kept and for files; nobody's once it is gone."""
    with suppress(OSError):
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
        return {int(each) for line in lines if line.startswith("Uid:") for each in line.split()[1:]}
    return set()
