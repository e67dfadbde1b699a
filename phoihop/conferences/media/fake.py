"""An engine without picture or sound, for conferences by telephone and for tests: it remembers what it was asked."""

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from phoihop.conferences.media.engine import Exchange, Participant, Stage, Watched, is_check

NO_MEDIA = "v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n"


class FakeEngine:
    def __init__(self, folder: Path = Path("/nonexistent")) -> None:
        self.folder = folder  # of recordings
        self.stages: dict[str, Stage] = {}
        self.published: defaultdict[str, set[str]] = defaultdict(set)
        self.removed: defaultdict[str, set[str]] = defaultdict(set)
        self.answered: list[str] = []
        self.watched: dict[str, tuple[str, ...]] = {}  # peer -> the sites whose pictures it receives
        self.receiving: dict[str, bool] = {}  # peer -> whether it receives what sites see
        self.sending: dict[str, tuple[str, str]] = {}  # peer -> conference and site
        self._peers = 0

    @property
    def on_stage(self) -> dict[str, str]:
        """Conference -> the site that is seen, where one is."""
        return {slug: stage.floor for slug, stage in self.stages.items() if stage.floor}

    def settle(self, stage: Stage) -> None:
        self.stages[stage.conference] = stage

    def repair(self, stage: Stage) -> None:
        self.settle(stage)

    def held(self) -> Sequence[str]:
        return sorted({*self.stages, *(slug for slug, sites in self.published.items() if sites)})

    def close_stage(self, conference: str) -> None:
        self.stages.pop(conference, None)
        self.published.pop(conference, None)

    def remove(self, conference: str, site: str) -> None:
        self.removed[conference].add(site)
        self.published[conference].discard(site)

    def participants(self, conference: str) -> Sequence[Participant]:
        return [
            Participant(site, is_publishing=True)
            for site in sorted(self.published[conference])
            if not is_check(site)
        ]

    def heard(self, conference: str) -> list[str]:
        """Sites whose microphone is open."""
        stage = self.stages.get(conference, Stage(conference))
        return sorted(self.published[conference] & {stage.floor, stage.centre} - stage.muted)

    def publish(self, conference: str, site: str, offer: str) -> Exchange:
        self.published[conference].add(site)
        peer = self._peer(conference, site)
        self.sending[peer] = (conference, site)
        return Exchange(NO_MEDIA, peer)

    def watch(self, stage: Stage, *, as_site: bool, near: Sequence[str] = ()) -> Exchange:
        peer = self._peer(stage.conference, "watching")
        self.receiving[peer] = as_site
        return Exchange(NO_MEDIA, peer)

    def watch_sites(self, stage: Stage, sites: Sequence[str]) -> Watched | None:
        sending = tuple(site for site in sites if site in self.published[stage.conference])
        if not sending:
            return None
        peer = self._peer(stage.conference, "sites")
        self.watched[peer] = sending
        return Watched(Exchange(NO_MEDIA, peer), {str(mid): site for mid, site in enumerate(sending)})

    def answer(self, peer: str, sdp: str) -> None:
        self.answered.append(peer)

    def keep_alive(self, peer: str) -> None: ...

    def end(self, peer: str) -> None:
        self.watched.pop(peer, None)
        self.receiving.pop(peer, None)
        conference, site = self.sending.pop(peer, ("", ""))
        if (conference, site) not in self.sending.values():
            self.published[conference].discard(site)

    def _peer(self, conference: str, what: str) -> str:
        self._peers += 1
        return f"{conference}/{what}/{self._peers}"

    def recordings(self, conference: str) -> Path:
        return self.folder / conference
