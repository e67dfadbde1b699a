"""Rolled-up rows as the review's figures: the term, the term before, every unit below, every window."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

import pyarrow as pa
import pyarrow.compute as pc

from phoihop.areas.models import Area
from phoihop.periods import Span
from phoihop.reviews.compose.figures import Figure, Figures, in_window, of_unit, part_of
from phoihop.reviews.compose.gathering.at_least import AtLeast
from phoihop.reviews.compose.gathering.catalogue import Definition, definitions
from phoihop.reviews.compose.gathering.question import Question
from phoihop.reviews.compose.gathering.shaping import figure_of
from phoihop.reviews.compose.gathering.tasks import with_tasks
from phoihop.reviews.compose.gathering.windows import covers_of, previous_label, shown_code, slices
from phoihop.rollup.compute import roll_up
from phoihop.rollup.compute_basis import MapBasis
from phoihop.rollup.compute_figures import RollupRow, RollupTable, change

Touched = Collection[tuple[str, str]]
Rows = Mapping[tuple[int, str], RollupRow]


@dataclass(slots=True)
class Rolled:
    """The roll-ups behind a review, all at one ledger number. `touched` None: nothing was left out."""

    question: Question
    term: RollupTable
    definitions: Sequence[Definition]
    units: Sequence[Area]
    between: Sequence[int]  # areas between the review's area and its units
    rows: Rows
    previous: Rows | None = None
    figures: Figures = field(default_factory=Figures)
    touched: Touched | None = None
    windows: set[str] = field(default_factory=set)  # those shown by themselves that were rolled up

    def has(self, key: str) -> bool:
        """Whether the figure of the key was computed, rather than left out as untouched."""
        base, _mark, part = key.partition("#")
        window, before = base.partition(":")[2], self.question.previous
        if self.touched is None:
            return True
        if window:
            return window in self.windows
        return part != "previous" or (before is not None and _is_touched(before, self.touched))

    @property
    def ledger_seq(self) -> int:
        return self.term.ledger_seq


def roll(question: Question, *, touched: Touched | None = None) -> Rolled:
    """Every figure a question asks for, computed in full from the ledger.

    `touched`: windows by kind and code; the term before, and what is shown window by window, only where it holds one.
    Raises: DomainError where the span holds no whole window.
    """
    dated_map = MapBasis.load()
    term = _table(question, question.span, dated_map)
    at = question.at(term.ledger_seq)
    found = Rolled(
        question=at,
        term=term,
        definitions=definitions(row.id for row in term.indicators.values()),
        units=at.units(),
        between=at.between(),
        rows=with_tasks(at, term, term.by_area()),
        previous=_earlier(at, dated_map, touched),
        touched=touched,
    )
    _add_term(found)
    _add_units(found)
    _add_attained(found)
    _add_windows(found, dated_map)
    return found


def _is_touched(span: Span, touched: Touched | None) -> bool:
    if touched is None:
        return True
    held = {(kind, period.code) for kind, each in covers_of(span).items() for period in each.periods}
    return bool(held & set(touched))


def _table(question: Question, span: Span, dated_map: MapBasis) -> RollupTable:
    """Of the area, the units it has in between and below, and those above; no other rows are kept."""
    table = roll_up(
        programmes=question.programmes,
        span=span,
        map_key=question.map_key,
        state=question.state,
        levels=question.levels(),
        upto=question.upto,
        dated_map=dated_map,
    )
    near = pa.array(sorted(question.near()), pa.int64())
    return replace(table, figures=table.figures.filter(pc.is_in(table.figures["area_id"], near)))


def _earlier(question: Question, dated_map: MapBasis, touched: Touched | None) -> Rows | None:
    """None also where nothing was reported in the term before: then there is nothing to compare with."""
    if question.previous is None or not _is_touched(question.previous, touched):
        return None
    table = _table(question, question.previous, dated_map)
    rows = table.by_area()
    return with_tasks(question, table, rows) if any(row.reported for row in rows.values()) else None


def _add_term(found: Rolled) -> None:
    at_least = AtLeast.of(found.question, found.term, found.rows)
    area = found.question.area
    for definition in found.definitions:
        code = definition.info.code
        figure = figure_of(found, definition, code, area, found.rows.get((area.pk, code)), at_least)
        found.figures.add(_compared(found, figure))


def _add_units(found: Rolled) -> None:
    at_least = AtLeast.of(found.question, found.term, found.rows)
    wanted = set(found.question.by_unit)
    for definition in found.definitions:
        code = definition.info.code
        if code in wanted:
            for unit in found.units:
                row = found.rows.get((unit.pk, code))
                found.figures.add(figure_of(found, definition, of_unit(code, unit.pk), unit, row, at_least))


def _add_attained(found: Rolled) -> None:
    """How many of the units with a figure reached what the programme asks of each."""
    for definition in found.definitions:
        code = definition.info.code
        rows = [row for unit in found.units if (row := found.rows.get((unit.pk, code)))]
        known = [row for row in rows if row.target is not None and row.value is not None]
        if known:
            reached = [row for row in known if _has_reached(row, definition.direction)]
            of_area = found.figures.by_key[code]
            attained = replace(
                of_area,
                key=part_of(code, "attained"),
                decimals=0,
                value=Decimal(len(reached)),
                numerator=Decimal(len(reached)),
                denominator=Decimal(len(known)),
                target=known[0].target,
                own=None, unallocated=None, previous=None, previous_label=None, change_percent=None,
                attainment_percent=None, is_at_least=False, why_missing=None,
            )  # fmt: skip
            found.figures.add(attained)


def _has_reached(row: RollupRow, direction: str) -> bool:
    if row.value is None or row.target is None:
        return False
    return row.value <= row.target if direction == "down" else row.value >= row.target


def _add_windows(found: Rolled, dated_map: MapBasis) -> None:
    wanted = set(found.question.by_window)
    if not wanted:
        return
    for each in slices(found.question.span):
        if not _is_touched(each.span, found.touched):
            continue
        table = _table(found.question, each.span, dated_map)
        rows = with_tasks(found.question, table, table.by_area())
        at_least = AtLeast.of(found.question, table, rows)
        for definition in found.definitions:
            info = definition.info
            periods = table.covers[info.window].periods
            if info.code not in wanted or info.window not in each.kinds or not periods:
                continue
            area, window = found.question.area, shown_code(info.window, periods)
            found.windows.add(window)
            key = in_window(info.code, window)
            row = rows.get((area.pk, info.code))
            figure = figure_of(found, definition, key, area, row, at_least, table.covers[info.window])
            found.figures.add(figure)


def _compared(found: Rolled, figure: Figure) -> Figure:
    """With the term before; silent where the review is compared with none."""
    if found.previous is None or found.question.previous is None:
        return figure
    key = (found.question.area.pk, figure.indicator)
    row, before = found.rows.get(key), found.previous.get(key)
    return replace(
        figure,
        previous=before.value if before else None,
        previous_label=previous_label(found.question.previous),
        change_percent=change(row, before) if row else None,
    )
