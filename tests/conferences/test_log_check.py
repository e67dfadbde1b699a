"""What `phoihop check` says of a conference's log."""

from datetime import timedelta

import pytest

from phoihop.conferences.actions import close_conference, draft_minutes, freeze_minutes, open_roll_call
from phoihop.conferences.log_check import broken_logs
from phoihop.conferences.models import Minutes, RollCallBase
from tests.conferences.world import ConferenceWorld


@pytest.fixture
def held(world: ConferenceWorld) -> ConferenceWorld:
    world.in_session()
    close_conference(conference=world.conference, by=world.chair)
    freeze_minutes(minutes=draft_minutes(conference=world.conference, by=None), by=None)
    return world


def test_a_whole_log_has_no_fault(held: ConferenceWorld) -> None:
    assert list(broken_logs()) == []


def test_a_line_taken_out_is_found(held: ConferenceWorld) -> None:
    held.conference.events.filter(type="begin_item").delete()
    first, second = broken_logs()
    assert first.startswith(
        "Diễn biến của “Hội nghị trực tuyến sơ kết chương trình thử” có 3 dòng, lẽ ra phải có 4"
    )
    assert "biên bản bản 1" in second


def test_a_changed_line_is_found(held: ConferenceWorld) -> None:
    event = held.conference.events.get(type="close_conference")
    event.at += timedelta(hours=1)
    event.save()
    (fault,) = broken_logs()
    assert "không phải diễn biến" in fault


def test_changed_minutes_are_found(held: ConferenceWorld) -> None:
    minutes = Minutes.objects.get()
    minutes.drafted["ended_at"] = minutes.drafted["began_at"] + "x"
    minutes.save()
    (fault,) = broken_logs()
    assert "Không lập lại được biên bản bản 1" in fault


def test_a_changed_base_of_a_roll_call_is_found(world: ConferenceWorld) -> None:
    world.in_session()
    open_roll_call(conference=world.conference, by=world.chair)
    close_conference(conference=world.conference, by=world.chair)
    assert list(broken_logs()) == []
    RollCallBase.objects.filter(delegation__site=world.sites[0]).update(invited=5)
    (fault,) = broken_logs()
    assert fault.startswith("Điểm danh lần 1 của “Hội nghị trực tuyến sơ kết")
