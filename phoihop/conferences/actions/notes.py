"""Lines from a site to the presidium, seen there only."""

from phoihop.conferences import errors, presence_errors
from phoihop.conferences.actions.changing import changing
from phoihop.conferences.enums import ConferenceState
from phoihop.conferences.models import PresidiumNote, Site
from phoihop.conferences.permissions import Act, Attendee
from phoihop.core import clock
from phoihop.core.files import is_secrecy_mark
from phoihop.core.text import nfc

LONGEST = 500  # characters


def write_note(*, site: Site, text: str, by: Attendee | None, key: str = "") -> PresidiumNote:
    """Raises: DomainError where it is empty, too long, or carries a State secrecy mark on a line of its own."""
    said = nfc(text.strip())
    with changing(site.conference, Act.WRITE_NOTE, by, key=key) as change:
        if by is not None and (by.site is None or by.site.pk != site.pk):
            raise errors.not_your_site(site)
        if change.conference.state == ConferenceState.CLOSED:
            raise errors.is_closed(change.conference)
        _refuse(said)
        written = PresidiumNote.objects.create(site=site, text=said, at=clock.now())
        change.tell("write_note", thing=written, shows=("notes",), note=written.pk, site=site.slug)
    return written


def read_note(*, note: PresidiumNote, by: Attendee | None, key: str = "") -> PresidiumNote:
    """One of the presidium has read it; a second reader changes nothing."""
    with changing(note.site.conference, Act.SEE_PRESIDIUM_PART, by, key=key) as change:
        current = PresidiumNote.objects.get(pk=note.pk)
        if current.read_at is None:
            current.read_at, current.read_by = clock.now(), change.user
            current.save(update_fields=["read_at", "read_by"])
            change.tell("read_note", thing=current, shows=("notes",), note=current.pk)
    return current


def _refuse(text: str) -> None:
    if not text:
        raise presence_errors.note_empty()
    if len(text) > LONGEST:
        raise presence_errors.note_too_long(len(text), LONGEST)
    if any(is_secrecy_mark(line) for line in text.splitlines()):
        raise presence_errors.note_secret()
