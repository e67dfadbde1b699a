from collections.abc import Callable

import pytest

from phoihop.conferences.actions import read_note, write_note
from phoihop.conferences.enums import Duty, GrantKind
from phoihop.conferences.models import PresidiumNote
from phoihop.core.errors import DomainError, NotAllowed
from tests.conferences.world import ConferenceWorld


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("head", True),
        ("room", True),
        ("room of another site", False),
        ("seat", False),
        ("viewer", False),
        ("chair", False),
    ],
)
def test_who_writes_for_a_site(world: ConferenceWorld, who: str, may: bool) -> None:
    world.in_session()
    people: dict[str, Callable[[], object]] = {
        "head": lambda: world.head(1),
        "room": lambda: world.room(1),
        "room of another site": lambda: world.room(2),
        "seat": lambda: world.seat(1),
        "viewer": lambda: world.room(1, GrantKind.VIEW),
        "chair": lambda: world.chair,
    }
    written = True
    try:
        write_note(site=world.sites[1], text="Xin bổ sung", by=people[who]())
    except NotAllowed:
        written = False
    assert (written, PresidiumNote.objects.count()) == (may, int(may))


@pytest.mark.parametrize(
    "text", ["", "  \n ", "a" * 501, "MẬT\nNội dung", "Kính gửi\n[TỐI MẬT]", "Độ mật: Tuyệt mật"]
)
def test_what_is_not_sent(world: ConferenceWorld, text: str) -> None:
    world.in_session()
    with pytest.raises(DomainError):
        write_note(site=world.sites[1], text=text, by=world.room(1))
    assert PresidiumNote.objects.count() == 0


def test_500_characters_and_the_word_in_a_sentence_are_sent(world: ConferenceWorld) -> None:
    world.in_session()
    text = ("Đề nghị giữ bí mật số điện thoại. " * 20)[:500]
    assert write_note(site=world.sites[1], text=text, by=world.room(1)).text == text.strip()


def test_only_the_number_of_notes_travels(world: ConferenceWorld) -> None:
    world.in_session()
    note = write_note(site=world.sites[1], text="Xin bổ sung", by=world.room(1))
    event = world.conference.events.latest("seq")
    assert (event.payload, event.patch["notes"]) == (
        {"note": note.pk, "site": "diem-1"},
        {"visibility": "hidden", "unread": 1, "last": note.pk},
    )
    read_note(note=note, by=world.official(Duty.SECRETARY))
    read_note(note=note, by=world.chair)
    note.refresh_from_db()
    assert note.read_by == world.officials[Duty.SECRETARY]
    event = world.conference.events.latest("seq")
    assert (event.type, event.patch["notes"]["unread"]) == ("read_note", 0)
    for by in (world.head(1), world.room(1)):
        with pytest.raises(NotAllowed):
            read_note(note=note, by=by)
