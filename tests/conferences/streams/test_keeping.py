import sys
import time
from pathlib import Path

import pytest

from phoihop.conferences.streams import keeping
from phoihop.conferences.streams.keeping import KeptRunning
from tests.conferences.streams.installed import until

SAYS_SO = (
    "import os, sys, time; open(sys.argv[1], 'a').write(f'{os.getpid()}\\n'); time.sleep(float(sys.argv[2]))"
)


def started(told: Path) -> list[int]:
    return [int(line) for line in told.read_text().splitlines()] if told.exists() else []


def is_running(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists()


def test_what_ends_is_started_again_until_the_block_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(keeping, "FIRST_PAUSE", 0.01)
    told = tmp_path / "told"
    with KeptRunning([sys.executable, "-c", SAYS_SO, str(told), "0"], "It"):
        assert until(lambda: len(started(told)) >= 3, 30)
    after = len(started(told))
    time.sleep(0.3)
    assert len(started(told)) == after
    assert "started again" in caplog.text


def test_what_runs_is_asked_to_end_with_the_block(tmp_path: Path) -> None:
    told = tmp_path / "told"
    with KeptRunning([sys.executable, "-c", SAYS_SO, str(told), "60"], "It"):
        assert until(lambda: len(started(told)) == 1, 30)
        assert is_running(started(told)[0])
    assert not is_running(started(told)[0])


def test_a_block_left_at_once_leaves_nothing_behind(tmp_path: Path) -> None:
    for _time in range(5):
        with KeptRunning([sys.executable, "-c", SAYS_SO, str(tmp_path / "told"), "60"], "It"):
            pass
    assert not any(is_running(pid) for pid in started(tmp_path / "told"))


def test_what_runs_and_does_not_answer_for_long_is_started_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(keeping, "FIRST_PAUSE", 0.01)
    monkeypatch.setattr(keeping, "ASKED_EVERY", 0.05)
    monkeypatch.setattr(keeping, "SILENT", 0.2)
    told, command = tmp_path / "told", [sys.executable, "-c", SAYS_SO, str(tmp_path / "told"), "60"]

    def answers() -> bool:
        """All but the first."""
        return not any(is_running(pid) for pid in started(told)[:1])

    with KeptRunning(command, "It", answers=answers):
        assert until(lambda: len(started(told)) == 2, 30)
        first, second = started(told)
        time.sleep(0.5)
        assert (is_running(first), is_running(second)) == (False, True)
    assert "has not answered" in caplog.text
