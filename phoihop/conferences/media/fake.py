"""An engine without picture or sound, for conferences by telephone and for tests: it remembers what it was asked."""

from collections import defaultdict
from collections.abc import Sequence

from phoihop.conferences.media.engine import Participant


class FakeEngine:
    def __init__(self) -> None:
        self.stages: set[str] = set()
        self.on_stage: dict[str, str] = {}
        self.removed: defaultdict[str, set[str]] = defaultdict(set)

    def open_stage(self, conference: str) -> None:
        self.stages.add(conference)

    def close_stage(self, conference: str) -> None:
        self.stages.discard(conference)
        self.on_stage.pop(conference, None)

    def give_floor(self, conference: str, site: str) -> None:
        self.on_stage[conference] = site

    def clear_floor(self, conference: str, site: str) -> None:
        if self.on_stage.get(conference) == site:
            del self.on_stage[conference]

    def remove(self, conference: str, site: str) -> None:
        self.removed[conference].add(site)
        self.clear_floor(conference, site)

    def participants(self, conference: str) -> Sequence[Participant]:
        site = self.on_stage.get(conference)
        return [Participant(site, is_publishing=True, is_muted=False)] if site else []
