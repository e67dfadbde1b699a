"""A person's data taken out of a conference for good: rows, log, display, minutes and the files made of them."""

import hashlib
import json
from collections.abc import Mapping
from functools import partial
from typing import Any

import rfc8785
from django.db import transaction

from phoihop.accounts.models import User
from phoihop.audit.actions import record
from phoihop.audit.models import WordSeal
from phoihop.audit.words import TAKEN_OUT, seal_alike, take_out
from phoihop.conferences import redaction_errors as errors
from phoihop.conferences.actions.changing import Change, changing
from phoihop.conferences.actions.minutes import files_of
from phoihop.conferences.actions.redacting_files import take_files
from phoihop.conferences.enums import Said
from phoihop.conferences.minutes import draft_of
from phoihop.conferences.minutes.facts import moved
from phoihop.conferences.models import (
    Conference,
    ConferenceRedaction,
    ItemDocument,
    Minutes,
    MinutesFile,
    RegisteredSpeech,
)
from phoihop.conferences.permissions import Act, Attendee
from phoihop.conferences.queries.log import log_hash
from phoihop.conferences.sealing import SHOWN, alike, replaced, text_at, without
from phoihop.core import clock, storage
from phoihop.core.text import SHORTEST_PASSAGE, nfc, struck
from phoihop.reports.permissions import can_redact

LONGEST = 500
Contexts = dict[int, str]  # by number of the frozen minutes, what they say once the words are gone
Files = Mapping[int, list[MinutesFile]]
Drafts = Mapping[int, dict[str, Any]]  # by minutes, as the log told them before


def redact_said(
    *, conference: Conference, place: str, pk: int, reason: str, by: User | None
) -> list[ConferenceRedaction]:
    """A whole text, wherever the conference says the same; the minutes lose it from within their text too.

    Raises: NotAllowed; DomainError without a reason, or where nothing stands at that place.
    """
    if place == Said.DOCUMENT:
        held = ItemDocument.objects.filter(item__conference=conference, pk=pk).first()
        if held is None:
            raise errors.nothing_to_redact(place)
        return redact_document(document=held, reason=reason, by=by)
    why = _admitted(reason, by)
    words = text_at(conference, place, pk)
    if not words:
        raise errors.nothing_to_redact(place)
    return _redact(conference, Said(place), words, why, by)


def redact_document(*, document: ItemDocument, reason: str, by: User | None) -> list[ConferenceRedaction]:
    """A file of the agenda, wherever the conference has the very same: its bytes, its pages and its name, off the
    screens at once. Its hash stays in the log.
    """
    why = _admitted(reason, by)
    held = ItemDocument.objects.select_related("item__conference").get(pk=document.pk)
    if not held.path:
        raise errors.nothing_to_redact(Said.DOCUMENT)
    return _redact(held.item.conference, Said.DOCUMENT, held.name, why, by, held.sha256)


def redact_minutes_words(
    *, conference: Conference, words: str, reason: str, by: User | None
) -> list[ConferenceRedaction]:
    """Words a person found in the minutes, out of every version; what else says exactly the same goes too."""
    why, said = _admitted(reason, by), " ".join(nfc(words).split())
    if len(said) < SHORTEST_PASSAGE:
        raise errors.too_few_words(said, SHORTEST_PASSAGE)
    if not any(
        struck(text, said, TAKEN_OUT) != text for each in conference.minutes.all() for text in _edits(each)
    ):
        raise errors.not_in_the_minutes(conference)
    return _redact(conference, Said.MINUTES, said, why, by)


def _redact(
    conference: Conference, place: Said, words: str, why: str, by: User | None, file: str = ""
) -> list[ConferenceRedaction]:
    """file: the hash of one whose bytes go too. Rehearsed first, and undone: the files of the minutes are made before anyone has to wait for them."""
    with transaction.atomic():
        contexts = _applied(conference, place, words, why, by, {}, file)[0]
        transaction.set_rollback(True)
    files = {number: list(files_of(conference.slug, json.loads(told))) for number, told in contexts.items()}
    with transaction.atomic():
        again, left = _applied(conference, place, words, why, by, files, file)
        if again.keys() != contexts.keys():
            raise errors.changed_meanwhile(conference)
        transaction.on_commit(storage.empty_journal)
    return left


def _applied(
    conference: Conference, place: Said, words: str, why: str, by: User | None, files: Files, file: str
) -> tuple[Contexts, list[ConferenceRedaction]]:
    attendee = Attendee(user=by, acts=frozenset({Act.REDACT})) if by is not None else None
    with changing(conference, Act.REDACT, attendee) as change:
        mark = _mark(change.conference, words)
        before = {each.pk: draft_of(change.conference, each.last_seq) for each in conference.minutes.all()}
        taken = _take_rows(change.conference, words, mark, why, by)
        if file:
            taken += take_files(change, file, why, by)
        _rewrite_log(change, words, mark)
        change.tell("redact_words", shows=(*SHOWN, "agenda"))
        told = ConferenceRedaction(
            conference=change.conference, label=place, at=clock.now(), by=by, reason=why,
            log_hashes=_hashes(change.conference),
        )  # fmt: skip
        told.save()
        contexts, of_minutes = _rewrite_minutes(told, words, mark, files, before)
        _record(told, of_minutes, taken, by)
    return contexts, [told, *of_minutes]


