"""Words people type into rows, under salted hashes: told to the audit log as digests, taken out for good. ADR 0011."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from django.apps import apps
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from phoihop.audit.models import AuditEvent, WordSeal
from phoihop.audit.salted import digest, new_salt
from phoihop.core import clock
from phoihop.core.prepared import insert

TAKEN_OUT = "[…]"  # stands where words were; the same in every language
FILE = "sha256"  # a file stands for its bytes by this field
_MARKED = rf"|{re.escape(TAKEN_OUT)}( \d+)?"  # with a number where two of them must differ
_AT_ONCE = 2_000


def seal_words(row: Model, *fields: str, again: bool = False) -> dict[str, str]:
    """For the details of the act's event: “reason_seal” and the like, of the fields that say something."""
    found: dict[str, str] = {}
    for field in fields:
        found |= seal_alike([row], field, again=again)
    return found


def seal_alike(rows: Sequence[Model], field: str, *, again: bool = False) -> dict[str, str]:
    """Words typed once into several rows have one digest. `again`: they stand where others may have stood."""
    if again:
        for row in rows:
            _standing(row).filter(field=field).delete()
    if not rows or not getattr(rows[0], field):
        return {}
    salt = new_salt()
    told = digest(salt, getattr(rows[0], field))
    insert([WordSeal(**_named(row), field=field, salt=salt, digest=told) for row in rows])
    return {f"{field}_seal": told}


def unseal(rows: Sequence[Model]) -> None:
    """Of rows of one kind that are about to go, with their words; their tombstones stay."""
    if rows:
        held = WordSeal.objects.filter(object_type=_kind(rows[0]), redacted_at__isnull=True)
        held.filter(object_id__in=[str(row.pk) for row in rows]).delete()


def take_out(row: Model, field: str, *, reason: str, by: Any, mark: str = TAKEN_OUT) -> WordSeal:
    """The words are gone from the row, which is not saved yet; a row from before seals is sealed first."""
    seal: WordSeal | None = _standing(row).filter(field=field).first()
    if seal is None:
        seal = WordSeal(**_named(row), field=field, digest=digest(new_salt(), getattr(row, field)))
    setattr(row, field, "" if field == FILE else mark)
    seal.salt, seal.redacted_at, seal.redaction_reason = "", clock.now(), reason
    seal.redacted_by = getattr(by, "username", "") or ""
    seal.save()
    return seal


def is_taken_out(text: str) -> bool:
    return re.fullmatch(_MARKED, text) is not None


def words_told(digests: Iterable[str]) -> dict[str, str]:
    """By the digest an event tells, what the row says; where it was taken out, the mark in its place."""
    seals = {seal.digest: seal for seal in WordSeal.objects.filter(digest__in=set(digests)).order_by("-pk")}
    return {told: _said(seal) for told, seal in seals.items()}


def broken_words() -> Iterator[str]:
    """A sentence for each text or tombstone that is not what its seal, or the audit chain, says."""
    told = _told_by_events()
    seals = WordSeal.objects.order_by("object_type", "pk").iterator(chunk_size=_AT_ONCE)
    for kind, of_kind in groupby(seals, key=lambda each: each.object_type):
        some: list[WordSeal] = []
        for seal in of_kind:
            some.append(seal)
            if len(some) == _AT_ONCE:
                yield from _broken(kind, some, told)
                some = []
        yield from _broken(kind, some, told)


def _broken(kind: str, seals: Sequence[WordSeal], told: set[str]) -> Iterator[str]:
    rows = apps.get_model(kind)._base_manager.in_bulk({each.object_id for each in seals}, field_name="pk")
    said = {str(pk): row for pk, row in rows.items()}
    standing = {(each.object_id, each.field) for each in seals if each.redacted_at is None}
    for seal in seals:
        where = {"kind": kind, "pk": seal.object_id, "field": seal.field}
        text = getattr(said.get(seal.object_id), seal.field, "")
        if seal.redacted_at and not is_taken_out(text) and (seal.object_id, seal.field) not in standing:
            yield _("%(kind)s %(pk)s: %(field)s was taken out and is there") % where
        elif seal.redacted_at is None and digest(seal.salt, text) != seal.digest:
            yield _("%(kind)s %(pk)s: %(field)s is not what was sealed") % where
        if seal.digest not in told:
            yield _("%(kind)s %(pk)s: the seal of %(field)s is not in the audit chain") % where


def _told_by_events() -> set[str]:
    rows = AuditEvent.objects.values_list("details", flat=True).iterator(chunk_size=_AT_ONCE)
    found: set[str] = set()
    for details in rows:
        found |= {str(said) for key, said in details.items() if key.endswith("_seal")}
        found |= set(details.get("seals", ()))
    return found


def _said(seal: WordSeal) -> str:
    rows = apps.get_model(seal.object_type)._base_manager.filter(pk=seal.object_id)
    return str(rows.values_list(seal.field, flat=True).first() or "")


def _standing(row: Model) -> QuerySet[WordSeal]:
    return WordSeal.objects.filter(**_named(row), redacted_at__isnull=True)


def _named(row: Model) -> dict[str, str]:
    return {"object_type": _kind(row), "object_id": str(row.pk)}


def _kind(row: Model) -> str:
    return row._meta.label_lower
