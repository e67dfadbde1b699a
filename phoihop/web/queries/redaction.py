"""The texts and files of a report that may be taken out, once each, and the tombstones of those that were."""

from collections.abc import Sequence
from dataclasses import dataclass

from phoihop.core.templatetags.states import narrativepart
from phoihop.reports.enums import TextPlace
from phoihop.reports.models import Report, TextSeal
from phoihop.reports.sealing import texts_of


@dataclass(frozen=True, slots=True)
class SealedText:
    version: int  # pk of the newest version that has it
    place: str
    key: str
    label: str
    text: str
    numbers: Sequence[int]  # of the versions that say the same


def sealed_texts(report: Report) -> list[SealedText]:
    """Newest first; the same words at the same place in several versions are one."""
    found: dict[tuple[str, str, str], SealedText] = {}
    versions = report.versions.prefetch_related("seals", "waivers", "attachments").order_by("-number")
    for version in versions:
        said = texts_of(version, version.waivers.all())
        names = {str(each.pk): each.name for each in version.attachments.all() if each.path}
        for seal in version.seals.all():
            text = (
                names.get(seal.key, "")
                if seal.place == TextPlace.ATTACHMENT
                else said.get((seal.place, seal.key), "")
            )
            if seal.standing is None or not text:
                continue
            same = found.get((seal.place, seal.key, text))
            numbers = [*same.numbers, version.number] if same else [version.number]
            newest = same.version if same else version.pk
            found[seal.place, seal.key, text] = SealedText(
                newest, seal.place, seal.key, label_of(seal), text, numbers
            )
    return list(found.values())


def tombstones(report: Report) -> list[TextSeal]:
    rows = TextSeal.objects.filter(version__report=report, redacted_at__isnull=False)
    return list(rows.select_related("version", "redacted_by").order_by("-redacted_at", "version__number"))


def label_of(seal: TextSeal) -> str:
    place = str(TextPlace(seal.place).label)
    key = narrativepart(seal.key) if seal.place == TextPlace.NARRATIVE else seal.key.rpartition(":")[2]
    return f"{place}: {key}" if seal.place != TextPlace.ATTACHMENT else place
