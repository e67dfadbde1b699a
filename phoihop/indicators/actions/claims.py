from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from phoihop.areas.enums import Level
from phoihop.areas.models import Area, AreaParent
from phoihop.audit import actions as audit
from phoihop.core.text import nfc
from phoihop.core.yaml_files import YamlFile, read_yaml
from phoihop.core.yaml_sentences import shown
from phoihop.indicators.checks import check_claims
from phoihop.indicators.checks.shapes import ClaimArea, ClaimItem, ClaimsFile
from phoihop.indicators.models import Claim, Indicator, RefusedTopic, Source
from phoihop.orgs.permissions import AnyUser, require_administering
from phoihop.periods import format_day

# A day on which the map of 63, or of 34 provinces was in force.
_DAY_OF_MAP = {63: date(2025, 6, 30), 34: date(2025, 7, 1)}
_DOWN = (Level.PROVINCE, Level.DISTRICT, Level.COMMUNE)


@dataclass(frozen=True)
class ClaimsLoaded:
    created: int
    changed: int


@transaction.atomic
def load_claims(*, file: Path, by: AnyUser | None = None) -> ClaimsLoaded:
    """Published figures with their sources. A claim already here is corrected in place: it is a transcription."""
    require_administering(by)
    source = read_yaml(file)
    content = source.checked(ClaimsFile)
    indicators = {indicator.code: indicator for indicator in Indicator.objects.all()}
    check_claims(source, content, indicators=indicators, topics=RefusedTopic.objects.all())
    areas = _areas(source, content)
    source.refuse_if_faulty()
    sources = _save_sources(content)
    created = changed = 0
    for claim in content.claims:
        indicator = indicators[claim.indicator] if claim.indicator else None
        made, altered = _save(claim, areas[claim.id], indicator, [sources[code] for code in claim.source])
        created, changed = created + made, changed + altered
    if created or changed:
        nation = Area.objects.filter(level=Level.NATION).first() or next(iter(areas.values()))
        details = {"file": file.name, "created": created, "changed": changed}
        audit.record("load_claims", nation, by=by, details=details)
    return ClaimsLoaded(created, changed)


def _areas(file: YamlFile, content: ClaimsFile) -> dict[str, Area]:
    """The area of each claim, by official name and level inside the one above; what is not unique is a fault."""
    found: dict[str, Area] = {}
    for index, claim in enumerate(content.claims):
        area, sentence = _resolve(claim.area, _DAY_OF_MAP[claim.map])
        if area is None:
            file.blame(("claims", index, "area"), sentence)
        else:
            found[claim.id] = area
    return found


def _resolve(place: ClaimArea, day: date) -> tuple[Area | None, str]:
    path = [(level, name) for level in _DOWN if (name := getattr(place, level.value))]
    if bool(path) == bool(place.nation):
        return None, _(
            "Write nation: true for the whole country, or the name of a province and what lies in it, not both."
        )
    area = Area.objects.filter(level=Level.NATION).first()
    for level, name in path:
        candidates = Area.objects.as_of(day).filter(Q(name=nfc(name)) | Q(full_name=nfc(name)), level=level)
        if area is not None and area.level != Level.NATION:
            inside = AreaParent.objects.as_of(day).filter(parent=area)
            candidates = candidates.filter(pk__in=inside.values("area"))
        matches = list(candidates[:2])
        if len(matches) != 1:
            return None, _not_one(level, name, day, len(matches))
        area = matches[0]
    return area, _("The map is empty. Load it first with `phoihop load_areas`.")


def _not_one(level: Level, name: str, day: date, matches: int) -> str:
    names = {"name": shown(name), "level": level.label, "day": format_day(day)}
    if matches:
        return (
            _(
                "%(name)s names several units of the level %(level)s on %(day)s. Write the kind too, or the unit above."
            )
            % names
        )
    return (
        _(
            "%(name)s is not a unit of the level %(level)s on %(day)s. Write the official name, or the other map."
        )
        % names
    )


def _save_sources(content: ClaimsFile) -> dict[str, Source]:
    known = {source.code: source for source in Source.objects.all()}
    for code, item in content.sources.items():
        source = known.get(code)
        if source is None or (source.title, source.urls) != (item.title, item.urls):
            values = {"title": item.title, "urls": item.urls}
            known[code], _created = Source.objects.update_or_create(code=code, defaults=values)
    return known


def _save(
    claim: ClaimItem, area: Area, indicator: Indicator | None, sources: list[Source]
) -> tuple[bool, bool]:
    until = claim.window.to + timedelta(days=1) if claim.window.to else None
    values: dict[str, Any] = {
        "area": area,
        "indicator": indicator,
        "measure_vi": claim.measure_vi or "",
        "measure_en": claim.measure_en or "",
        "window_from": claim.window.from_,
        "window_until": until,
        "window_text": claim.window_text,
        "window_text_en": claim.window_text_en,
        "value": Decimal(claim.value),
        "qualifier": claim.qualifier.value,
        "unit_vi": claim.unit_vi,
        "unit_en": claim.unit_en,
        "note_vi": claim.note_vi,
        "note_en": claim.note_en,
    }
    existing = Claim.objects.filter(key=claim.id).first()
    same_sources = existing is not None and set(existing.sources.all()) == set(sources)
    if (
        existing
        and same_sources
        and all(getattr(existing, field) == value for field, value in values.items())
    ):
        return False, False
    saved, created = Claim.objects.update_or_create(key=claim.id, defaults=values)
    saved.sources.set(sources)
    return created, not created
