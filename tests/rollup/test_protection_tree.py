"""A reader who knows how numbers are hidden still cannot work out one from 1 to 4."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from phoihop.rollup.protection.suppression import Branch, Hidden, is_small
from phoihop.rollup.protection.tree import HiddenCells, Tree, hide_tree

UNKNOWN = 10**9


@st.composite
def trees(draw: st.DrawFn) -> Tree:
    """Up to four levels; many small counts, so that little is left to hide behind."""
    counts = st.one_of(st.integers(0, 6), st.integers(0, 40))
    size = draw(st.integers(1, 14))
    parents: dict[int, int | None] = {0: None}
    for unit in range(1, size):
        parents[unit] = draw(st.integers(0, unit - 1))
    own = {unit: draw(counts) for unit in range(size)}
    values = dict(own)
    for unit in range(size - 1, 0, -1):
        values[parents[unit] or 0] += values[unit]
    above = {parent for parent in parents.values() if parent is not None}
    return Tree(values, {unit: own[unit] for unit in above}, parents, above)


def equations(tree: Tree) -> list[tuple[int, list[tuple[str, int]]]]:
    """Of each branch: the unit, and its parts as cells."""
    found = []
    for unit in tree.opened:
        cells = [("total", child) for child in tree.below[unit]]
        if tree.own.get(unit):
            cells.append(("own", unit))
        found.append((unit, cells))
    return found


def hidden_kind(hidden: HiddenCells, cell: tuple[str, int]) -> Hidden | None:
    return (hidden.totals if cell[0] == "total" else hidden.own).get(cell[1])


def true_value(tree: Tree, cell: tuple[str, int]) -> int:
    return (tree.values if cell[0] == "total" else tree.own)[cell[1]]


def intervals(tree: Tree, hidden: HiddenCells) -> dict[tuple[str, int], tuple[int, int]]:
    """What a reader can know of each hidden cell; exact on a tree of sums."""
    known: dict[tuple[str, int], tuple[int, int]] = {}
    for unit, cells in equations(tree):
        for cell in (("total", unit), *cells):
            kind, value = hidden_kind(hidden, cell), true_value(tree, cell)
            bounds = {None: (value, value), Hidden.SMALL: (0, 4), Hidden.SECONDARY: (5, UNKNOWN)}
            known[cell] = bounds[kind]
    for _ in range(60):
        for unit, cells in equations(tree):
            _tighten(known, ("total", unit), cells)
    return known


def _tighten(
    known: dict[tuple[str, int], tuple[int, int]], total: tuple[str, int], parts: list[tuple[str, int]]
) -> None:
    low, high = sum(known[part][0] for part in parts), sum(known[part][1] for part in parts)
    known[total] = max(known[total][0], low), min(known[total][1], high)
    for part in parts:
        rest_low, rest_high = low - known[part][0], high - known[part][1]
        least, most = known[total][0] - rest_high, known[total][1] - rest_low
        known[part] = max(known[part][0], least), min(known[part][1], most)
        low, high = rest_low + known[part][0], rest_high + known[part][1]


def rank(rows: list[dict[object, Fraction]]) -> int:
    pivots: list[tuple[object, dict[object, Fraction]]] = []
    for start in rows:
        row = dict(start)
        for column, pivot in pivots:
            if factor := row.get(column, Fraction(0)):
                for each, value in pivot.items():
                    row[each] = row.get(each, Fraction(0)) - factor * value
        lead = next((each for each, value in row.items() if value), None)
        if lead is not None:
            pivots.append((lead, {each: value / row[lead] for each, value in row.items() if value}))
    return len(pivots)


@settings(max_examples=1500, deadline=None)
@given(trees())
def test_no_linear_combination_of_shown_cells_is_a_hidden_small_one(tree: Tree) -> None:
    hidden = hide_tree(tree)
    rows = []
    for unit, cells in equations(tree):
        row = {cell: Fraction(1) for cell in cells if hidden_kind(hidden, cell)}
        if hidden_kind(hidden, ("total", unit)):
            row[("total", unit)] = Fraction(-1)
        rows.append(row)
    full = rank(rows)
    small = [cell for _unit, cells in equations(tree) for cell in cells if is_small(true_value(tree, cell))]
    for cell in small:
        assert hidden_kind(hidden, cell) == Hidden.SMALL
        assert rank([*rows, {cell: Fraction(1)}]) == full + 1


@settings(max_examples=1500, deadline=None)
@given(trees())
def test_what_is_shown_never_leaves_one_value_for_a_small_one(tree: Tree) -> None:
    hidden = hide_tree(tree)
    known = intervals(tree, hidden)
    for _unit, cells in equations(tree):
        for cell in cells:
            if is_small(true_value(tree, cell)):
                low, high = known[cell]
                assert low < high, (cell, tree.values, tree.own, tree.parents, hidden)


@settings(max_examples=500, deadline=None)
@given(trees())
def test_nothing_is_hidden_where_nothing_is_small(tree: Tree) -> None:
    grown = Tree(
        {unit: value * 5 for unit, value in tree.values.items()},
        {unit: value * 5 for unit, value in tree.own.items()},
        tree.parents,
        tree.opened,
    )
    assert hide_tree(grown) == HiddenCells()


@pytest.mark.parametrize(
    ("parts", "hidden"),
    [
        ({"a": 3, "b": 20, "c": 9, "d": 0}, {"a": "small", "c": "secondary"}),
        ({"a": 3, "b": 2, "c": 50}, {"a": "small", "b": "small"}),
        ({"a": 1, "b": 5, "c": 7}, {"a": "small", "b": "secondary", "c": "secondary"}),
        ({"a": 4, "b": 4, "c": 0}, {"a": "small", "b": "small", "c": "small"}),
        ({"a": 8, "b": 0}, {}),
    ],
)
def test_beside_a_shown_total_the_smallest_other_part_is_withheld(
    parts: dict[str, int], hidden: dict[str, str]
) -> None:
    assert Branch(parts).hide(None) == hidden


@pytest.mark.parametrize(
    ("parts", "told"), [((4, 4), True), ((1, 5), True), ((1, 6), False), ((2, 6), False), ((4, 3), False)]
)
def test_some_totals_tell_their_parts_and_have_to_go_too(parts: tuple[int, ...], told: bool) -> None:
    assert Branch(dict(enumerate(parts))).is_told() is told


def test_a_withheld_total_is_withheld_below_too() -> None:
    assert Branch({"a": 0, "b": 0}).hide(Hidden.SMALL) == {"a": "small", "b": "small"}
    assert Branch({"a": 30, "b": 12}).hide(Hidden.SECONDARY) == {"a": "secondary"}
    assert Branch({"a": 3, "b": 0}).hide(Hidden.SMALL) == {"a": "small"}