def _take_rows(conference: Conference, words: str, mark: str, why: str, by: User | None) -> list[WordSeal]:
    taken = []
    for place, row in alike(conference, words):
        taken.append(take_out(row, place.field, reason=why, by=by, mark=mark))
        row.save(update_fields=[place.field])
    return taken


def _mark(conference: Conference, words: str) -> str:
    """Two speeches of one delegation never bear the same title, not even when both were taken out."""
    titled = conference.speeches.filter(title_vi=words).values("delegation")
    there = set(RegisteredSpeech.objects.filter(delegation__in=titled).values_list("title_vi", flat=True))
    marks = (TAKEN_OUT if number == 1 else f"{TAKEN_OUT} {number}" for number in range(1, len(there) + 2))
    return next(mark for mark in marks if mark not in there)


def _rewrite_log(change: Change, words: str, mark: str) -> None:
    """Patches still add up to the display: its rows lost the same words."""
    conference, left = change.conference, without(words, mark)
    for event in conference.events.order_by("seq").iterator(chunk_size=2_000):
        payload, patch = left(event)
        if (payload, patch) != (event.payload, event.patch):
            conference.events.filter(pk=event.pk).update(payload=payload, patch=patch)
    hall = replaced(conference.hall, words, mark)
    if hall != conference.hall:
        conference.hall = hall
        conference.save(update_fields=["hall"])


def _hashes(conference: Conference) -> dict[str, str]:
    """At each number of the log that minutes or a result of a vote were drawn from."""
    kept = {each.last_seq for each in conference.minutes.all()}
    results = conference.votes.exclude(result=None).values_list("result", flat=True)
    kept |= {result["log"]["seq"] for result in results if result}
    return {str(seq): log_hash(conference, seq) for seq in sorted(kept)}


def _rewrite_minutes(
    redaction: ConferenceRedaction, words: str, mark: str, files: Files, before: Drafts
) -> tuple[Contexts, list[ConferenceRedaction]]:
    """Drafts are drawn anew. A frozen version changes where the words stood in it and nowhere else; it keeps its
    hashes, and its tombstone tells the new one.
    """
    contexts: Contexts = {}
    found = []
    for held in redaction.conference.minutes.select_for_update():
        kept = (held.drafted, held.edited)
        held.edited = _without(held.edited, words, mark)
        now = draft_of(redaction.conference, held.last_seq)
        if held.frozen_at is None:
            held.drafted, held.log_hash = now, now["log"]["hash"]
            held.save(update_fields=["drafted", "edited", "log_hash"])
            continue
        same_log = {"log": before[held.pk]["log"]}
        held.drafted = moved(held.drafted, before[held.pk], {**now, **same_log})
        if (held.drafted, held.edited) != kept:
            held.drafted = {**held.drafted, "log": now["log"]}
            contexts[held.number] = _rewrite_frozen(held)
            found.append(_tombstone(redaction, held))
            _renew(held, files.get(held.number, []))
    return contexts, found


def _rewrite_frozen(held: Minutes) -> str:
    context = {**json.loads(held.context), "draft": held.drafted, "edited": held.edited}
    held.context = rfc8785.dumps(context).decode()
    held.save(update_fields=["drafted", "edited", "context"])
    return held.context


def _tombstone(redaction: ConferenceRedaction, held: Minutes) -> ConferenceRedaction:
    return ConferenceRedaction.objects.create(
        conference=redaction.conference, minutes=held, label=redaction.label, at=redaction.at, by=redaction.by,
        reason=redaction.reason, context_hash=hashlib.sha256(held.context.encode()).hexdigest(),
    )  # fmt: skip


def _renew(held: Minutes, made: list[MinutesFile]) -> None:
    """Each document gives its place to the one made anew; its bytes go after the commit."""
    for each in made:
        kept = held.files.get(kind=each.kind, language=each.language)
        transaction.on_commit(partial(storage.forget_unused, kept.path))
        kept.path, kept.sha256, kept.size_bytes = each.path, each.sha256, each.size_bytes
        kept.save(update_fields=["path", "sha256", "size_bytes"])


def _record(
    told: ConferenceRedaction, of_minutes: list[ConferenceRedaction], taken: list[WordSeal], by: User | None
) -> None:
    """Who, when, at which place, and the hashes as they now are; the reason under its seal."""
    sealed = seal_alike([told, *of_minutes], "reason") | seal_alike(taken, "redaction_reason")
    details: dict[str, Any] = {
        "place": told.label,
        "seals": sorted({seal.digest for seal in taken}),
        "log": told.log_hashes,
        "minutes": {str(each.minutes.number): each.context_hash for each in of_minutes if each.minutes},
        **sealed,
    }
    record("redact_words", told.conference, by=by, details=details)


def _without(edited: Mapping[str, Mapping[str, str]], words: str, mark: str) -> dict[str, dict[str, str]]:
    return {
        part: {lang: struck(text, words, mark) for lang, text in texts.items()}
        for part, texts in edited.items()
    }


def _edits(minutes: Minutes) -> list[str]:
    return [text for texts in minutes.edited.values() for text in texts.values()]


def _admitted(reason: str, by: User | None) -> str:
    if not can_redact(by):
        raise errors.only_the_centre_redacts()
    why = nfc(reason.strip())
    if not why or len(why) > LONGEST:
        raise errors.reason_needed(LONGEST)
    return why
