from datetime import timedelta
from importlib import import_module
from itertools import product

import pytest
from django.apps import apps

from phoihop.conferences.actions import (
    add_item,
    begin_item,
    close_conference,
    decline_speech,
    edit_item,
    edit_speech,
    enter_speaker,
    give_floor,
    move_item,
    open_conference,
    place_speech,
    register_speech,
    remove_item,
)
from phoihop.conferences.enums import Duty, ItemKind, SpeechState, Visibility
from phoihop.conferences.facts import ItemFacts, SpeechFacts, facts_of
from phoihop.conferences.models import AgendaItem, MediaCommand, RegisteredSpeech
from phoihop.conferences.permissions import Attendee, attendee_of
from phoihop.core.errors import Conflict, DomainError, NotAllowed
from tests.conferences.world import PARTS, ConferenceWorld


def desk(world: ConferenceWorld) -> Attendee:
    return attendee_of(world.conference, world.desk)


def titles(world: ConferenceWorld) -> list[str]:
    return [item.title_vi for item in world.conference.items.filter(parent=None)]


def minutes(world: ConferenceWorld) -> dict[str, int]:
    """When each item begins, in minutes from the beginning."""
    start = world.refreshed().starts_at
    return {
        item.title_vi: int((item.planned_at - start).total_seconds() // 60)
        for item in world.conference.items.order_by("planned_at", "pk")
    }


def changed(item: AgendaItem, **changes: object) -> ItemFacts:
    held = facts_of(item, ItemFacts)
    return ItemFacts(**{name: getattr(held, name) for name in ItemFacts.__dataclass_fields__} | changes)


def added(world: ConferenceWorld, title: str = "Phần", **facts: object) -> AgendaItem:
    given = {"kind": ItemKind.SPEECH, "title_vi": title, "planned_minutes": 10, **facts}
    return add_item(conference=world.conference, facts=ItemFacts(**given), by=desk(world))


def test_times_follow_from_order_and_minutes(world: ConferenceWorld) -> None:
    edit_item(item=world.items[0], facts=changed(world.items[0], planned_minutes=35), by=desk(world))
    move_item(item=world.items[3], before=world.items[1], by=desk(world))
    assert minutes(world) == {"Nội dung 1": 0, "Nội dung 4": 35, "Nội dung 2": 55, "Nội dung 3": 75}


def test_a_fixed_time_moves_what_follows(world: ConferenceWorld) -> None:
    at = world.conference.starts_at + timedelta(minutes=60)
    edit_item(item=world.items[1], facts=changed(world.items[1], planned_at=at), by=desk(world))
    assert minutes(world) == {"Nội dung 1": 0, "Nội dung 2": 60, "Nội dung 3": 80, "Nội dung 4": 100}
    edit_item(item=world.items[1], facts=changed(world.items[1], planned_at=None), by=desk(world))
    assert minutes(world)["Nội dung 2"] == 20


def test_a_fixed_time_outside_the_conference_is_refused(world: ConferenceWorld) -> None:
    at = world.conference.ends_at + timedelta(minutes=1)
    with pytest.raises(DomainError, match="Giờ cố định phải nằm trong thời gian hội nghị"):
        edit_item(item=world.items[1], facts=changed(world.items[1], planned_at=at), by=desk(world))


def test_parts_fill_their_item_and_lengthen_it(world: ConferenceWorld) -> None:
    for number in (1, 2, 3):
        added(world, f"Phần {number}", parent=world.items[1])
    assert minutes(world) == {
        "Nội dung 1": 0, "Nội dung 2": 20, "Phần 1": 20, "Phần 2": 30, "Phần 3": 40, "Nội dung 3": 50, "Nội dung 4": 70,
    }  # fmt: skip


def test_an_agenda_has_two_levels(world: ConferenceWorld) -> None:
    part = added(world, parent=world.items[1])
    with pytest.raises(DomainError, match="tối đa hai cấp"):
        added(world, "Phần nhỏ", parent=part)
    with pytest.raises(DomainError, match="tối đa hai cấp"):
        edit_item(item=world.items[1], facts=changed(world.items[1], parent=world.items[2]), by=desk(world))
    with pytest.raises(DomainError, match="không thể thuộc chính nó"):
        edit_item(item=world.items[1], facts=changed(world.items[1], parent=world.items[1]), by=desk(world))


def seen_by(item: AgendaItem) -> str:
    item.refresh_from_db()
    return item.visibility


@pytest.mark.parametrize(
    ("above", "own", "allowed"),
    [
        (Visibility.INTERNAL, Visibility.OPEN, "Chỉ đại biểu; Chỉ đoàn chủ trì"),
        (Visibility.HIDDEN, Visibility.OPEN, "Chỉ đoàn chủ trì"),
        (Visibility.HIDDEN, Visibility.INTERNAL, "Chỉ đoàn chủ trì"),
    ],
)
def test_a_part_wider_than_its_item_is_refused_with_what_is_allowed(
    world: ConferenceWorld, above: Visibility, own: Visibility, allowed: str
) -> None:
    """Made, widened or moved there, and where the form was filled before the item was closed."""
    stale = AgendaItem.objects.get(pk=world.items[1].pk)
    edit_item(item=world.items[1], facts=changed(world.items[1], visibility=above), by=desk(world))
    said = rf"Phần của “Nội dung 2” có thể mở cho: {allowed}\."
    for parent in (world.items[1], stale):
        with pytest.raises(DomainError, match=said):
            added(world, parent=parent, visibility=own)
    part = added(world, parent=world.items[1], visibility=Visibility.HIDDEN)
    with pytest.raises(DomainError, match=said):
        edit_item(item=part, facts=changed(part, visibility=own), by=desk(world))
    outside = added(world, "Ngoài", visibility=Visibility.HIDDEN)
    below = changed(outside, parent=world.items[1], visibility=own)
    with pytest.raises(DomainError, match=said):
        edit_item(item=outside, facts=below, by=desk(world))
    assert (seen_by(part), world.items[1].children.count()) == (Visibility.HIDDEN, 1)


@pytest.mark.parametrize(("own", "above", "seen"), PARTS)
def test_an_item_that_is_narrowed_narrows_its_parts(
    world: ConferenceWorld, own: Visibility, above: Visibility, seen: Visibility
) -> None:
    part, other = world.part(own, above), added(world, parent=world.items[1])
    assert (seen_by(part), seen_by(other)) == (seen, Visibility.OPEN)
    edit_item(item=world.items[-1], facts=changed(world.items[-1], visibility="open"), by=desk(world))
    assert seen_by(part) == seen  # who opens an item says so of each part


@pytest.mark.parametrize(("own", "above", "seen"), PARTS)
def test_a_part_moved_below_a_narrower_item_is_narrowed_with_it(
    world: ConferenceWorld, own: Visibility, above: Visibility, seen: Visibility
) -> None:
    item = added(world, visibility=own)
    edit_item(item=world.items[1], facts=changed(world.items[1], visibility=above), by=desk(world))
    edit_item(item=item, facts=changed(item, parent=world.items[1]), by=desk(world))
    assert seen_by(item) == seen


def test_a_part_under_discussion_closes_with_its_item_and_the_engine_is_told(world: ConferenceWorld) -> None:
    part = added(world, parent=world.items[1])
    open_conference(conference=world.conference, by=world.chair)
    begin_item(item=part, by=world.chair)
    MediaCommand.objects.all().delete()
    edit_item(item=world.items[1], facts=changed(world.items[1], visibility="internal"), by=world.chair)
    assert world.conference.events.latest("seq").patch["item"]["visibility"] == "internal"
    assert list(MediaCommand.objects.values_list("name", flat=True)) == ["settle"]


def test_parts_that_were_wider_are_narrowed_once(world: ConferenceWorld) -> None:
    made = [
        (above, own, added(world, f"{above}-{own}", parent=added(world, visibility=above), visibility=above))
        for above, own in product(Visibility, Visibility)
    ]
    for _above, own, part in made:
        AgendaItem.objects.filter(pk=part.pk).update(visibility=own)
    import_module("phoihop.conferences.migrations.0013_parts_no_wider").narrow(apps, None)
    order = list(Visibility)
    assert [seen_by(part) for *_both, part in made] == [max(a, o, key=order.index) for a, o, _p in made]


def test_an_item_something_hangs_on_stays(world: ConferenceWorld) -> None:
    part = added(world, parent=world.items[1])
    with pytest.raises(Conflict, match="đang có phần con"):
        remove_item(item=world.items[1], by=desk(world))
    remove_item(item=part, by=desk(world))
    remove_item(item=world.items[1], by=desk(world))
    assert titles(world) == ["Nội dung 1", "Nội dung 3", "Nội dung 4"]


def test_the_chair_adds_and_moves_during_the_session_and_what_is_done_stays(world: ConferenceWorld) -> None:
    open_conference(conference=world.conference, by=world.chair)
    begin_item(item=world.items[0], by=world.chair)
    begin_item(item=world.items[1], by=world.chair)
    facts = ItemFacts(kind=ItemKind.SPEECH, title_vi="Bổ sung", planned_minutes=5)
    extra = add_item(conference=world.conference, facts=facts, by=world.chair)
    move_item(item=extra, before=world.items[0], by=world.chair)
    assert titles(world) == ["Nội dung 1", "Nội dung 2", "Bổ sung", "Nội dung 3", "Nội dung 4"]
    for item in world.items[:2]:
        with pytest.raises(Conflict, match="việc đã làm không sửa"):
            edit_item(item=item, facts=changed(item, title_vi="Khác"), by=world.chair)
        with pytest.raises(Conflict, match="việc đã làm không sửa"):
            move_item(item=item, before=None, by=world.chair)


def test_after_the_session_nothing_changes(world: ConferenceWorld) -> None:
    open_conference(conference=world.conference, by=world.chair)
    close_conference(conference=world.conference, by=world.chair)
    with pytest.raises(Conflict, match="đã bế mạc"):
        added(world)


@pytest.mark.parametrize(("duty", "may"), [(Duty.CHAIR, True), (Duty.DIRECTOR, True), (Duty.SECRETARY, True)])
def test_officials_who_arrange_the_agenda(world: ConferenceWorld, duty: Duty, may: bool) -> None:
    facts = ItemFacts(kind=ItemKind.BREAK, title_vi="Giải lao")
    assert bool(add_item(conference=world.conference, facts=facts, by=world.official(duty)).pk) == may


def test_a_room_arranges_nothing(world: ConferenceWorld) -> None:
    with pytest.raises(NotAllowed):
        add_item(conference=world.conference, facts=ItemFacts(kind="break", title_vi="x"), by=world.room(1))


def speech(world: ConferenceWorld, number: int = 1, by: Attendee | None = None) -> RegisteredSpeech:
    delegation = world.sites[number].delegations.get()
    return register_speech(
        delegation=delegation, facts=SpeechFacts(title_vi="Kinh nghiệm"), by=by or desk(world)
    )


def test_a_head_registers_for_the_own_site_only(world: ConferenceWorld) -> None:
    assert speech(world, 1, world.head(1)).registered_by == world.heads[1]
    for other in (world.head(2), world.room(1)):
        with pytest.raises(NotAllowed):
            speech(world, 1, other)


def test_a_speech_is_placed_where_speeches_are_given(world: ConferenceWorld) -> None:
    held = speech(world)
    with pytest.raises(DomainError, match="không có phần tham luận"):
        place_speech(speech=held, item=world.items[0], by=desk(world))
    place_speech(speech=held, item=world.items[2], by=desk(world))
    assert (held.item, held.state, held.order) == (world.items[2], SpeechState.PLACED, 1)
    decline_speech(speech=held, by=desk(world))
    assert (held.item, held.state) == (None, SpeechState.DECLINED)


def test_a_speech_on_the_list_is_not_changed_any_more(world: ConferenceWorld) -> None:
    held = speech(world)
    enter_speaker(item=world.items[2], site=world.sites[1], speech=held, by=world.chair)
    with pytest.raises(Conflict, match="không sửa nữa"):
        edit_speech(speech=held, facts=SpeechFacts(title_vi="Khác"), by=desk(world))


def test_the_same_speech_is_registered_once(world: ConferenceWorld) -> None:
    speech(world)
    with pytest.raises(Conflict, match="Đoàn này đã đăng ký “Kinh nghiệm”"):
        speech(world)


def test_a_speech_of_the_centre_is_registered_placed_and_given_like_any_other(world: ConferenceWorld) -> None:
    """From a delegation of the central site, by its head or by who prepares; the floor is its delegation's."""
    own, item = world.sites[0].delegations.get(), world.items[0]
    facts = SpeechFacts(title_vi="Công tác dân vận", speaker_post="Đại diện Ban Dân vận")
    with pytest.raises(NotAllowed):
        register_speech(delegation=own, facts=facts, by=world.head(1))
    speech = register_speech(delegation=own, facts=facts, by=world.head(0))
    item.kind = ItemKind.SPEECH
    item.save()
    placed = place_speech(speech=speech, item=item, by=desk(world))
    assert (placed.state, list(item.speeches.all())) == (SpeechState.PLACED, [speech])
    world.in_session()
    speaker = enter_speaker(item=item, site=world.sites[0], delegation=own, speech=speech, by=world.chair)
    give_floor(speaker=speaker, by=world.chair)
    told = world.conference.events.get(type="give_floor").payload
    assert (told["site"], told["delegation"], told["post"]) == ("diem-0", own.pk, "Đại diện Ban Dân vận")
