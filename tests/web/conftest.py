from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine

from tests.web.world import PageWorld, page_world


@pytest.fixture
def world(db: None) -> Iterator[PageWorld]:
    """On the morning after the half closed."""
    with time_machine.travel(datetime(2026, 6, 16, 2, tzinfo=UTC), tick=False):
        yield page_world()
