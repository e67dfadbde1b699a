"""Tables, trends, lineages and parties as readers who have not signed in may see them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from phoihop.areas.models import Area
from phoihop.indicators.enums import PersonsCounted
from phoihop.periods import Span
from phoihop.reports.content import SCALE
from phoihop.rollup.enums import FigureState
from phoihop.rollup.lineage import Lineage
from phoihop.rollup.live import ensure_fresh
from phoihop.rollup.live.counting import Sums
from phoihop.rollup.protection.decisions import Decisions, decide
from phoihop.rollup.protection.sources import Sources, sources_of
from phoihop.rollup.protection.suppression import THRESHOLD, Hidden
from phoihop.rollup.queries.columns import Columns, columns_for
from phoihop.rollup.queries.figure import Figure, FigureIndicator, FigureTable, Key
from phoihop.rollup.queries.parties import PartyFigure
from phoihop.rollup.queries.rows import MapDays, rows_of
from phoihop.rollup.queries.sums import totals


def protect(table: FigureTable) -> FigureTable:
    """Counts of persons from 1 to 4, and whatever would tell one, taken out of a table or a download.

    A hidden figure has no value; `hidden` says how it is marked and `why_missing` why.
    """
    wanted = {each.code for each in table.indicators} | {code for _area, code in table.operands}
    public = _Public.of(wanted, [area.id for area in table.areas], table.span, table.map_key, table.state)
    return replace(
        table,
        cells={key: public.seen(figure) for key, figure in table.cells.items()},
        operands={key: public.seen(figure) for key, figure in table.operands.items()},
        is_protected=True,
    )


def protect_trend(points: Sequence[Figure], *, area: Area, span: Span, map_key: str) -> tuple[Figure, ...]:
    """The figures of `trend`, of one indicator and one area."""
    if not points:
        return ()
    public = _Public.of({points[0].indicator_code}, [area.pk], span, map_key, points[0].state)
    return tuple(public.seen(point) for point in points)


def protect_trends(
    found: Mapping[Key, Sequence[Figure]], *, span: Span, map_key: str
) -> dict[Key, tuple[Figure, ...]]:
    """The figures of `trends`, of many indicators and areas, in as many queries as of one."""
    points = [point for each in found.values() for point in each]
    if not points:
        return {key: tuple(each) for key, each in found.items()}
    codes, units = {code for _, code in found}, {unit for unit, _ in found}
    public = _Public.of(codes, units, span, map_key, points[0].state)
    return {key: tuple(public.seen(point) for point in each) for key, each in found.items()}


def protect_lineage(found: Lineage, *, span: Span, map_key: str) -> Lineage:
    """Of counts of persons readers see who reported and when, and not what each report said."""
    codes = {found.indicator.code, found.indicator.numerator, found.indicator.denominator} - {""}
    public = _Public.of(codes, [found.area.pk], span, map_key, found.figure.state)
    return _lineage_seen(found, public)


def protect_parties(
    parties: Iterable[PartyFigure], *, figure: Figure, is_of_persons: bool
) -> tuple[PartyFigure, ...]:
    """Of counts of persons only the counting party's, as the protected figure shows it."""
    if not is_of_persons:
        return tuple(parties)
    return tuple(replace(each, value=figure.value if each.is_counting else None) for each in parties)


def mark(figure: Figure) -> str:
    """What stands in the place of a hidden value: "<5", or a mark that a note explains."""
    return (
        {Hidden.SMALL: f"<{THRESHOLD}", Hidden.SECONDARY: "*"}.get(Hidden(figure.hidden), "")
        if figure.hidden
        else ""
    )


