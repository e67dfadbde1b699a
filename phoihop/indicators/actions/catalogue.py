from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from phoihop.audit import actions as audit
from phoihop.core.yaml_files import read_yaml
from phoihop.indicators.actions.versions import save_versions
from phoihop.indicators.checks import check_catalogue
from phoihop.indicators.checks.shapes import CatalogueFile, IndicatorItem
from phoihop.indicators.models import Block, Indicator, RefusedTopic
from phoihop.orgs.permissions import AnyUser, require_administering


@dataclass(frozen=True)
class CatalogueLoaded:
    created: int
    new_versions: list[str]
    ended: list[str]
    changed: int  # blocks, refused topics, order and block of indicators

    @property
    def is_nothing(self) -> bool:
        return not (self.created or self.new_versions or self.ended or self.changed)


@transaction.atomic
def load_indicators(
    *, file: Path, valid_from: date | None = None, by: AnyUser | None = None
) -> CatalogueLoaded:
    """The first catalogue holds from always. Later a changed, new or left-out indicator changes from `valid_from` on."""
    require_administering(by)
    source = read_yaml(file)
    content = source.checked(CatalogueFile)
    check_catalogue(source, content)
    changed = _save_frame(content)
    identities, created = _save_identities(content.indicators)
    new_versions, ended = save_versions(content.indicators, identities, valid_from)
    loaded = CatalogueLoaded(len(created), new_versions, ended, changed)
    if not loaded.is_nothing:
        first = identities[content.indicators[0].code]
        details = {
            "file": file.name,
            "created": created,
            "new_versions": new_versions,
            "ended": ended,
            "changed": changed,
        }
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
