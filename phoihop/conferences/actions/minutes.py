"""Minutes: drafted from the log, edited by people, frozen with their files. A frozen version never changes."""

import hashlib
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import rfc8785
from django.db import transaction
from django.db.models import Max

from phoihop.audit.actions import record
from phoihop.conferences import errors
from phoihop.conferences.enums import ConferenceState
from phoihop.conferences.minutes import draft_of
from phoihop.conferences.minutes.document import document_of
from phoihop.conferences.minutes.parts import edited_in_one
from phoihop.conferences.models import Conference, Minutes, MinutesFile
from phoihop.conferences.permissions import Act, Attendee
from phoihop.core import clock, storage
from phoihop.core.text import nfc
from phoihop.reviews.render.labels import Language

LANGUAGES: tuple[Language, ...] = ("vi", "en")
LONGEST = 20_000  # of one part


@transaction.atomic
def draft_minutes(*, conference: Conference, by: Attendee | None) -> Minutes:
    """From the log as it is now. Drafted again while a draft stands: its facts are new, what people wrote stays."""
    _require(conference, by)
    locked = Conference.objects.select_for_update().get(pk=conference.pk)
    draft = draft_of(locked, locked.last_seq)
    standing = locked.minutes.filter(frozen_at__isnull=True).first()
    held = standing or Minutes(conference=locked, number=_next_number(locked))
    held.drafted, held.last_seq, held.log_hash = draft, locked.last_seq, draft["log"]["hash"]
    held.drafted_at, held.drafted_by = clock.now(), by.user if by else None
    held.save()
    _told("draft_minutes", held, by)
    return held


@transaction.atomic
def edit_minutes(*, minutes: Minutes, part: str, texts: dict[str, str], by: Attendee | None) -> Minutes:
    """texts: by language; an empty one lets the log's own words stand again."""
    _require(minutes.conference, by)
    locked = _open(minutes)
    written = {language: nfc(text.strip()) for language, text in texts.items() if text.strip()}
    if any(len(text) > LONGEST for text in written.values()):
        raise errors.too_long(LONGEST)
    locked.edited = {**locked.edited, part: written} if written else _without(locked.edited, part)
    locked.save(update_fields=["edited"])
    _told("edit_minutes", locked, by, part=part)
    minutes.refresh_from_db()
    return minutes


def freeze_minutes(*, minutes: Minutes, by: Attendee | None, confirmed: bool = False) -> Minutes:
    """After the conference was closed. The files are on disk before the transaction begins.

    Raises: Conflict while in session, where they are frozen already, where the log went on since they were drafted,
    or where a part was edited in one language only and that was not confirmed.
    """
    _require(minutes.conference, by)
    held = Minutes.objects.select_related("conference").get(pk=minutes.pk)
    _require_ready(held)
    if not confirmed and (parts := edited_in_one(held.drafted, held.edited, "vi")):
        raise errors.edited_in_one_language([title for title, _language in parts])
    frozen_at = clock.now()
    context = context_of(held, frozen_at)
    files = list(files_of(held.conference.slug, context))
    with transaction.atomic():
        locked = _open(minutes)
        _require_ready(locked)
        if locked.edited != held.edited or locked.log_hash != held.log_hash:
            raise errors.minutes_changed(locked)
        body = rfc8785.dumps(context)
        locked.context, locked.context_hash = body.decode(), hashlib.sha256(body).hexdigest()
        locked.frozen_at, locked.frozen_by = frozen_at, by.user if by else None
        locked.save()
        for each in files:
            each.minutes, each.added_at = locked, frozen_at
        MinutesFile.objects.bulk_create(files)
        _told("freeze_minutes", locked, by, context=locked.context_hash)
    minutes.refresh_from_db()
    return minutes


def context_of(minutes: Minutes, frozen_at: datetime) -> dict[str, Any]:
    return {
        "document": document_of(minutes.conference, clock.day_of(frozen_at)),
        "draft": minutes.drafted,
        "edited": minutes.edited,
        "frozen_at": frozen_at.isoformat(),
        "number": minutes.number,
    }


def files_of(slug: str, context: dict[str, Any]) -> Iterator[MinutesFile]:
    """Word and PDF in both languages, on disk; their rows not saved yet."""
    from phoihop.conferences.minutes.plan import minutes_plan
    from phoihop.reviews.render.docx import write as write_docx
    from phoihop.reviews.render.pdf import write as write_pdf

    for language in LANGUAGES:
        plan = minutes_plan(context, language)
        for kind, write in (("docx", write_docx), ("pdf", write_pdf)):
            content = write(plan)
            sha256, path = storage.keep(content)
            name = f"bien-ban-{slug}-{context['number']}-{language}.{kind}"
            yield MinutesFile(
                kind=kind, language=language, name=name, path=path, sha256=sha256, size_bytes=len(content)
            )


def _require(conference: Conference, by: Attendee | None) -> None:
    if by is not None and not by.may(Act.WRITE_MINUTES):
        raise errors.may_not(Act.WRITE_MINUTES, conference)


def _require_ready(minutes: Minutes) -> None:
    if minutes.conference.state != ConferenceState.CLOSED:
        raise errors.not_closed_yet(minutes.conference)
    if minutes.frozen_at is not None:
        raise errors.minutes_frozen(minutes)
    if minutes.last_seq != minutes.conference.last_seq:
        raise errors.log_went_on(minutes)


def _open(minutes: Minutes) -> Minutes:
    locked: Minutes = (
        Minutes.objects.select_for_update(of=("self",)).select_related("conference").get(pk=minutes.pk)
    )
    if locked.frozen_at is not None:
        raise errors.minutes_frozen(locked)
    return locked


def _next_number(conference: Conference) -> int:
    return (conference.minutes.aggregate(last=Max("number"))["last"] or 0) + 1


def _without(edited: dict[str, Any], part: str) -> dict[str, Any]:
    return {key: value for key, value in edited.items() if key != part}


def _told(action: str, minutes: Minutes, by: Attendee | None, **details: Any) -> None:
    record(
        action,
        minutes,
        by=by,
        details={"conference": minutes.conference.slug, "number": minutes.number, **details},
    )
