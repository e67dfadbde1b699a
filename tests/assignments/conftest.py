from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine

from phoihop.areas.actions.derived import rebuild_derived
from phoihop.assignments.models import Assignment
from phoihop.orgs.models import Organisation
from tests.factories.assignments import issued
from tests.reports.world import World, front_of, new_world


@pytest.fixture
def world(db: None) -> Iterator[World]:
    """On 16/6/2026: the centre, one province, two communes, the police of each."""
    with time_machine.travel(datetime(2026, 6, 16, 2, tzinfo=UTC), tick=False):
        made = new_world()
        rebuild_derived()
        yield made


@pytest.fixture
def front(world: World) -> Organisation:
    """Of the province."""
    return front_of(world.province, front_of(world.country))


@pytest.fixture
def task(world: World) -> Assignment:
    """Given by the centre to the province's police, due on 31/7/2026."""
    return issued(world.centre, world.programme, world.desk)[0]
