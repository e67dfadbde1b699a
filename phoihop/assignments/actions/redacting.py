"""Taking a person's data out of what was typed about an assignment, a proposal or draft conclusions, for good."""

from functools import partial
from typing import Any

from django.db import transaction

from phoihop.accounts.models import User
from phoihop.assignments import following_errors
from phoihop.assignments.enums import Words
from phoihop.assignments.models import Assignment, Conclusion, Progress
from phoihop.assignments.permissions import can_redact_assignments
from phoihop.assignments.sealing import Place, Thing, alike, passed_alike, texts_of
from phoihop.audit.actions import record
from phoihop.audit.models import WordSeal
from phoihop.audit.words import FILE, seal_alike, take_out
from phoihop.core import storage

from .guards import require_reason


def words_at(thing: Thing, place: str, pk: int) -> str:
    """What stands there; of a file, its hash. Empty: nothing does."""
    return next(
        (getattr(row, each.field) for each, row in texts_of(thing) if (each.words, row.pk) == (place, pk)), ""
    )


@transaction.atomic
def redact_assigned_words(
    *, thing: Thing, place: str, pk: int, reason: str, by: User | None
) -> list[WordSeal]:
    """Out of every place about the same thing that says the same; days, states and organisations stay.

    Raises: NotAllowed; DomainError without a reason, or where nothing stands at that place.
    """
    if not can_redact_assignments(by):
        raise following_errors.only_the_centre_redacts()
    why = require_reason(reason)
    locked: Thing = type(thing)._default_manager.select_for_update(of=("self",)).get(pk=thing.pk)
    text = words_at(locked, place, pk)
    if not text:
        raise following_errors.nothing_to_redact(place)
    found = list(alike(locked, text))
    if place in {Words.PASSING, Words.FORWARDING}:
        found += passed_alike(place, pk, found)
    taken = [_taken(each, row, why, by) for each, row in found]
    told = {"place": place, "places": len(taken), "seals": sorted({seal.digest for seal in taken})}
    details = told | seal_alike(taken, "redaction_reason")
    record("redact_assigned_words", locked, by=by, organisation=_organisation(locked), details=details)
    transaction.on_commit(storage.empty_journal)
    return taken


def _taken(place: Place, row: Any, why: str, by: User | None) -> WordSeal:
    seal = take_out(row, place.field, reason=why, by=by)
    fields = [place.field, *(["words_fold"] if isinstance(row, Assignment) else [])]
    if isinstance(row, Progress) and place.field == FILE:
        transaction.on_commit(partial(storage.forget_unused, row.path))
        row.path = row.name = row.media_type = ""
        fields += ["path", "name", "media_type"]
    row.save(update_fields=fields)
    return seal


def _organisation(thing: Thing) -> Any:
    if isinstance(thing, Assignment):
        return thing.giver
    return thing.lead_issuer if isinstance(thing, Conclusion) else thing.receiver
