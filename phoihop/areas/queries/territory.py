from phoihop.areas.mapping import TerritoryMap
from phoihop.areas.models import Area, AreaCode, AreaParent, AreaSuccession
from phoihop.areas.territory import Code, ParentLink, Succession, Unit


def read_territory() -> TerritoryMap:
    """The whole dated map as plain rows."""
    dates = ("valid_from", "valid_until")
    return TerritoryMap.of(
        units=(
            Unit(pk, level, f"{name} ({key})", valid_from=start, valid_until=end)
            for pk, level, name, key, start, end in Area.objects.order_by("pk").values_list(
                "pk", "level", "full_name", "key", *dates
            )
        ),
        parents=(
            ParentLink(unit, parent, valid_from=start, valid_until=end)
            for unit, parent, start, end in AreaParent.objects.order_by("pk").values_list(
                "area_id", "parent_id", *dates
            )
        ),
        successions=(
            Succession(*row)
            for row in AreaSuccession.objects.order_by("pk").values_list(
                "predecessor_id", "successor_id", "on", "share"
            )
        ),
        codes=(
            Code(unit, scheme, code, valid_from=start, valid_until=end)
            for unit, scheme, code, start, end in AreaCode.objects.order_by("pk").values_list(
                "area_id", "scheme", "code", *dates
            )
        ),
    )
