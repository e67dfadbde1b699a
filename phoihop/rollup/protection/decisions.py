"""What readers who have not signed in may know of counts of persons: decided once, and for every page alike.

The one table they know is the confirmed one, as it was reported, window by window: a tree in which every unit is its
own part and its children. It is decided from the nation down, so a unit is hidden or shown whichever page it is on.
Everything else (another map, another state, a span of windows) is shown only where it adds up from shown cells of
that table, and so tells nothing new.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from phoihop.areas.enums import Level
from phoihop.areas.models import Area, AreaAncestor
from phoihop.areas.queries.maps import REPORTED
from phoihop.periods import Span
from phoihop.reports.content import SCALE
from phoihop.rollup.enums import FigureState
from phoihop.rollup.protection.suppression import Hidden, is_small, may_be_told
from phoihop.rollup.protection.tree import Tree, hide_tree
from phoihop.rollup.queries.columns import Column, Columns, columns_for
from phoihop.rollup.queries.rows import MapDays, rows_of
from phoihop.rollup.queries.sums import totals

Cell = tuple[int, str]  # area, name of the window's column: "B02@ADM-2024-H1"
MOST_PARTS = 600  # units directly below one unit: no province ever had as many


@dataclass
class Decisions:
    """`hidden` of a unit's total or of its own part; a cell without a value has nothing to hide."""

    values: dict[Cell, int] = field(default_factory=dict)
    own_values: dict[Cell, int] = field(default_factory=dict)
    hidden: dict[Cell, Hidden] = field(default_factory=dict)
    hidden_own: dict[Cell, Hidden] = field(default_factory=dict)
    opened: Collection[int] = ()  # units whose own part was decided

    def is_shown(self, cell: Cell) -> bool:
        return cell in self.values and cell not in self.hidden


@dataclass(frozen=True)
class _Link:
    parent: int
    start: date
    end: date


def decide(codes: Collection[str], areas: Collection[int], span: Span) -> Decisions:
    """For these areas, and every unit above them, in each whole window of the span."""
    columns = columns_for(None, span, sorted(codes)).split()
    days = MapDays.of(REPORTED, span)
    above = set(days.links().filter(area__in=areas).values_list("ancestor_id", flat=True))
    known = _Known(columns, days)
    known.read_branches(above, with_units=areas)
    while doubtful := known.worth_asking() - known.opened:
        known.read_branches(doubtful)
    decisions = Decisions(known.values, known.own, opened=known.opened | known.communes)
    for column in columns.every.values():
        _decide_column(decisions, known, column)
    return decisions


@dataclass
class _Known:
    """Values of some units and of all the units directly below them."""

    columns: Columns
    days: MapDays
    values: dict[Cell, int] = field(default_factory=dict)
    own: dict[Cell, int] = field(default_factory=dict)
    links: dict[int, list[_Link]] = field(default_factory=lambda: defaultdict(list))
    opened: set[int] = field(default_factory=set)
    communes: set[int] = field(default_factory=set)

    def read_branches(self, parents: Collection[int], *, with_units: Collection[int] = ()) -> None:
        """Adds the parents and their children, in a constant number of queries."""
        new = set(parents) - self.opened
        self.opened |= new
        children = self.days.links().filter(ancestor__in=new, depth=1)
        units = new | set(with_units) | set(children.values_list("area_id", flat=True))
        if not units:
            return
        for area, parent, start, end in (
            AreaAncestor.objects.overlapping(self.days.start, self.days.end)
            .filter(area__in=units, depth=1)
            .order_by("valid_from", "pk")
            .values_list("area_id", "ancestor_id", "valid_from", "valid_until")
        ):
            link = _Link(parent, start or date.min, end or date.max)
            if link not in self.links[area]:
                self.links[area].append(link)
        rows = rows_of(Area.objects.filter(pk__in=units), self.days)
        self.communes |= {row.id for row in rows if row.level == Level.COMMUNE}
        found = totals(self.columns, rows, self.days, FigureState.CONFIRMED, with_expected=False)
        for cell, sums in found.sums.items():
            if sums.reported > sums.not_applicable:
                self.values[cell] = sums.total // SCALE
                self.own[cell] = sums.own // SCALE

    def worth_asking(self) -> set[int]:
        """Units whose total may tell their small parts, whatever is hidden below them."""
        return {
            area
            for (area, _), value in self.values.items()
            if area not in self.communes and may_be_told(value, MOST_PARTS)
        }

    def parent_in(self, area: int, column: Column) -> int | None:
        """The last unit above in the window."""
        window = column.cover.periods[0]
        parents = [
            each.parent for each in self.links[area] if each.start < window.end and each.end > window.start
        ]
        return parents[-1] if parents else None


def _decide_column(decisions: Decisions, known: _Known, column: Column) -> None:
    name = column.name
    values = {area: value for (area, cell), value in known.values.items() if cell == name}
    if not column.climbs:
        decisions.hidden.update(
            {(area, name): Hidden.SMALL for area, value in values.items() if is_small(value)}
        )
        return
    own = {area: known.own[area, name] for area in values if area in known.opened}
    parents = {area: known.parent_in(area, column) for area in values}
    hidden = hide_tree(Tree(values, own, parents, known.opened - known.communes))
    decisions.hidden.update({(area, name): kind for area, kind in hidden.totals.items()})
    decisions.hidden_own.update({(area, name): kind for area, kind in hidden.own.items()})
