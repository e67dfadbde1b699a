"""Makes the films of closed conferences, one after the other; deletes them, and what they were made of, on their day."""

import logging
import shutil
from pathlib import Path

from django.conf import settings
from django.db import Error as DatabaseFault
from django.utils.translation import gettext_noop

from phoihop.conferences.actions.recording import (
    delete_recording,
    drop_recording,
    fail_recording,
    keep_recording,
)
from phoihop.conferences.enums import RecordingState
from phoihop.conferences.media.choice import engine, recordings
from phoihop.conferences.media.film import FilmFault, Mark, began, make_film, pieces_in, within
from phoihop.conferences.media.film.making import is_there
from phoihop.conferences.models import Conference, Recording
from phoihop.conferences.queries.recordings import (
    cut_list,
    last_day_of,
    once_recorded,
    past_their_day,
    recorded_until,
    spans_open,
    to_be_made,
)
from phoihop.core import clock

NOTHING_SENT = gettext_noop("Nobody sent picture or sound while it was recorded.")
NO_FILM = gettext_noop(
    "The program that makes films (ffmpeg) stopped with a fault; the server's log tells more."
)
NOT_WRITTEN = gettext_noop(
    "The film could not be written: its disk may be full. The server's log tells more."
)
UNREADABLE = gettext_noop("What was recorded cannot be read; the server’s log says why.")

log = logging.getLogger(__name__)


def make_films() -> list[Recording]:
    return [_film(conference) for conference in _waiting()] if is_there() else []


def waits_for_ffmpeg() -> bool:
    """Nothing is given up: the films are made once it is installed."""
    return not is_there() and bool(_waiting())


def _waiting() -> list[Conference]:
    """Also those recorded here before picture and sound were turned off; what another machine recorded is that one's."""
    if engine() is not None:
        return list(to_be_made())
    return [each for each in to_be_made(is_written=False) if recordings(each.slug).is_dir()]


def delete_what_is_due() -> int:
    """Films, and what was recorded and became none, in whatever state it was left."""
    due = list(past_their_day(clock.today()))
    for recording in due:
        delete_recording(recording=recording)
    return len(due) + sum(_swept(conference) for conference in once_recorded())


def _swept(conference: Conference) -> bool:
    """A film that is kept, or was deleted, leaves nothing beside it: the process may have been killed in between."""
    folder = recordings(conference.slug)
    held = getattr(conference, "recording", None)
    if not folder.is_dir():
        return False
    if held is not None and held.state in {RecordingState.MADE, RecordingState.DELETED}:
        shutil.rmtree(folder)
        return False
    last = max([recorded_until(conference), *(began(each) for each in folder.glob("*Z-*.mjr"))])
    if last_day_of(conference, last) >= clock.today():
        return False
    shutil.rmtree(folder)
    drop_recording(conference=conference)
    return True


def _film(conference: Conference) -> Recording:
    """One that cannot be made is said on its page, and the next is made all the same."""
    folder = recordings(conference.slug)
    target = Path(settings.FILES_DIR) / "films" / f"{conference.slug}.webm"
    try:
        pieces = within(pieces_in(folder), spans_open(conference))
        if not pieces:
            return fail_recording(conference=conference, fault=NOTHING_SENT)
        cuts = cut_list(conference, pieces)
        made = make_film(pieces, _marks(conference, cuts), target)
    except DatabaseFault:
        raise  # of this moment, not of what was recorded: it is tried again
    except Exception as fault:
        log.exception("The recording of %s could not be made into a film.", conference.slug)
        return fail_recording(conference=conference, fault=_told(fault))
    chapters = [{"seconds": seconds, "item": item} for seconds, item in cuts]
    kept = keep_recording(conference=conference, film=made.path, seconds=made.seconds, chapters=chapters)
    shutil.rmtree(folder)
    return kept


def _told(fault: Exception) -> str:
    """For the page, which says it in its reader's language; what the program or the disk said stands in the log."""
    match fault:
        case FilmFault():
            return NO_FILM
        case OSError():
            return NOT_WRITTEN
    return UNREADABLE


def _marks(conference: Conference, cuts: list[tuple[float, int]]) -> list[Mark]:
    titles = dict(conference.items.values_list("pk", "title_vi"))
    return [Mark(seconds, titles[item]) for seconds, item in cuts]
