from collections.abc import Sequence
from datetime import date

from django.db.models import QuerySet

from phoihop.areas import errors
from phoihop.areas.enums import LEVEL_ORDER, Level
from phoihop.areas.models import Area, AreaAncestor, AreaCode, AreaParent, AreaSuccession
from phoihop.core.text import fold_vi, nfc


def area_by_code(code: str, day: date, level: Level | None = None) -> Area:
    """The unit an official code stood for on a day: most codes of 2025 stood for another unit before.

    Raises: DomainError when no unit ever had it, or none on that day.
    """
    rows = AreaCode.objects.filter(code=code.strip()).select_related("area")
    if level:
        rows = rows.filter(area__level=level)
    found = rows.as_of(day).first()
    if found is not None:
        area: Area = found.area
        return area
    held = list(rows.order_by("valid_from"))
    if not held:
        raise errors.unknown_code(code, str(Level(level).label) if level else "")
    raise errors.code_not_in_force(code, day, "; ".join(_holding(row) for row in held))


def _holding(row: AreaCode) -> str:
    start = errors.written(row.valid_from) if row.valid_from else "…"
    end = errors.written(row.valid_until) if row.valid_until else "…"
    return f"{row.area.full_name} ({start} – {end})"


def children_of(area: Area, day: date) -> QuerySet[Area]:
    """The units directly below, in Vietnamese dictionary order."""
    links = AreaParent.objects.as_of(day).filter(parent=area)
    return Area.objects.as_of(day).filter(pk__in=links.values("area_id")).order_by("name_sort", "pk")


def path_of(area: Area, day: date) -> list[Area]:
    """The nation first, the unit itself last."""
    return paths_of([area], day)[area.pk]


def paths_of(areas: Sequence[Area], day: date) -> dict[int, list[Area]]:
    """Of each its path, asked at once."""
    above: dict[int, list[Area]] = {area.pk: [] for area in areas}
    links = AreaAncestor.objects.as_of(day).filter(area__in=above).select_related("ancestor")
    for link in links.order_by("-depth"):
        above[link.area_id].append(link.ancestor)
    return {area.pk: [*above[area.pk], area] for area in areas}


def heirs_of(area: Area) -> QuerySet[AreaSuccession]:
    rows = AreaSuccession.objects.filter(predecessor=area).select_related("successor")
    return rows.order_by("on", "successor__name_sort")


def sources_of(area: Area) -> QuerySet[AreaSuccession]:
    rows = AreaSuccession.objects.filter(successor=area).select_related("predecessor")
    return rows.order_by("on", "predecessor__name_sort")


def search_areas(text: str, day: date, limit: int = 50) -> list[Area]:
    """Units in force whose name holds the text: first those with its very accents, then those that fold to it.

    Among equals, names that begin with it come first, then higher units, then Vietnamese order.
    """
    wanted, folded = nfc(text).casefold().strip(), fold_vi(text)
    if not folded:
        return []

    def rank(area: Area) -> tuple[bool, bool, int, str]:
        return (
            wanted not in nfc(area.full_name).casefold(),
            not fold_vi(area.name).startswith(folded),
            LEVEL_ORDER[Level(area.level)],
            area.name_sort,
        )

    found = Area.objects.as_of(day).filter(name_fold__contains=folded)
    return sorted(found, key=rank)[:limit]
