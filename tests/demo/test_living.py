"""The day of the demonstration: the half can be submitted, its desks have work, the visitor's report is the visitor's."""

import re
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings

from phoihop.demo import story
from phoihop.demo.chance import chance
from phoihop.demo.living import live_through
from phoihop.demo.reporting import Reporter
from phoihop.orgs.models import Organisation
from phoihop.periods import Period, parse_period
from phoihop.reports.models import Report
from tests.reports.world import World, new_world

DAY = timedelta(days=1)
OFFICER = next(person.organisation for person in story.PEOPLE if person.username == "demo-xa")


def demo_day() -> date:
    text = (Path(django_settings.PACKAGE_DIR) / "config/settings/demo.py").read_text("utf-8")
    found = re.search(r'"PHOIHOP_TODAY", "([0-9-]+)"', text)
    assert found is not None
    return date.fromisoformat(found[1])


def test_on_the_demonstrations_day_the_half_can_be_submitted_and_nothing_newer_is_open() -> None:
    today = demo_day()
    half = next(form for form in story.FORMS if form.code == "half")
    running = [period for period in half.periods() if period.start <= today < period.end]
    assert [period.end - DAY for period in running] == [today]


@pytest.fixture
def world(db: None, settings: Any) -> World:
    made = new_world()
    period = lucky_period()
    early = next(name for name in (f"u-{n}" for n in count()) if 0.03 < luck(name, period) < 0.4)
    for unit, slug in zip(made.units, (OFFICER, early), strict=True):
        Organisation.objects.filter(pk=unit.pk).update(slug=slug)
    settings.TODAY = (period.end - DAY).isoformat()
    return made


def luck(slug: str, period: Period) -> float:
    return chance("last day", slug, period.code)


def lucky_period() -> Period:
    """One in which the officer's unit would report early, were it not the visitor's."""
    halves = (parse_period(f"ADM-{year}-H{half}") for year in range(2020, 2030) for half in (1, 2))
    return next(period for period in halves if luck(OFFICER, period) < 0.4)


def test_on_the_last_day_early_ones_wait_for_the_desk_and_the_visitors_own_for_the_visitor(
    world: World,
) -> None:
    live_through(world.form, lucky_period(), Reporter())
    states = dict(Report.objects.filter(level="commune").values_list("organisation__slug", "state"))
    assert states.pop(OFFICER) == "expected"
    assert list(states.values()) == ["submitted"]
