"""What `phoihop check` says of a conference's log."""

from datetime import date, timedelta

import pytest

from phoihop.conferences.actions import (
    answer_roll_call,
    close_conference,
    draft_minutes,
    enter_speaker,
    freeze_minutes,
    give_floor,
    open_roll_call,
)
from phoihop.conferences.log_check import broken_logs
from phoihop.conferences.models import Minutes, Official, RollCallAnswer, RollCallBase
from phoihop.orgs.models import Organisation, Post
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


def test_a_text_that_is_no_text_any_more_is_found(held: ConferenceWorld) -> None:
    Minutes.objects.update(context="{")
    (fault,) = broken_logs()
    assert "không đúng với văn bản đã khóa" in fault


def test_a_changed_base_of_a_roll_call_is_found(world: ConferenceWorld) -> None:
    world.in_session()
    open_roll_call(conference=world.conference, by=world.chair)
    close_conference(conference=world.conference, by=world.chair)
    assert list(broken_logs()) == []
    RollCallBase.objects.filter(delegation__site=world.sites[0]).update(invited=5)
    (fault,) = broken_logs()
    assert fault.startswith("Điểm danh lần 1 của “Hội nghị trực tuyến sơ kết")


def test_a_post_that_was_retitled_since_is_no_fault_and_a_name_altered_in_the_minutes_is(
    world: ConferenceWorld,
) -> None:
    post = Post.objects.create(
        organisation=world.centre,
        slug="head",
        title_vi="Trưởng ban",
        title_en="Head",
        valid_from=date(2010, 1, 1),
    )
    Official.objects.filter(conference=world.conference).update(post=post)
    world.in_session()
    speaker = enter_speaker(item=world.items[0], site=world.sites[1], post="Trưởng ban", by=None)
    give_floor(speaker=speaker, by=None)
    close_conference(conference=world.conference, by=world.chair)
    minutes = freeze_minutes(minutes=draft_minutes(conference=world.conference, by=None), by=None)
    Post.objects.update(title_en="Chairperson", title_vi="Trưởng Ban")
    Organisation.objects.filter(pk=world.centre.pk).update(name_vi="Tên mới", name_en="New name")
    assert list(broken_logs()) == []
    minutes.drafted["officials"]["chair"][0]["post"]["vi"] = "Giám đốc"
    minutes.save()
    (fault,) = broken_logs()
    assert "không đúng với văn bản đã khóa" in fault


def test_an_answer_altered_in_its_row_is_found(world: ConferenceWorld) -> None:
    world.in_session()
    call = open_roll_call(conference=world.conference, by=world.chair)
    mine = world.sites[1].delegations.get()
    for present in (9, 10):
        answer_roll_call(roll_call=call, delegation=mine, present=present, by=world.head(1))
    assert list(broken_logs()) == []
    RollCallAnswer.objects.filter(is_current=True).update(present=11)
    (fault,) = broken_logs()
    assert fault.startswith("Kết quả trả lời đang lưu của điểm danh lần 1")
