"""Makes the films of closed conferences, one after the other, and deletes those whose day has passed."""

import logging
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from phoihop.conferences.actions.recording import delete_recording, fail_recording, keep_recording
from phoihop.conferences.media.engine import Engine
from phoihop.conferences.media.film import FilmFault, Mark, Piece, make_film, pieces_in
from phoihop.conferences.media.film.making import is_there
from phoihop.conferences.models import Conference, Recording
from phoihop.conferences.queries.recordings import cut_list, past_their_day, to_be_made
from phoihop.core import clock

log = logging.getLogger(__name__)


def make_films(engine: Engine) -> list[Recording]:
    """Where ffmpeg is not installed nothing is given up: the films are made once it is."""
    waiting = list(to_be_made())
    if waiting and not is_there():
        log.error("Recordings wait to be made into films: ffmpeg is not installed (apt-get install ffmpeg).")
        return []
    return [_film(conference, engine) for conference in waiting]


def delete_what_is_due() -> int:
    due = list(past_their_day(clock.today()))
    for recording in due:
        delete_recording(recording=recording)
    return len(due)


def _film(conference: Conference, engine: Engine) -> Recording:
    folder = engine.recordings(conference.slug)
    target = Path(settings.FILES_DIR) / "films" / f"{conference.slug}.webm"
    try:
        pieces = pieces_in(folder)
        if not pieces:
            return fail_recording(
                conference=conference, fault=_("Nobody sent picture or sound while it was recorded.")
            )
        cuts = cut_list(conference, pieces)
        made = make_film(pieces, _marks(conference, cuts), target)
    except (FilmFault, OSError) as fault:
        log.exception("The recording of %s could not be made into a film.", conference.slug)
        return fail_recording(conference=conference, fault=str(fault))
    chapters = [{"seconds": seconds, "item": item} for seconds, item in cuts]
    kept = keep_recording(conference=conference, film=made.path, seconds=made.seconds, chapters=chapters)
    _forget(pieces)
    return kept


def _marks(conference: Conference, cuts: list[tuple[float, int]]) -> list[Mark]:
    titles = dict(conference.items.values_list("pk", "title_vi"))
    return [Mark(seconds, titles[item]) for seconds, item in cuts]


def _forget(pieces: list[Piece]) -> None:
    """The film is safely kept, and nothing else was recorded."""
    for source in (source for piece in pieces for source in piece.media.values()):
        source.path.unlink(missing_ok=True)
