"""A person's data goes out of a conference: rows, log, display, minutes and their files; what was counted stands."""

import json
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.apps import apps

from phoihop.audit.actions import broken_links, seal_events
from phoihop.audit.models import AuditEvent
from phoihop.audit.words import TAKEN_OUT, broken_words
from phoihop.conferences.actions import (
    cancel_vote,
    close_conference,
    close_vote,
    draft_minutes,
    edit_minutes,
    edit_speech,
    end_item,
    enter_speaker,
    freeze_minutes,
    give_floor,
    give_opinion,
    open_vote,
    prepare_vote,
    redact_minutes_words,
    redact_said,
    register_speech,
    show_scene,
    write_note,
)
from phoihop.conferences.display import display
from phoihop.conferences.enums import ConferenceKind, Scene, VoteKind
from phoihop.conferences.facts import SpeechFacts
from phoihop.conferences.log_check import broken_logs
from phoihop.conferences.models import (
    Conference,
    ConferenceRedaction,
    Minutes,
    PresidiumNote,
    RegisteredSpeech,
)
from phoihop.conferences.sealing import texts_of
from phoihop.conferences.verify import broken_votes
from phoihop.core import storage
from phoihop.core.errors import DomainError, NotAllowed
from phoihop.orgs.enums import Role
from phoihop.orgs.models import Organisation
from tests.conferences.test_display import laid_over
from tests.conferences.world import ConferenceWorld
from tests.factories.orgs import user_for

NAMED = "Bà Trần Thị B, 0901234567"
ASKED = "Mời ông Nguyễn Văn C lên phát biểu"
WHY = "Có dữ liệu cá nhân"


def said_anywhere() -> list[str]:
    """The models in whose rows the words still stand."""
    return [
        model.__name__
        for model in apps.get_models()
        for row in model._default_manager.values()
        if "0901234567" in json.dumps(row, default=str, ensure_ascii=False)
    ]


def at(conference: Conference, place: str) -> dict[str, Any]:
    found = next(pk for said, pk, text in texts_of(conference) if (said, text) == (place, NAMED))
    return {"conference": conference, "place": place, "pk": found}


def spoken(world: ConferenceWorld, **told: str) -> RegisteredSpeech:
    """A speech registered, put on the list, given the floor."""
    delegation = world.sites[1].delegations.get()
    facts = SpeechFacts(**{"title_vi": "Tham luận", "speaker_post": "Giám đốc", **told})
    speech = register_speech(delegation=delegation, facts=facts, by=None)
    speaker = enter_speaker(
        item=world.items[0], site=world.sites[1], delegation=delegation, speech=speech,
        post=told.get("speaker_post", "Giám đốc"), by=None,
    )  # fmt: skip
    give_floor(speaker=speaker, by=None)
    return speech


def noted(world: ConferenceWorld) -> None:
    write_note(site=world.sites[1], text=NAMED, by=None)


def shown(world: ConferenceWorld) -> None:
    """On the wall now, and in the log."""
    show_scene(conference=world.conference, scene=Scene.MESSAGE, message=NAMED, by=None)


def cancelled(world: ConferenceWorld) -> None:
    vote = prepare_vote(item=world.items[0], title_vi="Thông qua", kind=VoteKind.NAMED, by=None)
    cancel_vote(vote=vote, reason=NAMED, by=None)


def retitled(world: ConferenceWorld) -> None:
    """Only the log remembers the first title."""
    speech = register_speech(
        delegation=world.sites[1].delegations.get(), facts=SpeechFacts(title_vi=NAMED), by=None
    )
    edit_speech(speech=speech, facts=SpeechFacts(title_vi="Kinh nghiệm"), by=None)


KINDS: dict[str, Any] = {
    "note": noted,
    "title": lambda world: spoken(world, title_vi=NAMED),
    "title-en": lambda world: spoken(world, title_en=NAMED),
    "speech": lambda world: spoken(world, text=NAMED),
    "speech-post": lambda world: spoken(world, speaker_post=NAMED),
    "speaker-post": lambda world: spoken(world, speaker_post=NAMED),
}
IN_THE_LOG: dict[str, Any] = {"message": shown, "reason": cancelled, "former title": retitled}


@pytest.fixture
def centre(world: ConferenceWorld) -> Any:
    return user_for(world.centre, Role.CENTRAL_DESK)


