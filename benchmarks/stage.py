"""Prints what a receiver of the stage costs the engine: through our hall, and through bare Janus in the same run.

PHOIHOP_TEST_NETNS=name python -m benchmarks.stage      in a network namespace as .ci/run makes it; else on the machine's own address
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import statistics
import tempfile
import time
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from benchmarks.receivers import MEASURE, RECEIVING, Bare, Hall
from phoihop.conferences.media.janus.client import JanusClient
from tests.browser.conftest import FLAGS
from tests.browser.stage.room import MEDIA_FLAGS, opened
from tests.conferences.media import namespace
from tests.conferences.streams.installed import Installation, child_of

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Round:
    engine: float  # processor seconds of Janus a receiver-minute
    control: float  # of pages, streams and follower
    received: int
    lost: int


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--receivers", type=int, default=40)
    parser.add_argument("--seconds", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--chromium", default=shutil.which("chromium"), help="Playwright's own where there is none"
    )
    options = parser.parse_args()
    with ExitStack() as held:
        folder = Path(held.enter_context(tempfile.TemporaryDirectory(prefix="phoihop-bench-")))
        if namespace.NAME:
            held.enter_context(namespace.inside())
        installed = _installed(folder)
        held.callback(installed.end)
        browser = held.enter_context(sync_playwright()).chromium.launch(
            executable_path=options.chromium, args=[*FLAGS, *MEDIA_FLAGS]
        )
        _print(*_measured(browser, installed, options), options)


def _installed(folder: Path) -> Installation:
    where = {"PHOIHOP_MEDIA_INTERFACE": namespace.ADDRESS} if namespace.NAME else {}
    made = Installation(
        folder,
        f"sqlite:///{folder / 'phoihop.sqlite3'}",
        program="tests.conferences.media.stage_world",
        command=("conference", "up"),
        more={**where, "PHOIHOP_MEDIA_ENGINE": "janus"},
    )
    made.build(viewers=1)
    made.start()
    return made


def _measured(
    browser: Any, installed: Installation, options: argparse.Namespace
) -> tuple[list[Round], list[Round]]:
    """By turns: our hall; and bare Janus, with everything of ours standing still."""
    centre = opened(browser, installed, installed.world["rooms"][0], "diem-cau")
    centre.send(0)
    page = browser.new_context().new_page()
    page.goto("about:blank")
    page.evaluate(RECEIVING)
    ours, bare = [], []
    for _round in range(options.rounds):
        ours.append(_one(page, Hall(installed), installed, options))
        stopped = _ours(installed)
        for pid in stopped:
            os.kill(pid, signal.SIGSTOP)
        try:
            client = JanusClient(installed.folder / "media")
            bare.append(_one(page, Bare(client, installed.world["slug"]), installed, options))
        finally:
            for pid in stopped:
                os.kill(pid, signal.SIGCONT)
    return ours, bare


def _one(page: Page, door: Hall | Bare, installed: Installation, options: argparse.Namespace) -> Round:
    for number in range(options.receivers):
        offer = door.offer()
        door.answer(page.evaluate("([number, sdp]) => answered(number, sdp)", [number, offer]))
    page.wait_for_timeout(2_000)
    engine, control = _spent([_engine(installed)]), _spent(_ours(installed))
    before, began = page.evaluate(MEASURE), time.monotonic()
    page.wait_for_timeout(options.seconds * 1000)
    minutes = (time.monotonic() - began) / 60 * options.receivers
    after = page.evaluate(MEASURE)
    spent = _spent([_engine(installed)]) - engine, _spent(_ours(installed)) - control
    page.evaluate("receivers.splice(0).forEach((each) => each.close())")
    page.wait_for_timeout(1_000)
    return Round(spent[0] / minutes, spent[1] / minutes, after[0] - before[0], after[1] - before[1])


def _engine(installed: Installation) -> int:
    assert installed.server is not None
    return child_of(installed.server.pid, "janus -F")


def _ours(installed: Installation) -> list[int]:
    """Everything below `phoihop conference up` but the engine; that too, as it would start the pages again."""
    assert installed.server is not None
    found = [installed.server.pid]
    for pid in found:
        for task in Path(f"/proc/{pid}/task").glob("*/children"):
            with suppress(OSError):
                found += [int(each) for each in task.read_text().split()]
    return [pid for pid in found if pid != _engine(installed)]


def _spent(pids: list[int]) -> float:
    ticks = 0
    for pid in pids:
        with suppress(OSError):
            ticks += sum(map(int, Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]))
    return ticks / TICKS


def _print(ours: list[Round], bare: list[Round], options: argparse.Namespace) -> None:
    print(
        f"{options.receivers} receivers, {options.rounds} rounds of {options.seconds} s each, by turns; load {os.getloadavg()[0]:.1f}"
    )
    for name, rounds in (("through our hall", ours), ("bare Janus", bare)):
        engine = statistics.median(each.engine for each in rounds)
        lost, received = sum(each.lost for each in rounds), sum(each.received for each in rounds)
        print(
            f"{name:18} Janus {engine:.4f} s of processor a receiver-minute ({engine / 60:.2%} of a core each,"
            f" {60 / engine:.0f} a core); ours {statistics.median(each.control for each in rounds):.4f} s;"
            f" {lost} of {received + lost} packets lost"
        )
    ratio = statistics.median(each.engine for each in ours) / statistics.median(each.engine for each in bare)
    print(f"ratio of the engine's processor time, hall to bare: {ratio:.2f}")
    print(json.dumps({"ratio": round(ratio, 3)}))


if __name__ == "__main__":
    main()
