"""record() inside an action's transaction; seal_events() after commit, by one sealer at a time."""

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, QuerySet
from django.utils.translation import gettext as _

from phoihop.audit.models import AuditEvent, AuditSeal
from phoihop.core import clock
from phoihop.core.canonical import canonical
from phoihop.core.prepared import insert

GENESIS = "0" * 64
_BATCH = 2_000
_OUT_OF_ORDER = 10_000  # events of writers side by side may appear below a number already sealed


def event(
    action: str,
    thing: Any,
    *,
    by: Any = None,
    organisation: Any = None,
    details: dict[str, Any] | None = None,
) -> AuditEvent:
    """An unsaved event, for actions that write many at once. `by` is a User or None for the system."""
    return AuditEvent(
        at=clock.now(),
        actor=getattr(by, "username", "") or "",
        organisation=getattr(organisation, "slug", "") or "",
        action=action,
        object_type=thing._meta.label_lower,
        object_id=str(thing.pk),
        details=details or {},
    )


def record(
    action: str,
    thing: Any,
    *,
    by: Any = None,
    organisation: Any = None,
    details: dict[str, Any] | None = None,
) -> AuditEvent:
    """Write one event in the caller's transaction."""
    written = event(action, thing, by=by, organisation=organisation, details=details)
    insert([written])
    return written


def record_many(events: Iterable[AuditEvent]) -> None:
    insert(list(events))


def event_hash(entry: AuditEvent, previous_hash: str) -> str:
    """SHA-256 over the canonical JSON (RFC 8785) of the event and the hash before it."""
    body = {
        "id": str(entry.pk),
        "at": entry.at.isoformat(),
        "actor": entry.actor,
        "organisation": entry.organisation,
        "action": entry.action,
        "object_type": entry.object_type,
        "object_id": entry.object_id,
        "details": entry.details,
        "previous": previous_hash,
    }
    return hashlib.sha256(canonical(body)).hexdigest()


def seal_events() -> int:
    """Chain every unsealed event, oldest first; returns how many. Safe to run again at any time."""
    sealed = 0
    while _unsealed().exists() and (batch := _seal_batch()):
        sealed += batch
    return sealed


def _unsealed() -> QuerySet[AuditEvent]:
    after = AuditSeal.objects.aggregate(last=Max("event_id"))["last"] or 0
    sealed = AuditSeal.objects.filter(event_id=OuterRef("pk"))
    return AuditEvent.objects.filter(~Exists(sealed), pk__gt=after - _OUT_OF_ORDER)


@transaction.atomic
def _seal_batch() -> int:
    """One sealer at a time: whoever waited for the last link looks again which link is the last."""
    AuditSeal.objects.select_for_update().order_by("-pk").first()
    last = AuditSeal.objects.order_by("-pk").first()
    previous = last.hash if last else GENESIS
    links: list[AuditSeal] = []
    for entry in _unsealed().order_by("pk")[:_BATCH]:
        current = event_hash(entry, previous)
        links.append(
            AuditSeal(event_id=entry.pk, previous_hash=previous, hash=current, sealed_at=clock.now())
        )
        previous = current
    AuditSeal.objects.bulk_create(links)
    return len(links)


def broken_links() -> Iterator[str]:
    """A sentence for each place where the chain does not hold; none when it does."""
    events = AuditEvent.objects.in_bulk(field_name="pk")
    previous = GENESIS
    for seal in AuditSeal.objects.order_by("pk").iterator():
        entry = events.get(seal.event_id)
        if entry is None:
            yield _("Audit event %(event)s was removed after it was sealed.") % {"event": seal.event_id}
        elif seal.previous_hash != previous or event_hash(entry, previous) != seal.hash:
            yield _("Audit event %(event)s was changed after it was sealed.") % {"event": seal.event_id}
        previous = seal.hash
