"""Which reports are due in a window: the list that opening makes and reorganisations change."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from phoihop.areas.enums import LEVEL_ORDER, Level
from phoihop.areas.models import Area, AreaAncestor
from phoihop.orgs.models import Organisation, OrganisationSuccession
from phoihop.reports.models import AskedScope, Exemption, ReportForm

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Days:
    """`start` until the day before `end`."""

    start: date
    end: date

    def __and__(self, other: "Days") -> "Days":
        return Days(max(self.start, other.start), min(self.end, other.end))

    def __or__(self, other: "Days") -> "Days":
        return Days(min(self.start, other.start), max(self.end, other.end))

    def __bool__(self) -> bool:
        return self.start < self.end

    def __contains__(self, day: date) -> bool:
        return self.start <= day < self.end

    @property
    def last(self) -> date:
        return self.end - ONE_DAY


def days_of(valid_from: date | None, valid_until: date | None) -> Days:
    return Days(valid_from or date.min, valid_until or date.max)


@dataclass(frozen=True, slots=True)
class Due:
    """One report an organisation owes, for the days it was in force and asked."""

    organisation_id: int
    area_id: int
    level: str
    party: str
    covers: Days
    superior_id: int | None = None
    entered_by_id: int | None = None
    has_children_asked: bool = False


@dataclass(frozen=True, slots=True)
class _Unit:
    id: int
    area_id: int
    level: str
    party: str
    parent_id: int | None
    days: Days


@dataclass(frozen=True, slots=True)
class _Above:
    area_id: int
    depth: int
    days: Days


def reports_due(form: ReportForm, start: date, end: date) -> list[Due]:
    """Every report the form's scopes ask for in [start, end), the exempt left out."""
    window = Days(start, end)
    scopes = list(AskedScope.objects.filter(form=form).overlapping(start, end))
    places = _places(scopes, window)
    units = _units(places, {scope.party for scope in scopes}, window)
    above = _areas_above(places, window)
    covers = _asked_days(scopes, units, above, window)
    exempt = _exempt_areas(form, window)
    dues = [
        Due(unit.id, unit.area_id, unit.level, unit.party, covers[unit.id])
        for unit in units
        if unit.id in covers and not any(covers[unit.id].last in days for days in exempt[unit.area_id])
    ]
    return list(_completed(dues, units, above, window))


def _places(scopes: Iterable[AskedScope], window: Days) -> QuerySet[Area]:
    """The areas that may report, and those above the scopes' roots, where superiors sit, at the levels asked."""
    links = AreaAncestor.objects.overlapping(window.start, window.end)
    asked, roots, levels = Q(), set[int](), set[str]()
    for level, root in {(scope.level, scope.root_id) for scope in scopes}:
        asked |= Q(level=level) & (Q(pk=root) | Q(pk__in=links.filter(ancestor=root).values("area")))
        roots.add(root)
        levels.add(level)
    above = Q(level__in=levels) & Q(pk__in=links.filter(area__in=roots).values("ancestor"))
    return Area.objects.filter(asked | above) if roots else Area.objects.none()


def _units(places: QuerySet[Area], parties: Iterable[str], window: Days) -> list[_Unit]:
    """Organisations in force there on a day of the window; not longer than their area."""
    rows = (
        Organisation.objects.overlapping(window.start, window.end)
        .filter(area__in=places, party__in=parties)
        .order_by("pk")
        .values_list(
            "pk", "area_id", "area__level", "party", "parent_id",
            "valid_from", "valid_until", "area__valid_from", "area__valid_until",
        )
    )  # fmt: skip
    return [
        _Unit(pk, area, level, party, parent, days_of(since, until) & days_of(area_since, area_until))
        for pk, area, level, party, parent, since, until, area_since, area_until in rows.iterator()
    ]


def _areas_above(places: QuerySet[Area], window: Days) -> dict[int, list[_Above]]:
    """Nearest first."""
    rows = (
        AreaAncestor.objects.overlapping(window.start, window.end)
        .filter(area__in=places)
        .order_by("area_id", "depth")
        .values_list("area_id", "ancestor_id", "depth", "valid_from", "valid_until")
    )
    above: dict[int, list[_Above]] = defaultdict(list)
    for area_id, ancestor_id, depth, valid_from, valid_until in rows.iterator():
        above[area_id].append(_Above(ancestor_id, depth, days_of(valid_from, valid_until)))
    return above