@pytest.mark.parametrize("place", KINDS)
def test_words_are_gone_from_rows_log_and_display_and_the_patches_still_add_up(
    world: ConferenceWorld, centre: Any, place: str
) -> None:
    world.in_session()
    KINDS[place](world)
    seal_events()
    assert said_anywhere() != []
    redact_said(**at(world.refreshed(), place), reason=WHY, by=centre)
    assert said_anywhere() == []
    conference = world.refreshed()
    assert laid_over(conference) == display(conference)
    last = conference.events.order_by("seq").last()
    assert (last.type, last.actor) == ("redact_words", centre.username)
    told = AuditEvent.objects.filter(action="redact_words").order_by("pk").last()
    assert (told.details["place"], WHY in str(told.details)) == (place, False)
    seal_events()
    assert [*broken_words(), *broken_links(), *broken_logs()] == []


@pytest.mark.parametrize("kind", IN_THE_LOG)
def test_words_that_only_the_log_has_go_too(world: ConferenceWorld, kind: str) -> None:
    world.in_session()
    IN_THE_LOG[kind](world)
    redact_said(**at(world.refreshed(), "log"), reason=WHY, by=None)
    conference = world.refreshed()
    assert (said_anywhere(), laid_over(conference)) == ([], display(conference))


def test_two_titles_of_one_delegation_taken_out_differ(world: ConferenceWorld) -> None:
    delegation = world.sites[1].delegations.get()
    for title in (NAMED, f"{NAMED} nữa"):
        register_speech(delegation=delegation, facts=SpeechFacts(title_vi=title), by=None)
    for said, pk, _text in list(texts_of(world.conference)):
        redact_said(conference=world.conference, place=said, pk=pk, reason=WHY, by=None)
    titles = list(RegisteredSpeech.objects.order_by("pk").values_list("title_vi", flat=True))
    assert titles == [TAKEN_OUT, f"{TAKEN_OUT} 2"]
    assert (list(texts_of(world.conference)), list(broken_words())) == ([], [])


def test_an_answer_in_writing_is_taken_out(world: ConferenceWorld) -> None:
    Conference.objects.update(kind=ConferenceKind.WRITTEN)
    give_opinion(conference=world.refreshed(), organisation=world.bodies[1], text=NAMED, by=None)
    redact_said(**at(world.conference, "opinion"), reason=WHY, by=None)
    assert (said_anywhere(), world.conference.opinions.get().text) == ([], TAKEN_OUT)


@pytest.fixture
def frozen(world: ConferenceWorld) -> Minutes:
    """A speech that names a person was given, a vote closed; the minutes name the person in their own text too."""
    world.in_session()
    vote = prepare_vote(item=world.items[0], title_vi="Thông qua", kind=VoteKind.NAMED, by=None)
    open_vote(vote=vote, by=None)
    spoken(world, title_vi=NAMED)
    show_scene(conference=world.conference, scene=Scene.MESSAGE, message=ASKED, by=None)
    close_vote(vote=vote, by=None)
    end_item(item=world.items[0], by=None)
    close_conference(conference=world.conference, by=None)
    minutes = draft_minutes(conference=world.conference, by=None)
    texts = {"vi": f"Nêu trường hợp {NAMED}, đề nghị giải quyết.", "en": f"Told of {NAMED}."}
    edit_minutes(minutes=minutes, part=f"item-{world.items[0].pk}", texts=texts, by=None)
    ends = {"vi": "Bế mạc lúc 11 giờ.", "en": "Closed at 11."}
    edit_minutes(minutes=minutes, part="closing", texts=ends, by=None)
    return freeze_minutes(minutes=minutes, by=None)


def in_word(minutes: Minutes) -> str:
    kept = minutes.files.get(kind="docx", language="vi")
    with ZipFile(BytesIO(storage.place_of(kept.path).read_bytes())) as archive:
        return archive.read("word/document.xml").decode()


def test_frozen_minutes_lose_the_words_and_their_files_are_made_anew(
    world: ConferenceWorld, frozen: Minutes, django_capture_on_commit_callbacks: Any
) -> None:
    was, hashes = {each.path for each in frozen.files.all()}, (frozen.log_hash, frozen.context_hash)
    assert "0901234567" in in_word(frozen)
    with django_capture_on_commit_callbacks(execute=True):
        redact_said(**at(world.refreshed(), "title"), reason=WHY, by=None)
    frozen.refresh_from_db()
    assert (said_anywhere(), "0901234567" in in_word(frozen)) == ([], False)
    assert "đề nghị giải quyết" in in_word(frozen)
    assert hashes == (frozen.log_hash, frozen.context_hash)
    assert not any(storage.place_of(path).exists() for path in was)
    assert [each.label for each in ConferenceRedaction.objects.filter(minutes=frozen)] == ["title"]
    seal_events()
    assert [*broken_logs(), *broken_votes(), *broken_words(), *broken_links()] == []


