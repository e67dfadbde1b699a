"""Words of a person taken out from within issued conclusions; their number, days, leads and the rest of the text stay."""

from typing import Any

from django.db import transaction

from phoihop.accounts.models import User
from phoihop.assignments import following_errors
from phoihop.assignments.models import Assignment, Conclusion
from phoihop.assignments.permissions import can_redact_assignments
from phoihop.assignments.sealing import Place, every_place_of
from phoihop.audit.actions import record
from phoihop.audit.models import WordSeal
from phoihop.audit.words import TAKEN_OUT, is_taken_out, seal_alike, seal_words, take_out
from phoihop.core import storage
from phoihop.core.text import SHORTEST_PASSAGE, nfc, struck

from .guards import require_reason


def passage(words: str) -> str:
    """As it is looked for. Raises: DomainError where it is too short to be told from others."""
    said = " ".join(nfc(words).split())
    if len(said) < SHORTEST_PASSAGE:
        raise following_errors.too_few_words(said, SHORTEST_PASSAGE)
    return said


@transaction.atomic
def strike_issued_words(
    *, conclusion: Conclusion, words: str, reason: str, by: User | None
) -> list[WordSeal]:
    """Out of its title, its paragraphs and the assignments given by it. The seal of a text that lost words is a
    tombstone; what is left is sealed anew.

    Raises: NotAllowed; Conflict for a draft, whose texts are taken out whole; DomainError without a reason, for too
    few words, or for words that stand nowhere in it.
    """
    if not can_redact_assignments(by):
        raise following_errors.only_the_centre_redacts()
    why, said = require_reason(reason), passage(words)
    locked = Conclusion.objects.select_for_update(of=("self",)).get(pk=conclusion.pk)
    if locked.is_draft:
        raise following_errors.draft_is_taken_out_whole(locked)
    found = [
        (place, row)
        for place in every_place_of(locked)
        for row in place.rows({locked.pk})
        if struck(getattr(row, place.field), said, TAKEN_OUT) != getattr(row, place.field)
    ]
    if not found:
        raise following_errors.words_not_found(locked)
    taken, left = [], set()
    for place, row in found:
        tombstone, anew = _struck(place, row, said, why, by)
        taken.append(tombstone)
        left |= anew
    seals = sorted({seal.digest for seal in taken} | left)
    details = {"places": len(taken), "seals": seals, **seal_alike(taken, "redaction_reason")}
    record("strike_issued_words", locked, by=by, organisation=locked.lead_issuer, details=details)
    transaction.on_commit(storage.empty_journal)
    return taken


def _struck(place: Place, row: Any, said: str, why: str, by: User | None) -> tuple[WordSeal, set[str]]:
    text = struck(getattr(row, place.field), said, TAKEN_OUT)
    tombstone = take_out(row, place.field, reason=why, by=by)
    setattr(row, place.field, text)
    row.save(update_fields=[place.field, *(["words_fold"] if isinstance(row, Assignment) else [])])
    return tombstone, set() if is_taken_out(text) else set(seal_words(row, place.field).values())