def _asked_days(
    scopes: Iterable[AskedScope], units: Iterable[_Unit], above: Mapping[int, list[_Above]], window: Days
) -> dict[int, Days]:
    """The days on which a unit was in force, under a scope's root, and asked by that scope."""
    of_kind: dict[tuple[str, str], list[_Unit]] = defaultdict(list)
    for unit in units:
        of_kind[unit.level, unit.party].append(unit)
    asked: dict[int, Days] = {}
    for scope in scopes:
        in_force = window & days_of(scope.valid_from, scope.valid_until)
        for unit in of_kind[scope.level, scope.party]:
            for under in _days_under(scope.root_id, unit.area_id, above):
                if days := unit.days & in_force & under:
                    asked[unit.id] = asked.get(unit.id, days) | days
    return asked


def _days_under(root_id: int, area_id: int, above: Mapping[int, list[_Above]]) -> Iterator[Days]:
    if area_id == root_id:
        yield Days(date.min, date.max)
    for link in above.get(area_id, ()):
        if link.area_id == root_id:
            yield link.days


def _exempt_areas(form: ReportForm, window: Days) -> dict[int, list[Days]]:
    """An area exempt on the last day its report would cover owes nothing."""
    exempt: dict[int, list[Days]] = defaultdict(list)
    for row in Exemption.objects.filter(form=form).overlapping(window.start, window.end):
        exempt[row.area_id].append(days_of(row.valid_from, row.valid_until))
    return exempt


def _completed(
    dues: list[Due], units: list[_Unit], above: Mapping[int, list[_Above]], window: Days
) -> Iterator[Due]:
    by_place: dict[tuple[int, str], list[_Unit]] = defaultdict(list)
    for unit in units:
        by_place[unit.area_id, unit.party].append(unit)
    by_id = {unit.id: unit for unit in units}
    successors = _successors(window)
    with_children = _areas_with_children_asked(dues, above)
    for due in dues:
        unit = by_id[due.organisation_id]
        superior = _superior(unit, due.covers.last, above, by_place)
        yield replace(
            due,
            superior_id=superior.id if superior else None,
            entered_by_id=_heir(unit.id, successors, window.last) if unit.days.end < window.end else None,
            has_children_asked=(due.area_id, due.level) in with_children,
        )


def _superior(
    unit: _Unit, day: date, above: Mapping[int, list[_Above]], by_place: Mapping[Any, list[_Unit]]
) -> _Unit | None:
    """The same party's organisation of the nearest area above that day, at a level the form asks."""
    for link in above.get(unit.area_id, ()):
        if day in link.days:
            there = [each for each in by_place.get((link.area_id, unit.party), ()) if day in each.days]
            if there:
                return next((each for each in there if each.id == unit.parent_id), there[0])
    return None


def _areas_with_children_asked(
    dues: Iterable[Due], above: Mapping[int, list[_Above]]
) -> set[tuple[int, str]]:
    """(area, level) with an expected report below, each under the areas above on the last day it covers."""
    levels = {due.area_id: due.level for due in dues}
    return {
        (link.area_id, level)
        for due in dues
        for link in above.get(due.area_id, ())
        if (level := levels.get(link.area_id))
        and due.covers.last in link.days
        and LEVEL_ORDER[Level(level)] < LEVEL_ORDER[Level(due.level)]
    }


def _successors(window: Days) -> dict[int, list[tuple[int, Days]]]:
    """To whom the duties of organisations that ended inside the window passed; by slug where to several."""
    links = OrganisationSuccession.objects.filter(
        predecessor__valid_until__gt=window.start, predecessor__valid_until__lt=window.end
    ).order_by("successor__slug")
    rows = links.values_list(
        "predecessor_id", "successor_id", "successor__valid_from", "successor__valid_until"
    )
    successors: dict[int, list[tuple[int, Days]]] = defaultdict(list)
    for predecessor_id, successor_id, valid_from, valid_until in rows.iterator():
        successors[predecessor_id].append((successor_id, days_of(valid_from, valid_until)))
    return successors


def _heir(unit_id: int, successors: Mapping[int, list[tuple[int, Days]]], day: date) -> int | None:
    """Who enters the closing report: the first heir in force that day, through as many steps as there were."""
    waiting, seen = [unit_id], {unit_id}
    while waiting:
        heirs = [heir for each in waiting for heir in successors.get(each, ()) if heir[0] not in seen]
        if living := [heir_id for heir_id, days in heirs if day in days]:
            return living[0]
        waiting = [heir_id for heir_id, _ in heirs]
        seen |= set(waiting)
    return None
