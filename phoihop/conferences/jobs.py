"""What runs beside the pages: the media engine follows the log and rights that end, films are made of what was recorded."""

import logging
import time

from phoihop.conferences.actions.lines import end_lines
from phoihop.conferences.filming import delete_what_is_due, make_films, waits_for_ffmpeg
from phoihop.conferences.media.choice import engine
from phoihop.conferences.media.engine import Engine
from phoihop.conferences.media.outbox import reconcile, run_outbox, settle_newcomers
from phoihop.core.beside import Beside

RECONCILE_SECONDS = 5
NEWCOMERS_SECONDS = 1
DAILY_SECONDS = 3600  # whether a day has passed

log = logging.getLogger(__name__)


class MediaFollower(Beside):
    """Idle where there is no engine."""

    title, trouble, seconds = "media-follower", "The media engine could not be told what changed.", 0.2

    def __init__(self, poll_seconds: float | None = None) -> None:
        super().__init__(poll_seconds)
        self._due = self._newcomers_due = 0.0
        self._faults: list[str] = []

    def look(self) -> None:
        if (chosen := engine()) is None:
            return
        run_outbox(chosen)
        if time.monotonic() >= self._due:
            self._reconcile(chosen)
            self._due = time.monotonic() + RECONCILE_SECONDS
        elif time.monotonic() >= self._newcomers_due:
            settle_newcomers(chosen)
            self._newcomers_due = time.monotonic() + NEWCOMERS_SECONDS

    def _reconcile(self, chosen: Engine) -> None:
        """Said once, not every five seconds."""
        faults = reconcile(chosen)
        for fault in faults:
            if fault not in self._faults:
                log.error("The media engine does not follow: %s", fault)
        self._faults = faults


class LineKeeper(Beside):
    """Apart from the follower: an edge that does not answer must not hold up the floor."""

    title, trouble, seconds = "line-keeper", "Connections whose right has ended could not be ended.", 2

    def look(self) -> None:
        if (chosen := engine()) is not None:
            end_lines(engine=chosen)


class FilmMaker(Beside):
    """Apart from the follower: a film of an afternoon takes its time, and the floor does not wait."""

    title, trouble, seconds = "film-maker", "Recordings could not be made into films or deleted.", 10

    def __init__(self, poll_seconds: float | None = None) -> None:
        super().__init__(poll_seconds)
        self._due = 0.0
        self._is_ffmpeg_missed = False

    def look(self) -> None:
        self._miss_ffmpeg()
        make_films()
        if time.monotonic() >= self._due:
            delete_what_is_due()
            self._due = time.monotonic() + DAILY_SECONDS

    def _miss_ffmpeg(self) -> None:
        """Said once, not every ten seconds."""
        is_missed = waits_for_ffmpeg()
        if is_missed and not self._is_ffmpeg_missed:
            log.error(
                "Recordings wait to be made into films: ffmpeg is not installed (apt-get install ffmpeg)."
            )
        self._is_ffmpeg_missed = is_missed

    def stop(self) -> None:
        """A film that is being made is left, and made anew at the next start."""
        self._stopping.set()
