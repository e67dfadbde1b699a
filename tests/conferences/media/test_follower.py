"""The engine follows the log at once, and is compared with it every five seconds."""

from types import SimpleNamespace

import pytest

from phoihop.conferences import jobs
from phoihop.conferences.actions import begin_item
from phoihop.conferences.media.engine import Stage
from phoihop.conferences.media.fake import FakeEngine
from tests.conferences.world import ConferenceWorld


class Counting(FakeEngine):
    repaired = 0

    def repair(self, stage: Stage) -> None:
        self.repaired += 1
        super().repair(stage)


def test_it_is_repaired_every_five_seconds_and_told_of_changes_at_once(
    world: ConferenceWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.in_session()
    told, now = Counting(), SimpleNamespace(at=1_000.0)
    monkeypatch.setattr(jobs, "engine", lambda: told)
    monkeypatch.setattr(jobs, "time", SimpleNamespace(monotonic=lambda: now.at))
    follower = jobs.MediaFollower()
    seen = []
    for seconds in (0, 0.2, 4.9, 5.0, 5.2, 9.9, 10.0):
        now.at = 1_000 + seconds
        follower.look()
        seen.append(told.repaired)
    assert seen == [1, 1, 1, 2, 2, 2, 3]
    told.stages.clear()  # as an engine that was started anew
    begin_item(item=world.items[1], by=world.chair)
    now.at += 0.2
    follower.look()
    assert (list(told.stages), told.repaired) == ([world.conference.slug], 3)
