from collections.abc import Iterator

import pytest

from phoihop.orgs.models import Organisation
from tests.reports.conftest import world as world  # noqa: PLC0414  on 16/6/2026, one province with two communes
from tests.reports.world import World, front_of


@pytest.fixture
def police(world: World) -> Organisation:
    return world.units[0]


@pytest.fixture
def front(world: World) -> Iterator[Organisation]:
    """Of the same commune as the police."""
    return front_of(world.communes[0], front_of(world.province))
