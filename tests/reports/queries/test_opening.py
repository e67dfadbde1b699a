from datetime import date

import pytest

from phoihop.periods import parse_period
from phoihop.reports.actions import open_period
from phoihop.reports.models import ReportForm
from phoihop.reports.queries.opening import unopened_windows, what_is_due
from tests.reports.world import World

pytestmark = pytest.mark.django_db


def codes(day: date) -> list[tuple[str, bool]]:
    return [(each.period.code, each.can_open) for each in unopened_windows(day)]


def test_a_form_without_windows_begins_with_the_one_that_is_due(world: World) -> None:
    assert codes(date(2026, 6, 15)) == [
        ("ADM-2026-H1", True), ("ADM-2026-H2", True), ("ADM-2027-H1", False),
    ]  # fmt: skip


def test_every_window_begun_since_the_last_one_waits_to_be_opened(world: World) -> None:
    world.open()
    assert codes(date(2026, 6, 14)) == [("ADM-2026-H2", False)]
    assert codes(date(2026, 6, 15)) == [("ADM-2026-H2", True), ("ADM-2027-H1", False)]
    assert codes(date(2027, 6, 15)) == [
        ("ADM-2026-H2", True), ("ADM-2027-H1", True), ("ADM-2027-H2", True), ("ADM-2028-H1", False),
    ]  # fmt: skip


def test_a_form_keeps_to_the_calendar_it_has(world: World) -> None:
    open_period(form=world.form, period=parse_period("CAL-2026-H1"), by=None)
    assert codes(date(2026, 7, 1)) == [("CAL-2026-H2", True), ("CAL-2027-H1", False)]


def test_what_is_due_is_what_opening_writes(world: World) -> None:
    period = parse_period("ADM-2026-H1")
    due = what_is_due(world.form, period)
    opened = world.open()
    assert [(each.level, each.units) for each in due] == [("province", 1), ("commune", 2)]
    assert {each.level: each.deadline.isoformat() for each in due} == opened.deadlines


def test_a_form_that_asks_nobody_has_nothing_due(world: World) -> None:
    idle = ReportForm.objects.create(code="x", title_vi="X", title_en="X", window="half")
    assert what_is_due(idle, parse_period("ADM-2026-H1")) == []
