"""What was taken out of words about an assignment, a proposal or conclusions: when and why, never what."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import CharField, Q
from django.db.models.functions import Cast

from phoihop.assignments.sealing import Thing, every_place_of
from phoihop.audit.models import WordSeal


@dataclass(frozen=True, slots=True)
class Tombstone:
    label: str
    seal: WordSeal


def tombstones_on(thing: Thing) -> Iterator[Tombstone]:
    """The newest first, asked for at once."""
    labels: dict[tuple[str, str], str] = {}
    stands = Q()
    for place in every_place_of(thing):
        kind = place.model._meta.label_lower
        labels[kind, place.field] = str(place.words.label)
        keys = place.rows({thing.pk}).order_by().annotate(key=Cast("pk", CharField())).values("key")
        stands |= Q(object_type=kind, field=place.field, object_id__in=keys)
    for seal in WordSeal.objects.filter(stands, redacted_at__isnull=False).order_by("-redacted_at", "-pk"):
        yield Tombstone(labels[seal.object_type, seal.field], seal)
