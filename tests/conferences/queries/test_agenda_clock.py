"""The console's clock against the plan."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from phoihop.conferences.actions import begin_item, open_conference
from phoihop.conferences.enums import Duty
from phoihop.conferences.queries.agenda import progress_of
from tests.conferences.world import ConferenceWorld


@pytest.mark.parametrize(("after", "late"), [(60, 0), (80, 0), (81, 1), (105, 25)])
def test_an_item_is_late_beyond_its_planned_end(
    world: ConferenceWorld, moment: time_machine.Traveller, client: Client, after: int, late: int
) -> None:
    """The conference is planned an hour from now, its first item for twenty minutes."""
    open_conference(conference=world.conference, by=world.chair)
    begin_item(item=world.items[0], by=world.chair)
    moment.shift(timedelta(minutes=after))
    told = progress_of(world.conference)
    assert told is not None
    assert (told.item, told.late_minutes) == (world.items[0], late)
    client.force_login(world.officials[Duty.CHAIR])
    page = client.get("/hoi-nghi/hoi-nghi-thu/dieu-hanh/").content.decode()
    assert (f"chậm {late} phút" in page, "Đúng tiến độ" in page) == (late > 0, late == 0)


def test_nothing_is_late_before_the_first_item(world: ConferenceWorld) -> None:
    assert progress_of(world.conference) is None
