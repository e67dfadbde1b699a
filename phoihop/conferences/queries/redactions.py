"""What may be taken out of a conference, and the tombstones of what was."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from phoihop.conferences.enums import Said
from phoihop.conferences.models import Conference, ConferenceRedaction, ItemDocument, Minutes
from phoihop.conferences.sealing import texts_of


@dataclass(frozen=True, slots=True)
class Text:
    place: str
    pk: int
    label: str
    text: str


def texts_to_redact(conference: Conference) -> Sequence[Text]:
    """The same words of one kind stand once."""
    found: dict[tuple[str, str], Text] = {}
    for said, pk, text in texts_of(conference):
        found.setdefault((said, text), Text(said, pk, str(said.label), text))
    return [*found.values(), *_documents(conference)]


def _documents(conference: Conference) -> list[Text]:
    """Also those taken off the agenda: their files are kept. The very same file stands once."""
    held = ItemDocument.objects.filter(item__conference=conference).exclude(path="").order_by("pk")
    found = {each.sha256: each for each in reversed(held)}
    label = str(Said.DOCUMENT.label)
    return [Text(Said.DOCUMENT, each.pk, label, each.name) for each in reversed(found.values())]


def redactions_of(conference: Conference) -> QuerySet[ConferenceRedaction]:
    """The newest first, an act a line."""
    acts = ConferenceRedaction.objects.filter(conference=conference, minutes__isnull=True)
    return acts.select_related("by")


def redactions_in(minutes: Minutes) -> QuerySet[ConferenceRedaction]:
    """Of a frozen version."""
    return ConferenceRedaction.objects.filter(minutes=minutes)


def label_of(redaction: ConferenceRedaction) -> str:
    return str(Said(redaction.label).label)
