from datetime import date

import pytest

from phoihop.programmes.models import OfficeDay, ReportingCalendar
from tests.reports.world import World

pytestmark = pytest.mark.django_db


def test_deadlines_follow_the_programmes_calendar(world: World) -> None:
    world.form.working_days = {}
    world.form.save()
    ReportingCalendar.objects.filter(programme=world.programme).update(
        working_days={"commune": 3, "province": 6}
    )

    assert world.open().deadlines == {"commune": "2026-06-17", "province": "2026-06-22"}


def test_the_forms_own_number_wins_over_the_programmes(world: World) -> None:
    ReportingCalendar.objects.filter(programme=world.programme).update(
        working_days={"commune": 3, "province": 6}
    )
    world.form.working_days = {"commune": 1}
    world.form.save()

    assert world.open().deadlines == {"commune": "2026-06-15", "province": "2026-06-22"}


def test_a_declared_day_moves_deadlines_to_come_and_none_stored(world: World) -> None:
    OfficeDay.objects.create(day=date(2026, 6, 15), is_worked=False, act="Thông báo")
    period = world.open()
    assert period.deadlines["commune"] == "2026-06-17"

    OfficeDay.objects.all().delete()
    period.refresh_from_db()
    assert period.deadlines["commune"] == "2026-06-17"
