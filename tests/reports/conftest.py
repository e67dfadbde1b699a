from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine

from tests.reports.world import World, new_world


@pytest.fixture
def world(db: None) -> Iterator[World]:
    """On 16/6/2026 in the morning: the first half is over, its communes' deadline is that day."""
    with time_machine.travel(datetime(2026, 6, 16, 2, tzinfo=UTC), tick=False):
        yield new_world()
