"""A site whose line loses 2 % of its packets and takes 80 ms each way is still seen and heard elsewhere."""

import time

import pytest
from playwright.sync_api import Browser

from tests.browser.stage.room import Room, opened, voice_of
from tests.conferences.media import namespace
from tests.conferences.media.bad_line import THROUGH, BadLine
from tests.conferences.streams.installed import Installation, until

pytestmark = [pytest.mark.browser, pytest.mark.media, pytest.mark.slow]

LOSS, DELAY = 0.02, 0.08
WATCHED = 100  # pictures
SPOKEN = 8  # seconds


def test_a_site_on_a_bad_line_is_seen_and_heard(chromium: Browser, installed: Installation) -> None:
    sessions = installed.world["rooms"]
    centre = opened(chromium, installed, sessions[0], "diem-cau", voice_of(0))
    centre.send(0)
    with namespace.inside():
        line = BadLine(LOSS, DELAY)
    with line:
        site = opened(
            chromium,
            installed,
            sessions[1],
            "diem-cau",
            voice_of(1) + f"window.relayAt = {line.port};{THROUGH}",
        )
        site.send(1)
        line.engine_port = int(site.page.evaluate("window.engineAt"))
        viewer = opened(chromium, installed, installed.world["viewers"][0], "xem")
        viewer.sees(0)
        installed.act("floor", 1)
        viewer.sees(1, 30)
        centre.sees(1, 30)
        viewer.hears(0, 1)
        frames, before, began = _frames(viewer), viewer.sound(), time.monotonic()
        viewer.begin_to_watch()
        assert until(lambda: _frames(viewer) - frames > WATCHED and viewer.sound() - before > SPOKEN, 90)
        frames, spent = _frames(viewer) - frames, time.monotonic() - began
        print(
            f"{line.lost} of {line.passed} packets lost; {frames / spent:.0f} pictures a second, longest stand"
            f" {viewer.longest_stand():.0f} ms"
        )
    assert line.passed > 500
    assert 0.005 < line.lost / line.passed < 0.05
    for room in (centre, site, viewer):
        assert room.problems == []
        room.leave()


def _frames(room: Room) -> int:
    return int(
        room.page.evaluate(
            "document.querySelector('[data-picture]').getVideoPlaybackQuality().totalVideoFrames"
        )
    )