def test_after_a_redaction_a_changed_log_is_still_found(world: ConferenceWorld, frozen: Minutes) -> None:
    redact_said(**at(world.refreshed(), "title"), reason=WHY, by=None)
    event = world.conference.events.get(type="close_conference")
    event.actor = "another"
    event.save()
    assert len(list(broken_logs())) == 1
    frozen.refresh_from_db()
    frozen.context += " "
    frozen.save()
    event.actor = ""
    event.save()
    (fault,) = broken_logs()
    assert "không đúng với văn bản đã khóa" in fault


def test_words_are_taken_out_of_the_minutes_alone(world: ConferenceWorld, frozen: Minutes) -> None:
    left = redact_minutes_words(
        conference=world.refreshed(), words="Nêu trường hợp Bà Trần Thị B", reason=WHY, by=None
    )
    frozen.refresh_from_db()
    assert f"{TAKEN_OUT}, 0901234567, đề nghị giải quyết." in frozen.context
    assert ([each.minutes for each in left], world.conference.speeches.get().title_vi) == (
        [None, frozen], NAMED,
    )  # fmt: skip
    assert list(broken_logs()) == []


def test_a_version_in_which_the_words_do_not_stand_is_left_as_it_is(
    world: ConferenceWorld, frozen: Minutes
) -> None:
    """Not even renamed: a post or a body that was put right since is not what the redaction is about."""
    was = Minutes.objects.values().get(pk=frozen.pk)
    files = list(frozen.files.values_list("path", "sha256"))
    Organisation.objects.update(name_vi="Tên mới", name_en="New name")
    (shown,) = (pk for said, pk, text in texts_of(world.refreshed()) if (said, text) == ("log", ASKED))
    left = redact_said(conference=world.refreshed(), place="log", pk=shown, reason=WHY, by=None)
    assert ([each.minutes for each in left], Minutes.objects.values().get(pk=frozen.pk)) == ([None], was)
    assert list(frozen.files.values_list("path", "sha256")) == files
    assert list(broken_logs()) == []


def test_a_version_that_loses_words_is_not_renamed(world: ConferenceWorld, frozen: Minutes) -> None:
    was = frozen.drafted
    Organisation.objects.update(name_vi="Tên mới", name_en="New name")
    redact_said(**at(world.refreshed(), "title"), reason=WHY, by=None)
    frozen.refresh_from_db()
    assert frozen.drafted["officials"] == was["officials"]
    assert (frozen.drafted["items"] != was["items"], "Tên mới" in frozen.context) == (True, False)
    assert list(broken_logs()) == []


def test_a_draft_of_minutes_loses_the_words_and_can_be_frozen_after_it_is_drafted_again(
    world: ConferenceWorld,
) -> None:
    world.in_session()
    spoken(world, title_vi=NAMED)
    close_conference(conference=world.conference, by=None)
    minutes = draft_minutes(conference=world.conference, by=None)
    redact_said(**at(world.refreshed(), "title"), reason=WHY, by=None)
    assert (said_anywhere(), list(broken_logs())) == ([], [])
    freeze_minutes(minutes=draft_minutes(conference=world.refreshed(), by=None), by=None)
    assert list(broken_logs()) == []
    assert Minutes.objects.get() == minutes


def test_only_the_centre_with_a_reason_and_where_words_stand(world: ConferenceWorld, centre: Any) -> None:
    write_note(site=world.sites[1], text=NAMED, by=None)
    told = at(world.refreshed(), "note")
    provincial = user_for(world.bodies[1], Role.PROVINCIAL_DESK)
    refusals: list[tuple[dict[str, Any], type[Exception]]] = [
        (told | {"by": provincial, "reason": WHY}, NotAllowed),
        (told | {"by": world.officials["chair"], "reason": WHY}, NotAllowed),
        (told | {"by": centre, "reason": " "}, DomainError),
        (told | {"by": centre, "reason": "x" * 501}, DomainError),
        (told | {"by": centre, "reason": WHY, "pk": 0}, DomainError),
        (told | {"by": centre, "reason": WHY, "place": "elsewhere"}, DomainError),
    ]
    for given, refusal in refusals:
        with pytest.raises(refusal):
            redact_said(**given)
    for words in ("ngắn", "những từ không có ở đâu cả"):
        with pytest.raises(DomainError):
            redact_minutes_words(conference=world.conference, words=words, reason=WHY, by=centre)
    assert PresidiumNote.objects.get().text == NAMED
