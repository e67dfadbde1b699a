"""What a form file says against itself, and what it names that must exist here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from phoihop.areas.models import Area
from phoihop.areas.queries import area_by_code
from phoihop.core import clock
from phoihop.core.errors import DomainError
from phoihop.core.text import nfc
from phoihop.core.yaml_files import Place, YamlFile
from phoihop.core.yaml_sentences import refused_choice, shown
from phoihop.exchange.form_file.shape import AskItem, ExemptionItem, FormFile
from phoihop.programmes.models import Programme
from phoihop.reports.actions import Ask, Exempt

Item = AskItem | ExemptionItem


@dataclass(frozen=True)
class FormReferences:
    programmes: list[Programme]
    asks: list[Ask]
    exemptions: list[Exempt]


def find_form_references(file: YamlFile, document: FormFile) -> FormReferences:
    """Everything the file names, or its refusal with every fault."""
    for name in ("programmes", "asks"):
        if not getattr(document, name):
            file.blame((name,), _("It is empty: nobody would be asked for anything. Write at least one."))
    programmes = _programmes(file, document.programmes)
    _check_days(file, "asks", document.asks)
    _check_days(file, "exemptions", document.exemptions)
    _check_working_days(file, document)
    asked = [_area(file, ("asks", index, "area"), item) for index, item in enumerate(document.asks)]
    exempt = [
        _area(file, ("exemptions", index, "area"), item) for index, item in enumerate(document.exemptions)
    ]
    _check_repeats(file, document, asked)
    file.refuse_if_faulty()
    return FormReferences(
        programmes,
        [
            Ask(item.level.value, area, item.party.value, item.from_, day_after(item.to))
            for item, area in zip(document.asks, asked, strict=True)
            if area
        ],
        [
            Exempt(area, nfc(item.reason), item.from_, day_after(item.to))
            for item, area in zip(document.exemptions, exempt, strict=True)
            if area
        ],
    )


def day_after(day: date | None) -> date | None:
    return day + timedelta(days=1) if day else None


def _programmes(file: YamlFile, slugs: Sequence[str]) -> list[Programme]:
    known = {programme.slug: programme for programme in Programme.objects.order_by("slug")}
    for index, slug in enumerate(slugs):
        if slug not in known:
            file.blame(("programmes", index), refused_choice(slug, list(known)))
        elif slug in slugs[:index]:
            _blame_repeat(file, ("programmes", index), slug)
    return [known[slug] for slug in slugs if slug in known]


def _area(file: YamlFile, place: Place, item: Item) -> Area | None:
    """By our own key, else by the official code in force on the item's first day (today where it has none)."""
    by_key: Area | None = Area.objects.filter(key=item.area).first()
    if by_key is not None:
        return by_key
    try:
        return area_by_code(item.area, item.from_ or clock.today())
    except DomainError as refusal:
        file.blame(place, str(refusal))
        return None


def _check_days(file: YamlFile, group: str, items: Sequence[Item]) -> None:
    for index, item in enumerate(items):
        if item.from_ and item.to and item.from_ > item.to:
            sentence = _("%(last)s comes before the first day, %(first)s. Correct one of the two days.")
            names = {"last": shown(item.to), "first": shown(item.from_)}
            file.blame((group, index, "to"), sentence % names)


def _check_working_days(file: YamlFile, document: FormFile) -> None:
    asked = list(dict.fromkeys(item.level.value for item in document.asks))
    for level in document.working_days:
        if level.value not in asked:
            file.blame(("working_days", level.value), refused_choice(level.value, asked))


def _check_repeats(file: YamlFile, document: FormFile, areas: Sequence[Area | None]) -> None:
    """The same level, area and party twice on one day would ask for nothing more."""
    for index, item in enumerate(document.asks):
        for other, area in zip(document.asks[:index], areas, strict=False):
            same = (other.level, other.party, area) == (item.level, item.party, areas[index])
            if same and area and _overlap(other, item):
                _blame_repeat(file, ("asks", index), item.area)


def _overlap(one: Item, other: Item) -> bool:
    first = max(one.from_ or date.min, other.from_ or date.min)
    return first <= min(one.to or date.max, other.to or date.max)


def _blame_repeat(file: YamlFile, place: Place, value: str) -> None:
    sentence = _("%(value)s stands twice in this file. Keep one of them.")
    file.blame(place, sentence % {"value": shown(value)})
