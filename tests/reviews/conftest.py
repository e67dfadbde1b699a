from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine

from tests.reviews.world import ReviewWorld, review_world


@pytest.fixture
def world(db: None) -> Iterator[ReviewWorld]:
    with time_machine.travel(datetime(2026, 6, 16, 2, tzinfo=UTC), tick=False):
        yield review_world()
