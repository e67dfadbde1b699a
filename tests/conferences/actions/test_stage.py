"""Microphones are muted and opened again, and the stage goes back to the centre in one press."""

from dataclasses import replace

import pytest

from phoihop.conferences.actions import (
    ask_to_speak,
    close_conference,
    edit_site,
    give_floor,
    mute_site,
    open_list,
    reclaim_stage,
    show_scene,
    unmute_site,
)
from phoihop.conferences.display import display, speaking
from phoihop.conferences.enums import ConferenceState, Duty, Scene, SiteKind, SpeakerKind, SpeakerState
from phoihop.conferences.facts import SiteFacts, facts_of
from phoihop.conferences.media.fake import FakeEngine
from phoihop.conferences.media.outbox import run_outbox
from phoihop.conferences.models import Conference, MediaCommand, Publication, Speaker
from phoihop.conferences.permissions import attendee_of
from phoihop.core import clock
from phoihop.core.errors import Conflict, NotAllowed
from tests.conferences.world import ConferenceWorld

SLUG = "hoi-nghi-thu"


@pytest.fixture
def told() -> FakeEngine:
    engine = FakeEngine()
    engine.published[SLUG] = {f"diem-{number}" for number in range(4)}
    return engine


@pytest.fixture
def speaker(world: ConferenceWorld) -> Speaker:
    world.in_session()
    open_list(item=world.items[0], by=world.chair)
    return asked(world, 1)


def asked(world: ConferenceWorld, number: int) -> Speaker:
    made = ask_to_speak(site=world.sites[number], kind=SpeakerKind.SPEECH, by=None)
    return give_floor(speaker=made, by=world.chair)


def heard(engine: FakeEngine) -> list[str]:
    run_outbox(engine)
    return engine.heard(SLUG)


def became(world: ConferenceWorld, number: int, kind: SiteKind) -> None:
    site = world.sites[number]
    facts = replace(facts_of(site, SiteFacts), kind=kind.value)
    edit_site(site=site, facts=facts, by=attendee_of(world.conference, world.desk))


def test_the_engine_is_told_of_another_central_site(
    world: ConferenceWorld, speaker: Speaker, told: FakeEngine
) -> None:
    assert heard(told) == ["diem-0", "diem-1"]
    became(world, 0, SiteKind.SPEAKING)
    became(world, 2, SiteKind.CENTRE)
    assert heard(told) == ["diem-1", "diem-2"]


def test_a_site_that_watches_from_now_on_sends_and_speaks_no_more(
    world: ConferenceWorld, speaker: Speaker, told: FakeEngine
) -> None:
    for number in (1, 2):
        Publication.objects.create(site=world.sites[number], key="k", peer=f"{number}", began_at=clock.now())
    assert heard(told) == ["diem-0", "diem-1"]
    became(world, 1, SiteKind.VIEWING)
    assert heard(told) == ["diem-0"]
    assert told.removed[SLUG] == {"diem-1"}
    assert speaking(world.refreshed()) is None
    assert [each.site.slug for each in Publication.objects.filter(ended_at=None)] == ["diem-2"]


def test_before_invitations_the_engine_is_told_of_no_kind(world: ConferenceWorld) -> None:
    Conference.objects.update(state=ConferenceState.PREPARING)
    became(world, 1, SiteKind.VIEWING)
    assert not MediaCommand.objects.exists()


def test_who_has_the_floor_is_muted_and_keeps_it(
    world: ConferenceWorld, speaker: Speaker, told: FakeEngine
) -> None:
    assert heard(told) == ["diem-0", "diem-1"]
    mute_site(site=world.sites[1], by=world.official(Duty.DIRECTOR))
    assert heard(told) == ["diem-0"]
    assert told.on_stage == {SLUG: "diem-1"}
    muted = display(world.refreshed(), ("muted",))["muted"]
    assert muted == {"visibility": "internal", "sites": {"diem-1": "director"}}
    unmute_site(site=world.sites[1], by=world.chair)
    assert heard(told) == ["diem-0", "diem-1"]
    assert world.conference.events.latest("seq").patch == {"muted": None}


def test_the_floor_given_anew_opens_the_microphone(
    world: ConferenceWorld, speaker: Speaker, told: FakeEngine
) -> None:
    mute_site(site=world.sites[2], by=world.chair)
    mute_site(site=world.sites[3], by=world.chair)
    asked(world, 2)
    assert heard(told) == ["diem-0", "diem-2"]
    assert world.conference.events.latest("seq").patch["muted"]["sites"] == {"diem-3": "chair"}


def test_the_centre_can_be_muted_too(world: ConferenceWorld, speaker: Speaker, told: FakeEngine) -> None:
    mute_site(site=world.sites[0], by=world.chair)
    assert heard(told) == ["diem-1"]


def test_what_is_so_already_is_said(world: ConferenceWorld, speaker: Speaker) -> None:
    mute_site(site=world.sites[1], by=world.chair)
    with pytest.raises(Conflict, match="đã bị tắt từ trước"):
        mute_site(site=world.sites[1], by=world.chair)
    with pytest.raises(Conflict, match="không bị tắt"):
        unmute_site(site=world.sites[2], by=world.chair)


@pytest.mark.parametrize("who", ["secretary", "head", "room", "seat"])
def test_only_the_chair_and_the_director_mute_and_reclaim(
    world: ConferenceWorld, speaker: Speaker, who: str
) -> None:
    by = {
        "secretary": lambda: world.official(Duty.SECRETARY),
        "head": lambda: world.head(1),
        "room": lambda: world.room(1),
        "seat": lambda: world.seat(1),
    }[who]()
    for refused in (
        lambda: mute_site(site=world.sites[1], by=by),
        lambda: unmute_site(site=world.sites[1], by=by),
        lambda: reclaim_stage(conference=world.conference, by=by),
    ):
        with pytest.raises(NotAllowed):
            refused()
    assert speaking(world.refreshed()) is not None


def test_the_stage_is_taken_back_whatever_is_happening(
    world: ConferenceWorld, speaker: Speaker, told: FakeEngine
) -> None:
    show_scene(conference=world.conference, scene=Scene.MESSAGE, by=world.chair, text="Giải lao")
    mute_site(site=world.sites[0], by=world.chair)
    waiting = ask_to_speak(site=world.sites[2], kind=SpeakerKind.SPEECH, by=None)
    reclaim_stage(conference=world.conference, by=world.official(Duty.DIRECTOR))
    assert heard(told) == ["diem-0"]
    assert told.on_stage == {}
    shown = display(world.refreshed())
    assert (shown["floor"], shown["muted"], shown["hall"]) == (None, None, {"scene": "speaker"})
    waiting.refresh_from_db()
    assert waiting.state == SpeakerState.WAITING
    reclaim_stage(conference=world.conference, by=world.chair)  # again: nobody speaks, and it is no fault


def test_nothing_of_a_closed_conference_is_muted(world: ConferenceWorld, speaker: Speaker) -> None:
    close_conference(conference=world.conference, by=world.chair)
    with pytest.raises(Conflict):
        mute_site(site=world.sites[1], by=world.chair)
    with pytest.raises(Conflict):
        reclaim_stage(conference=world.conference, by=world.chair)
