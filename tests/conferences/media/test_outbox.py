"""The engine follows the log: in order, again after a fault, and a conference goes on without one."""

from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from phoihop.conferences.actions import ask_to_speak, give_floor, open_list, remove_site, take_floor_back
from phoihop.conferences.enums import CommandState, SpeakerKind
from phoihop.conferences.media.choice import engine
from phoihop.conferences.media.engine import EngineFault, Participant
from phoihop.conferences.media.fake import FakeEngine
from phoihop.conferences.media.outbox import MOST_TRIES, run_outbox
from phoihop.conferences.models import MediaCommand
from tests.conferences.world import ConferenceWorld


class Stubborn(FakeEngine):
    """Does not answer until it is told to."""

    def __init__(self) -> None:
        super().__init__()
        self.answers = False

    def give_floor(self, conference: str, site: str) -> None:
        if not self.answers:
            raise EngineFault("nobody answers")
        super().give_floor(conference, site)


@pytest.fixture
def speaking(world: ConferenceWorld) -> ConferenceWorld:
    world.in_session()
    open_list(item=world.items[0], by=world.chair)
    speaker = ask_to_speak(site=world.sites[1], kind=SpeakerKind.SPEECH, by=None)
    give_floor(speaker=speaker, by=world.chair)
    return world


def test_the_engine_is_told_in_order(speaking: ConferenceWorld) -> None:
    told = FakeEngine()
    assert run_outbox(told) == 2
    assert told.participants("hoi-nghi-thu") == [Participant("diem-1", is_publishing=True, is_muted=False)]
    take_floor_back(conference=speaking.conference, by=speaking.chair)
    assert run_outbox(told) == 1
    assert (list(told.participants("hoi-nghi-thu")), run_outbox(told)) == ([], 0)


def test_a_fault_holds_the_later_commands_back_until_it_is_over(speaking: ConferenceWorld) -> None:
    remove_site(site=speaking.sites[1], by=speaking.chair)
    told = Stubborn()
    assert run_outbox(told) == 1
    waiting = MediaCommand.objects.filter(state=CommandState.WAITING)
    assert [each.name for each in waiting] == ["give_floor", "clear_floor", "remove"]
    assert (waiting[0].tries, waiting[0].fault) == (1, "nobody answers")
    told.answers = True
    assert run_outbox(told) == 3
    assert told.removed["hoi-nghi-thu"] == {"diem-1"}


def test_what_never_works_is_given_up_and_the_rest_goes_on(speaking: ConferenceWorld) -> None:
    take_floor_back(conference=speaking.conference, by=speaking.chair)
    told = Stubborn()
    for _number in range(MOST_TRIES + 1):
        run_outbox(told)
    states = MediaCommand.objects.values_list("name", "state")
    assert list(states) == [("open_stage", "done"), ("give_floor", "failed"), ("clear_floor", "done")]


def test_without_an_engine_a_session_goes_on_and_nothing_waits(world: ConferenceWorld, settings: Any) -> None:
    settings.MEDIA_ENGINE = ""
    world.in_session()
    assert (world.refreshed().state, MediaCommand.objects.count()) == ("open", 0)


def test_an_unknown_engine_is_named(settings: Any) -> None:
    settings.MEDIA_ENGINE = "cinema"
    engine.cache_clear()
    with pytest.raises(ImproperlyConfigured, match="“cinema”; known engines: fake"):
        engine()
