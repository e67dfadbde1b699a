from decimal import Decimal
from itertools import pairwise

import pytest

from phoihop.web.drawing.axis import axis
from phoihop.web.drawing.plot import Point
from phoihop.web.drawing.small import grid, scale_top, small
from phoihop.web.drawing.trend import NARROW, WIDE, trend


def points(*values: int | None) -> list[Point]:
    return [
        Point(str(at), None if value is None else Decimal(value)) for at, value in enumerate(values, start=1)
    ]


def drawn(*values: int | None, target: int | None = None, sheet=WIDE):
    asked = None if target is None else Decimal(target)
    return trend(points(*values), sheet, target=asked, is_whole=True, write=str)


@pytest.mark.parametrize(
    ("top", "is_whole", "marks"),
    [
        ("83", True, ["0", "20", "40", "60", "80", "100"]),
        ("100", True, ["0", "20", "40", "60", "80", "100"]),
        ("3", True, ["0", "1", "2", "3"]),
        ("1", True, ["0", "1"]),
        ("0", True, ["0", "1"]),
        ("1", False, ["0", "0.2", "0.4", "0.6", "0.8", "1"]),
        ("12400", True, ["0", "2500", "5000", "7500", "10000", "12500"]),
    ],
)
def test_an_axis_starts_at_zero_and_holds_every_value(top: str, is_whole: bool, marks: list[str]) -> None:
    assert axis(Decimal(top), is_whole=is_whole) == tuple(map(Decimal, marks))


def test_no_line_crosses_a_missing_window() -> None:
    line = drawn(4, 5, None, 8, 2)
    assert len(line.paths) == 2
    crossing = line.places[2].x
    for path in line.paths:
        xs = [float(step.split()[0]) for step in path[1:].split("L")]
        assert max(xs) < crossing or min(xs) > crossing


def test_a_missing_window_is_no_dot_and_no_zero() -> None:
    line = drawn(4, None, 0)
    assert [dot.point.window for dot in line.dots] == ["1", "3"]
    assert [gap.point.window for gap in line.gaps] == ["2"]


def test_a_lone_value_between_two_gaps_is_a_dot_without_a_line() -> None:
    line = drawn(None, 7, None)
    assert (line.paths, len(line.dots)) == ((), 1)


def test_a_protected_value_is_a_mark_on_the_base_and_has_no_height() -> None:
    hidden = Point("2", None, mark="<5")
    line = trend([*points(9), hidden], WIDE, target=None, is_whole=True, write=str)
    assert (line.gaps[0].y, line.gaps[0].point.mark) == (line.box.bottom, "<5")
    chart = small([*points(9), hidden], Decimal(10))
    assert (len(chart.protected), len(chart.missing), len(chart.dots)) == (1, 0, 1)


def test_the_target_fits_the_sheet_where_no_value_reaches_it() -> None:
    line = drawn(2, 3, target=95)
    assert line.target_y is not None
    assert line.box.top <= line.target_y < min(dot.y for dot in line.dots)


@pytest.mark.parametrize("sheet", [WIDE, NARROW])
def test_many_windows_widen_the_sheet_instead_of_meeting(sheet) -> None:
    line = drawn(*range(24), sheet=sheet)
    xs = [each.x for each in line.places]
    assert min(b - a for a, b in pairwise(xs)) >= sheet.pitch - 0.2
    assert xs[-1] < line.width


def test_long_values_widen_the_sheet_too() -> None:
    long = [Point(str(at), Decimal(45208), text="45,2 N") for at in range(12)]
    line = trend(long, NARROW, target=None, is_whole=True, write=str)
    assert line.places[1].x - line.places[0].x >= 50


def test_six_windows_fit_a_phone() -> None:
    assert drawn(1, 2, 3, 4, 5, 6, sheet=NARROW).width <= 328


def test_small_charts_that_share_a_scale_put_a_value_at_one_height() -> None:
    low, high = points(5, 5), points(5, 95)
    top = scale_top([low, high], Decimal(30), is_whole=True)
    assert top == 100
    assert small(low, top).places[0].y == small(high, top).places[0].y


def test_a_target_above_the_scale_is_not_drawn_outside_the_chart() -> None:
    assert small(points(5), Decimal(10), target=Decimal(50)).target_y is None
    assert small(points(5), Decimal(10), target=Decimal(5)).target_y is not None


def test_a_sheet_of_many_gives_each_its_own_place() -> None:
    sheet = grid(7, 3, head=60, foot=40)
    assert len({(cell.x, cell.y) for cell in sheet.cells}) == 7
    assert [cell.y for cell in sheet.cells[:3]] == [60, 60, 60]
    assert sheet.cells[3].y > 60
    assert sheet.height > sheet.cells[-1].y


def test_a_line_of_zeros_lies_on_the_base() -> None:
    chart = small(points(0, 0), scale_top([points(0, 0)], is_whole=True))
    assert [dot.y for dot in chart.dots] == [chart.box.bottom] * 2


def test_neighbours_that_do_not_compare_are_joined_by_a_line_of_its_own() -> None:
    alike, unlike = Point("1", Decimal(4)), Point("3", Decimal(9), is_unlike=True)
    line = trend(
        [alike, Point("2", Decimal(5)), unlike, Point("4", Decimal(8))],
        WIDE,
        target=None,
        is_whole=True,
        write=str,
    )
    xs = [[float(step.split()[0]) for step in path[1:].split("L")] for path in (*line.paths, *line.loose)]
    places = [place.x for place in line.places]
    assert xs == [places[:2], places[2:], places[1:3]]


def test_no_line_of_any_kind_crosses_a_missing_window() -> None:
    line = trend(
        [Point("1", Decimal(4)), Point("2", None), Point("3", Decimal(9), is_unlike=True)], WIDE, target=None, is_whole=True,
        write=str,
    )  # fmt: skip
    assert (line.paths, line.loose) == ((), ())