@dataclass(frozen=True)
class _Public:
    """What may be seen of some units' figures of some indicators over a span, on a map and in a state."""

    sources: Sources
    decisions: Decisions
    here: Mapping[Key, Sums]  # each window alone, on this map and in this state; only what has a value
    of_persons: frozenset[str]
    ratios: dict[str, FigureIndicator]

    @classmethod
    def of(
        cls, codes: Collection[str], units: Collection[int], span: Span, map_key: str, state: str
    ) -> "_Public":
        ensure_fresh()
        columns = columns_for(None, span, sorted(codes))
        of_persons = frozenset(
            code for code, each in columns.every.items() if each.indicator.persons != PersonsCounted.NONE
        )
        ratios = {code: each.indicator for code, each in columns.every.items() if each.indicator.is_ratio}
        if not of_persons:
            return cls(Sources({}), Decisions(), {}, of_persons, ratios)
        days = MapDays.of(map_key, span)
        sources = sources_of(units, days)
        decisions = decide(of_persons, sources.areas, span)
        split = columns_for(None, span, sorted(of_persons)).split()
        here = _here(split, units, days, state)
        return cls(sources, decisions, here, of_persons, ratios)

    def seen(self, figure: Figure) -> Figure:
        code = figure.indicator_code
        if ratio := self.ratios.get(code):
            return self._ratio_seen(figure, ratio)
        if code not in self.of_persons:
            return figure
        if figure.value is None:
            return figure
        names = [f"{code}@{window}" for window in figure.windows]
        if not all(self._adds_up(figure.area_id, name) for name in names):
            return _hidden(figure)
        return self._with_parts_seen(figure, names)

    def _adds_up(self, unit: int, name: str) -> bool:
        """Whether a window's value is a sum of shown as-reported, confirmed cells."""
        here = self.here.get((unit, name))
        return here is None or self._is_sum(here.total, self.sources.whole.get(unit, ()), name)

    def _with_parts_seen(self, figure: Figure, names: Sequence[str]) -> Figure:
        """The own part and the unallocated line are cells too."""
        own, unallocated = figure.own, figure.unallocated
        if not all(self._own_is_shown(figure.area_id, name) for name in names):
            own = None
        if unallocated is not None and not all(
            self._unallocated_adds_up(figure.area_id, name) for name in names
        ):
            unallocated = own = None
        return replace(figure, own=own, unallocated=unallocated)

    def _own_is_shown(self, unit: int, name: str) -> bool:
        here = self.here.get((unit, name))
        if here is None or here.own == here.total:
            return True
        cell = (unit, name)
        is_same = self.decisions.own_values.get(cell, 0) * SCALE == here.own
        return is_same and unit in self.decisions.opened and cell not in self.decisions.hidden_own

    def _unallocated_adds_up(self, unit: int, name: str) -> bool:
        here = self.here.get((unit, name))
        return here is None or self._is_sum(here.unallocated, self.sources.parts.get(unit, ()), name)

    def _is_sum(self, value: int, areas: Collection[int], name: str) -> bool:
        cells = [(area, name) for area in areas if (area, name) in self.decisions.values]
        shown = all(self.decisions.is_shown(cell) for cell in cells)
        return shown and sum(self.decisions.values[cell] for cell in cells) * SCALE == value

    def _ratio_seen(self, figure: Figure, ratio: FigureIndicator) -> Figure:
        """With either part hidden the rate would tell it."""
        for code in self.of_persons & {ratio.numerator, ratio.denominator}:
            if not all(self._adds_up(figure.area_id, f"{code}@{window}") for window in figure.windows):
                return _hidden(figure, Hidden.SECONDARY)
        return figure


def _here(split: Columns, units: Collection[int], days: MapDays, state: str) -> dict[Key, Sums]:
    rows = rows_of(Area.objects.filter(pk__in=units), days)
    found = totals(split, rows, days, state, with_expected=False).sums
    return {key: sums for key, sums in found.items() if sums.reported > sums.not_applicable}


def _hidden(figure: Figure, kind: Hidden | None = None) -> Figure:
    small = figure.value is not None and 0 <= figure.value < THRESHOLD
    kind = kind or (Hidden.SMALL if small else Hidden.SECONDARY)
    if kind == Hidden.SMALL:
        why = _("a count of persons below 5 is shown only to signed-in staff")
    elif figure.state != FigureState.CONFIRMED:
        why = _("a count of persons is published once it is confirmed and where it tells none below 5")
    else:
        why = _("shown only to signed-in staff: it would tell a count of persons below 5")
    return replace(
        figure,
        value=None,
        numerator=None,
        denominator=None,
        own=None,
        unallocated=None,
        hidden=kind,
        why_missing=why,
    )


def _lineage_seen(found: Lineage, public: _Public) -> Lineage:
    figure = public.seen(found.figure)
    is_of_persons = found.indicator.code in public.of_persons
    rows = found.rows
    if is_of_persons:
        rows = tuple(replace(row, value=None, superseded=(), note="") for row in rows)
    numerator, denominator = (
        _lineage_seen(part, public) if part else None for part in (found.numerator, found.denominator)
    )
    words = "" if figure.hidden or is_of_persons else found.formula
    return replace(
        found, figure=figure, rows=rows, numerator=numerator, denominator=denominator, formula=words
    )
