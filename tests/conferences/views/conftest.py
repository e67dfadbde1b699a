from collections.abc import Iterator

import pytest

from phoihop.conferences.media.choice import engine
from phoihop.conferences.media.fake import FakeEngine
from tests.conferences.world import ConferenceWorld


@pytest.fixture
def fake() -> Iterator[FakeEngine]:
    """The engine of this test alone."""
    engine.cache_clear()
    chosen = engine()
    assert isinstance(chosen, FakeEngine)
    yield chosen
    engine.cache_clear()


@pytest.fixture
def session(world: ConferenceWorld) -> ConferenceWorld:
    return world.in_session()
