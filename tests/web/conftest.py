from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client

from phoihop.reports.models import Report
from tests.reports.world import World
from tests.web.world import PageWorld, client_of, page_world


@pytest.fixture
def world(db: None) -> Iterator[PageWorld]:
    """On the morning after the half closed."""
    with time_machine.travel(datetime(2026, 6, 16, 2, tzinfo=UTC), tick=False):
        yield page_world()


@pytest.fixture
def reported(world: World) -> Report:
    """Expected of the first unit, where a file's own world is the small one of reports."""
    world.open()
    return world.report_of(world.units[0])


@pytest.fixture
def officer(world: World, reported: Report) -> Client:
    return client_of(world.officer())
