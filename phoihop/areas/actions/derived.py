"""What SQL joins on, worked out from the dated map: every unit above a unit, every map, every target."""

from collections.abc import Iterator
from functools import cache

from django.db import transaction

from phoihop.areas.mapping import TerritoryMap
from phoihop.areas.models import AreaAncestor, AreaCandidate, AreaTarget, MapEpoch
from phoihop.areas.queries import read_territory
from phoihop.areas.territory import Territory, Validity

BATCH = 5_000
Above = tuple[int, int, Validity]  # unit above, depth, days


@transaction.atomic
def rebuild_derived() -> None:
    """Replace AreaAncestor, MapEpoch, AreaTarget and AreaCandidate; an unchanged map keeps its row."""
    territory = read_territory()
    _replace_ancestors(territory)
    _replace_targets(territory, _keep_epochs(territory))


def _replace_ancestors(territory: Territory) -> None:
    AreaAncestor.objects.all().delete()
    AreaAncestor.objects.bulk_create(
        (
            AreaAncestor(
                area_id=unit,
                ancestor_id=above,
                depth=depth,
                valid_from=days.valid_from,
                valid_until=days.valid_until,
            )
            for unit, above, depth, days in ancestor_links(territory)
        ),
        batch_size=BATCH,
    )


def ancestor_links(territory: Territory) -> Iterator[tuple[int, int, int, Validity]]:
    """(unit, unit above, depth, days): true on the days every link of the chain is."""

    @cache
    def chain(unit: int) -> tuple[Above, ...]:
        found: list[Above] = []
        for link in territory.links_up.get(unit, ()):
            days = link.within(territory.units[unit])
            if days is None:
                continue
            found.append((link.parent, 1, days))
            for above, depth, days_above in chain(link.parent):
                if shared := days.within(days_above):
                    found.append((above, depth + 1, shared))
        return tuple(found)

    for unit in territory.units:
        for above, depth, days in chain(unit):
            yield unit, above, depth, days


def _keep_epochs(territory: TerritoryMap) -> dict[str, MapEpoch]:
    epochs = territory.epochs()
    MapEpoch.objects.exclude(key__in=[epoch.key for epoch in epochs]).delete()
    kept = {}
    for epoch in epochs:
        kept[epoch.key], _created = MapEpoch.objects.update_or_create(
            key=epoch.key, defaults={"start": epoch.start, "end": epoch.end}
        )
    return kept


def _replace_targets(territory: TerritoryMap, epochs: dict[str, MapEpoch]) -> None:
    AreaTarget.objects.all().delete()
    AreaCandidate.objects.all().delete()
    targets: list[AreaTarget] = []
    candidates: list[AreaCandidate] = []
    for key, epoch in epochs.items():
        for unit in territory.units:
            target = territory.target(unit, key)
            targets.append(
                AreaTarget(epoch=epoch, area_id=unit, target_id=target.area_id, is_whole=target.is_whole)
            )
            if not target.is_whole:
                candidates += (
                    AreaCandidate(epoch=epoch, area_id=unit, unit_id=part)
                    for part in sorted(target.candidates)
                )
    AreaTarget.objects.bulk_create(targets, batch_size=BATCH)
    AreaCandidate.objects.bulk_create(candidates, batch_size=BATCH)
