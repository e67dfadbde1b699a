from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from django.db import transaction

from phoihop.areas.enums import LEVEL_ORDER, Level
from phoihop.areas.models import Area, AreaSuccession
from phoihop.audit import actions as audit
from phoihop.core.yaml_files import read_yaml
from phoihop.orgs.actions.every_area import Link, Map, Planned, plan_areas, plan_central
from phoihop.orgs.actions.shapes import CentralBody, OrganisationsFile, check_organisations
from phoihop.orgs.errors import no_areas
from phoihop.orgs.models import Organisation, OrganisationSuccession
from phoihop.orgs.permissions import AnyUser, require_administering

_FIELDS = ("name_vi", "name_en", "abbreviation", "party", "area_id", "valid_from", "valid_until", "parent_id")
_BATCH = 5_000


@dataclass(frozen=True)
class OrganisationsLoaded:
    created: int
    changed: int
    successions: int

    @property
    def is_nothing(self) -> bool:
        return not (self.created or self.changed or self.successions)


@transaction.atomic
def load_organisations(*, file: Path, by: AnyUser | None = None) -> OrganisationsLoaded:
    """The central bodies and, from the templates, the bodies of every area of the map. Loading again changes nothing."""
    require_administering(by)
    source = read_yaml(file)
    content = source.checked(OrganisationsFile)
    check_organisations(source, content)
    nation = Area.objects.filter(level=Level.NATION).first()
    if nation is None:
        raise no_areas()
    known = {each.slug: each for each in Organisation.objects.all()}
    planned = [
        *plan_central(content.organisations, nation),
        *plan_areas(content.templates, Area.objects.order_by("key")),
    ]
    created, changed, everyone = _save(planned, known)
    links = [*_central_links(content.organisations, everyone), *everyone.succession(_acts())]
    loaded = OrganisationsLoaded(created, changed, _link(links))
    if not loaded.is_nothing:
        audit.record("load_organisations", nation, by=by, details={"file": file.name, **vars(loaded)})
    return loaded


def _acts() -> Iterable[AreaSuccession]:
    return AreaSuccession.objects.order_by("pk").iterator(chunk_size=_BATCH)


def _save(planned: Iterable[Planned], known: dict[str, Organisation]) -> tuple[int, int, Map]:
    before = {slug: _state(each) for slug, each in known.items()}
    everyone = Map(_adopt(each, known) for each in planned)
    created = 0
    for level in sorted(Level, key=LEVEL_ORDER.__getitem__):
        new: list[Organisation] = []
        for each in everyone.at_level(level):
            each.organisation.parent = everyone.parent(each)
            if each.organisation.pk is None:
                each.organisation.fill_search_columns()
                new.append(each.organisation)
        Organisation.objects.bulk_create(new, batch_size=_BATCH)
        created += len(new)
    changed = [own for own in known.values() if _state(own) != before[own.slug]]
    for own in changed:
        own.fill_search_columns()
    Organisation.objects.bulk_update(changed, [*_columns(), "name_fold", "name_sort"], batch_size=500)
    return created, len(changed), everyone


def _adopt(each: Planned, known: dict[str, Organisation]) -> Planned:
    """The organisation already here under that slug, with what the file says now."""
    existing = known.get(each.organisation.slug)
    if existing is None:
        return each
    for field in _FIELDS:
        if field != "parent_id":
            setattr(existing, field, getattr(each.organisation, field))
    return replace(each, organisation=existing)


def _state(organisation: Organisation) -> tuple[Any, ...]:
    return tuple(getattr(organisation, field) for field in _FIELDS)


def _columns() -> list[str]:
    return [field.removesuffix("_id") for field in _FIELDS]


def _central_links(bodies: Iterable[CentralBody], everyone: Map) -> Iterable[Link]:
    standing = {each.organisation.slug: each.organisation for each in everyone.planned}
    for body in bodies:
        for link in body.predecessors:
            yield standing[link.slug], standing[body.slug], link.on, link.source
        for link in body.successors:
            yield standing[body.slug], standing[link.slug], link.on, link.source


def _link(links: Iterable[Link]) -> int:
    known = set(OrganisationSuccession.objects.values_list("predecessor", "successor"))
    new = {
        (before.pk, after.pk): OrganisationSuccession(predecessor=before, successor=after, on=on, act=act)
        for before, after, on, act in links
    }
    fresh = [link for pair, link in new.items() if pair not in known]
    OrganisationSuccession.objects.bulk_create(fresh, batch_size=_BATCH)
    return len(fresh)
