from decimal import Decimal

import pytest

from phoihop.web.drawing.lines import chart
from phoihop.web.drawing.scale import scale_of
from phoihop.web.naming import compact


def numbers(*values: int | None) -> list[Decimal | None]:
    return [None if value is None else Decimal(value) for value in values]


def test_a_scale_has_five_classes_of_equal_count() -> None:
    scale = scale_of(numbers(*range(1, 11)))
    assert [scale.class_of(Decimal(value)) for value in range(1, 11)] == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]
    assert [(step.least, step.most) for step in scale.steps] == [(1, 2), (3, 4), (5, 6), (7, 8), (9, 10)]


def test_a_missing_value_has_no_class_and_is_not_a_small_one() -> None:
    scale = scale_of(numbers(5, None, 9))
    assert scale.class_of(None) == 0
    assert scale.class_of(Decimal(5)) > 0


@pytest.mark.parametrize("values", [(7, 7, 7), (0, 0, 0, 9), (3,)])
def test_equal_values_share_a_class(values: tuple[int, ...]) -> None:
    scale = scale_of(numbers(*values))
    assert len({scale.class_of(Decimal(value)) for value in values}) == len(set(values))
    assert all(step.least <= step.most for step in scale.steps)


def test_nothing_known_gives_no_scale() -> None:
    assert scale_of(numbers(None, None)).steps == ()


def test_a_missing_window_is_a_gap_in_the_line() -> None:
    line = chart([("1", Decimal(4)), ("2", None), ("3", Decimal(8)), ("4", Decimal(2))])
    assert len(line.paths) == 2
    assert [dot.label for dot in line.dots] == ["1", "3", "4"]


def test_the_axis_holds_every_value_and_starts_at_zero() -> None:
    line = chart([("1", Decimal(83)), ("2", Decimal(12))])
    assert [grid.value for grid in line.grid] == [0, 25, 50, 75, 100]
    assert min(dot.y for dot in line.dots) >= min(grid.y for grid in line.grid)


def test_a_tile_writes_long_numbers_short() -> None:
    assert compact(Decimal(9999)) == "9.999"
    assert compact(Decimal(12400)).startswith("12,4")
    assert compact(None) == "–"
