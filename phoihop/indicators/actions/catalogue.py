from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from phoihop.audit import actions as audit
from phoihop.core.yaml_files import read_yaml
from phoihop.indicators.checks import check_catalogue
from phoihop.indicators.checks.shapes import CatalogueFile, IndicatorItem
from phoihop.indicators.errors import new_version_needs_a_day, new_version_too_early
from phoihop.indicators.models import Block, Indicator, IndicatorVersion, RefusedTopic
from phoihop.orgs.permissions import AnyUser, require_administering

_SAME_NAME = (
    "name_vi", "name_en", "unit_vi", "unit_en", "definition_vi", "definition_en",
    "factor", "decimals", "source",
)  # fmt: skip


@dataclass(frozen=True)
class CatalogueLoaded:
    created: int
    new_versions: list[str]
    changed: int  # blocks, refused topics, order and block of indicators

    @property
    def is_nothing(self) -> bool:
        return not (self.created or self.new_versions or self.changed)


@transaction.atomic
def load_indicators(
    *, file: Path, valid_from: date | None = None, by: AnyUser | None = None
) -> CatalogueLoaded:
    """New indicators hold from always; a changed one becomes its next version, in force from `valid_from`."""
    require_administering(by)
    source = read_yaml(file)
    content = source.checked(CatalogueFile)
    check_catalogue(source, content)
    changed = _save_frame(content)
    identities, created = _save_identities(content.indicators)
    new_versions = _save_versions(content.indicators, identities, valid_from)
    loaded = CatalogueLoaded(len(created), new_versions, changed)
    if not loaded.is_nothing:
        first = identities[content.indicators[0].code]
        details = {"file": file.name, "created": created, "new_versions": new_versions, "changed": changed}
        audit.record("load_indicators", first, by=by, details=details)
    return loaded


def _save_frame(content: CatalogueFile) -> int:
    """Blocks and refused topics: words on a page, without versions."""
    changed = 0
    for order, block in enumerate(content.blocks):
        changed += _put(
            Block, {"code": block.code}, {"name_vi": block.name_vi, "name_en": block.name_en, "order": order}
        )
    for topic in content.refused:
        changed += _put(RefusedTopic, {"code": topic.code}, topic.model_dump(exclude={"code"}))
    return changed


def _put(model: Any, key: dict[str, Any], values: dict[str, Any]) -> int:
    """1 where a row was written, 0 where it already said the same."""
    if model.objects.filter(**key, **values).exists():
        return 0
    model.objects.update_or_create(**key, defaults=values)
    return 1


def _save_identities(items: Iterable[IndicatorItem]) -> tuple[dict[str, Indicator], list[str]]:
    known = {indicator.code: indicator for indicator in Indicator.objects.all()}
    created = []
    for order, item in enumerate(items):
        values = {"block": item.block, "order": order, "is_core": item.core}
        indicator = known.get(item.code)
        if indicator is None:
            created.append(item.code)
        if indicator is None or any(getattr(indicator, field) != value for field, value in values.items()):
            known[item.code], _ = Indicator.objects.update_or_create(code=item.code, defaults=values)
    return known, created


def _save_versions(
    items: Iterable[IndicatorItem], identities: dict[str, Indicator], valid_from: date | None
) -> list[str]:
    latest = {version.indicator_id: version for version in IndicatorVersion.objects.order_by("number")}
    changed: list[tuple[IndicatorVersion, dict[str, Any]]] = []
    for item in items:
        indicator, values = identities[item.code], _values(item, identities)
        version = latest.get(indicator.pk)
        if version is None:
            IndicatorVersion.objects.create(indicator=indicator, **values)
        elif any(getattr(version, field) != value for field, value in values.items()):
            changed.append((version, values))
    codes = [
        identity.code
        for identity in identities.values()
        if identity.pk in {v.indicator_id for v, _ in changed}
    ]
    if changed and valid_from is None:
        raise new_version_needs_a_day(codes)
    for version, values in changed:
        _follow(version, values, valid_from)
    return codes


def _follow(version: IndicatorVersion, values: dict[str, Any], day: date | None) -> None:
    """The next version takes over on that day; the one before stays as it was used."""
    if day is None or (version.valid_from is not None and day <= version.valid_from):
        raise new_version_too_early(version.indicator.code, day, version.valid_from)
    version.valid_until = day
    version.save(update_fields=["valid_until"])
    IndicatorVersion.objects.create(
        indicator_id=version.indicator_id, number=version.number + 1, valid_from=day, **values
    )


def _values(item: IndicatorItem, identities: dict[str, Indicator]) -> dict[str, Any]:
    values: dict[str, Any] = {field: getattr(item, field) for field in _SAME_NAME}
    return values | {
        "kind": item.kind.value,
        "window": item.window.value,
        "levels": [level.value for level in item.levels],
        "over_time": item.rules.time.value,
        "over_units": item.rules.units.value,
        "over_parties": item.rules.parties.value,
        "numerator_id": identities[item.numerator].pk if item.numerator else None,
        "denominator_id": identities[item.denominator].pk if item.denominator else None,
        "direction": item.direction.value,
        "persons": item.persons.value,
        "plausible": {level.value: [_whole(end) for end in ends] for level, ends in item.range.items()},
        "plausible_source": item.range_source,
        "counting_party": {level.value: party.value for level, party in item.counting_party.items()},
        "asked_of": {level.value: [party.value for party in asked] for level, asked in item.asked_of.items()},
    }


def _whole(number: float) -> int | float:
    return int(number) if float(number).is_integer() else number
