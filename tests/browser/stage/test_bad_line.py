"""A site whose line loses 2 % of its packets and takes 80 ms each way is still seen and heard elsewhere."""

import pytest
from playwright.sync_api import Browser

from tests.browser.stage.room import Room, opened
from tests.conferences.media import namespace
from tests.conferences.media.bad_line import THROUGH, BadLine
from tests.conferences.streams.installed import Installation

pytestmark = [pytest.mark.browser, pytest.mark.media, pytest.mark.slow]

LOSS, DELAY = 0.02, 0.08
WATCHED = 10  # seconds


def test_a_site_on_a_bad_line_is_seen_and_heard(chromium: Browser, installed: Installation) -> None:
    sessions = installed.world["rooms"]
    centre = opened(chromium, installed, sessions[0], "diem-cau")
    centre.send(0)
    with namespace.inside():
        line = BadLine(LOSS, DELAY)
    with line:
        site = opened(chromium, installed, sessions[1], "diem-cau", f"window.relayAt = {line.port};{THROUGH}")
        site.send(1)
        line.engine_port = int(site.page.evaluate("window.engineAt"))
        viewer = opened(chromium, installed, installed.world["viewers"][0], "xem")
        viewer.sees(0)
        installed.act("floor", 1)
        viewer.sees(1, 30)
        centre.sees(1, 30)
        heard = "document.querySelector('[data-voice]').currentTime"
        before = float(viewer.page.evaluate(heard))
        frames = _frames(viewer)
        viewer.begin_to_watch()
        viewer.page.wait_for_timeout(WATCHED * 1000)
        frames, stood = _frames(viewer) - frames, viewer.longest_stand()
        spoken = float(viewer.page.evaluate(heard)) - before
        print(
            f"{line.lost} of {line.passed} packets lost; {frames / WATCHED:.0f} pictures a second, longest stand {stood:.0f} ms"
        )
    assert line.passed > 500
    assert 0.005 < line.lost / line.passed < 0.05
    assert frames > 5 * WATCHED
    assert (
        stood < 6_000
    )  # where a packet is lost for good Chromium waits 3 s before it asks for a whole picture
    assert spoken > WATCHED * 0.8
    for room in (centre, site, viewer):
        assert room.problems == []
        room.leave()


def _frames(room: Room) -> int:
    return int(
        room.page.evaluate(
            "document.querySelector('[data-picture]').getVideoPlaybackQuality().totalVideoFrames"
        )
    )
