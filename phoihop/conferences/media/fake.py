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

    def close_stage(self, conference: str) -> None:
        self.stages.pop(conference, None)
        self.published.pop(conference, None)

    def remove(self, conference: str, site: str) -> None:
        self.removed[conference].add(site)
        self.published[conference].discard(site)

    def participants(self, conference: str) -> Sequence[Participant]:
        stage = self.stages.get(conference, Stage(conference))
        heard = {stage.floor, stage.centre} - stage.muted
        return [
            Participant(site, is_publishing=True, is_muted=site not in heard)
            for site in sorted(self.published[conference])
            if not is_check(site)
        ]

    def publish(self, stage: Stage, site: str, offer: str) -> Exchange:
        self.settle(stage)
        self.published[stage.conference].add(site)
        peer = self._peer(stage, site)
        self.sending[peer] = (stage.conference, site)
        return Exchange(NO_MEDIA, peer)

    def watch(self, stage: Stage, *, as_site: bool, near: Sequence[str] = ()) -> Exchange:
        peer = self._peer(stage, "watching")
        self.receiving[peer] = as_site
        return Exchange(NO_MEDIA, peer)

    def watch_sites(self, stage: Stage, sites: Sequence[str]) -> Watched | None:
        sending = tuple(site for site in sites if site in self.published[stage.conference])
        if not sending:
            return None
        peer = self._peer(stage, "sites")
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

    def _peer(self, stage: Stage, what: str) -> str:
        self._peers += 1
        return f"{stage.conference}/{what}/{self._peers}"

    def recordings(self, conference: str) -> Path:
        return self.folder / conference
