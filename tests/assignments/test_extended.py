"""An assignment whose date was moved is in one of the four cells like any other, and counted once more, apart."""

import csv
import io
import re
from collections import Counter
from datetime import UTC, date, datetime

import pytest
import time_machine
from openpyxl import load_workbook

from phoihop.assignments.actions import (
    ask_extension,
    close_assignment,
    grant_extension,
    report_done,
    withdraw_assignment,
)
from phoihop.assignments.models import Assignment
from phoihop.assignments.queries.counting import four_cells
from tests.assignments.pages import text_of
from tests.factories.assignments import issued
from tests.reports.world import World
from tests.web.world import client_of

FIRST, MOVED, MOVED_AGAIN = date(2026, 7, 31), date(2026, 8, 31), date(2026, 9, 15)
TOLD = "Tổng số 7 nhiệm vụ; đã gia hạn: 4."


def at(day: date) -> time_machine.travel:
    return time_machine.travel(datetime(day.year, day.month, day.day, 2, tzinfo=UTC), tick=False)


def moved(task: Assignment, to: date) -> None:
    asked = ask_extension(assignment=task, wanted_on=to, reason="Mưa lũ", by=None)
    grant_extension(extension=asked, by=None)


def done(task: Assignment) -> None:
    """Reported, and closed by who gave it: that day."""
    close_assignment(assignment=report_done(assignment=task, by=None), by=None)


@pytest.fixture
def seven(world: World) -> dict[str, Assignment]:
    """All due on 31/7/2026 at first: four were given a later date, one of them twice; looked at on 10/9/2026."""
    names = (
        "on time",
        "late",
        "overdue",
        "moved on time",
        "moved late",
        "moved twice",
        "moved overdue",
        "gone",
    )
    rows = issued(world.centre, world.programme, *[world.desk] * len(names))
    made = dict(zip(names, rows, strict=True))
    for name in ("moved on time", "moved late", "moved twice", "moved overdue", "gone"):
        moved(made[name], MOVED)
    withdraw_assignment(assignment=made["gone"], reason="Chỉ đạo mới", by=None)
    for day, name in (
        (date(2026, 7, 20), "on time"),
        (date(2026, 8, 20), "late"),
        (date(2026, 8, 25), "moved on time"),
    ):
        with at(day):
            done(made[name])
    with at(date(2026, 8, 30)):
        moved(made["moved twice"], MOVED_AGAIN)
    with at(date(2026, 9, 5)):
        done(made["moved late"])
    return made


def test_four_cells_and_the_extended_once_beside_them(world: World, seven: dict[str, Assignment]) -> None:
    with at(date(2026, 9, 10)):
        counted = four_cells(Assignment.objects.all())
    assert (counted.total, counted.extended) == (7, 4)
    assert [count for _cell, count in counted.rows()] == [2, 2, 1, 2]
    twice = Assignment.objects.get(pk=seven["moved twice"].pk)
    assert (twice.original_due_on, twice.due_on) == (FIRST, MOVED_AGAIN)


@pytest.mark.parametrize("address", ["/nhiem-vu/", "/nhiem-vu/co-quan/{slug}/"])
def test_list_and_organisation_count_them_alike_and_keep_the_first_date(
    world: World, seven: dict[str, Assignment], address: str
) -> None:
    with at(date(2026, 9, 10)):
        client = client_of(world.provincial_desk)
        page = text_of(client, address.format(slug=world.desk.slug))
        only = text_of(client, "/nhiem-vu/?extended=1")
    assert TOLD in page
    assert _cells_on(page) == ["2", "2", "1", "2"]
    assert page.count("31/07/2026") >= 4
    assert ("15/09/2026" in page, "31/08/2026" in page) == (True, True)
    assert _cells_on(only) == ["1", "1", "1", "1"]
    assert "Tổng số 4 nhiệm vụ; đã gia hạn: 4." in only


def _cells_on(page: str) -> list[str]:
    cells = page[page.index('class="four-cells"') :]
    found = re.findall(r'<dd class="num">(.*?)</dd>', cells[: cells.index("</dl>")])
    return [re.sub("<[^>]+>", "", each) for each in found]


def test_files_count_them_apart_and_keep_the_first_date(world: World, seven: dict[str, Assignment]) -> None:
    """A CSV row by row, for programs; a workbook also in the lines above its table."""
    with at(date(2026, 9, 10)):
        client = client_of(world.provincial_desk)
        text = client.get("/nhiem-vu/?download=csv").content.decode("utf-8-sig")
        book = load_workbook(io.BytesIO(client.get("/nhiem-vu/?download=xlsx").content), read_only=True)
    rows = list(csv.DictReader(io.StringIO(text)))
    counted = [row for row in rows if row["Tình trạng"] != "Đã rút"]
    assert Counter(row["Tình trạng"] for row in counted) == {
        "hoàn thành đúng hạn": 2, "hoàn thành quá hạn": 2, "đang thực hiện trong hạn": 1, "quá hạn chưa hoàn thành": 2,
    }  # fmt: skip
    dates = Counter((row["Thời hạn hiện hành"], row["Thời hạn ban đầu"]) for row in counted)
    first, later, again = (each.isoformat() for each in (FIRST, MOVED, MOVED_AGAIN))
    assert dates == {(first, first): 3, (later, first): 3, (again, first): 1}
    above = [str(row[:1]) for row in book.active.iter_rows(values_only=True, max_row=5)]
    assert any("quá hạn chưa hoàn thành: 2; đã gia hạn: 4" in line for line in above)
