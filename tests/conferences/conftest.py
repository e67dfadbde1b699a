from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine

from tests.conferences.world import ConferenceWorld, conference_world


@pytest.fixture
def moment() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(datetime(2026, 6, 16, 2, tzinfo=UTC), tick=False) as traveller:
        yield traveller


@pytest.fixture
def world(db: None, moment: time_machine.Traveller) -> ConferenceWorld:
    return conference_world()
