"""An area as its page shows it: when it was in force, what it came from and became, what lies under it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from phoihop.areas.enums import Level
from phoihop.areas.models import Area, AreaCode, AreaSuccession, AreaTitle
from phoihop.areas.queries import children_of, heirs_of, path_of, paths_of, search_areas, sources_of
from phoihop.core import clock
from phoihop.core.text import fold_vi
from phoihop.orgs.models import Organisation
from phoihop.programmes.models import Programme


@dataclass(frozen=True, slots=True)
class Place:
    """`day`: today while the area is in force, else its last day; parents and children are those of that day."""

    area: Area
    day: date
    path: Sequence[Area]
    codes: Sequence[AreaCode]
    titles: Sequence[AreaTitle]
    heirs: Sequence[AreaSuccession]
    sources: Sequence[AreaSuccession]
    programmes: Sequence[Programme]

    @property
    def is_in_force(self) -> bool:
        return self.area.is_in_force(clock.today())


def place(area: Area) -> Place:
    day = day_to_look_at(area)
    return Place(
        area=area,
        day=day,
        path=path_of(area, day),
        codes=list(area.codes.order_by("valid_from")),
        titles=list(area.titles.order_by("valid_from")),
        heirs=list(heirs_of(area)),
        sources=list(sources_of(area)),
        programmes=list(Programme.objects.filter(area=area).select_related("localises")),
    )


def day_to_look_at(area: Area) -> date:
    today = clock.today()
    if area.valid_until is not None and area.valid_until <= today:
        return area.valid_until - timedelta(days=1)
    return max(today, area.valid_from) if area.valid_from else today


def children(area: Area, day: date, text: str = "") -> QuerySet[Area]:
    """The units directly below, in Vietnamese order; a search compares without marks."""
    found = children_of(area, day)
    return found.filter(name_fold__contains=fold_vi(text)) if text else found


def organisations_in(area: Area, day: date) -> list[Organisation]:
    in_force = Organisation.objects.as_of(day).filter(area=area).prefetch_related("posts")
    return list(in_force.order_by("party", "name_sort"))


def nation() -> Area | None:
    return Area.objects.at_level(Level.NATION).order_by("pk").first()


def found_areas(text: str, day: date) -> list[tuple[Area, str]]:
    """Units whose name holds the text, each with the names of the units above it."""
    found = search_areas(text, day, limit=30)
    paths = paths_of(found, day)
    return [(area, _above(paths[area.pk])) for area in found]


def _above(path: Sequence[Area]) -> str:
    between = [each for each in path[:-1] if each.level != Level.NATION]
    return ", ".join(each.full_name for each in reversed(between))
