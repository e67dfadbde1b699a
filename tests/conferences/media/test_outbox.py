"""The engine follows the log: in order, again after a fault, and a conference goes on without one."""

from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from phoihop.conferences.actions import ask_to_speak, give_floor, open_list, remove_site, take_floor_back
from phoihop.conferences.enums import CommandState, SpeakerKind, Visibility
from phoihop.conferences.media.choice import engine
from phoihop.conferences.media.engine import EngineFault, Stage
from phoihop.conferences.media.fake import FakeEngine
from phoihop.conferences.media.outbox import MOST_TRIES, reconcile, run_outbox
from phoihop.conferences.models import MediaCommand, Publication
from phoihop.conferences.queries.stage import stage_of
from phoihop.core import clock
from tests.conferences.world import ConferenceWorld


class Stubborn(FakeEngine):
    """Does not answer until it is told to."""

    def __init__(self) -> None:
        super().__init__()
        self.answers = False

    def settle(self, stage: Stage) -> None:
        self._answer()
        super().settle(stage)

    def remove(self, conference: str, site: str) -> None:
        self._answer()
        super().remove(conference, site)

    def _answer(self) -> None:
        if not self.answers:
            raise EngineFault("nobody answers")


@pytest.fixture
def speaking(world: ConferenceWorld) -> ConferenceWorld:
    world.in_session()
    open_list(item=world.items[0], by=world.chair)
    speaker = ask_to_speak(site=world.sites[1], kind=SpeakerKind.SPEECH, by=None)
    give_floor(speaker=speaker, by=world.chair)
    return world


SLUG, CENTRE = "hoi-nghi-thu", "diem-0"


def test_the_engine_is_told_what_stands_now(speaking: ConferenceWorld) -> None:
    told = FakeEngine()
    assert run_outbox(told) == 3  # opened, an item begun, the floor given
    assert told.stages == {SLUG: Stage(SLUG, centre=CENTRE, floor="diem-1")}
    take_floor_back(conference=speaking.conference, by=speaking.chair)
    assert run_outbox(told) == 1
    assert told.stages == {SLUG: Stage(SLUG, centre=CENTRE)}
    assert run_outbox(told) == 0


@pytest.mark.parametrize(
    ("visibility", "to_sites", "to_viewers"),
    [(Visibility.OPEN, True, True), (Visibility.INTERNAL, True, False), (Visibility.HIDDEN, False, False)],
)
def test_a_closed_part_is_neither_shown_nor_heard_where_it_is_closed(
    world: ConferenceWorld, visibility: Visibility, to_sites: bool, to_viewers: bool
) -> None:
    world.conference.items.filter(pk=world.items[0].pk).update(visibility=visibility)
    world.in_session()
    told = FakeEngine()
    run_outbox(told)
    assert (told.stages[SLUG].to_sites, told.stages[SLUG].to_viewers) == (to_sites, to_viewers)


def test_a_rehearsal_is_for_sites_only(world: ConferenceWorld) -> None:
    assert stage_of(world.conference) == Stage(SLUG, centre=CENTRE, to_viewers=False)


def test_a_fault_holds_the_later_commands_back_until_it_is_over(speaking: ConferenceWorld) -> None:
    remove_site(site=speaking.sites[1], by=speaking.chair)
    told = Stubborn()
    assert run_outbox(told) == 0
    waiting = MediaCommand.objects.filter(state=CommandState.WAITING)
    names = ["open_stage", "settle", "give_floor", "clear_floor", "remove", "remove"]  # its stage, its check
    assert [each.name for each in waiting] == names
    assert (waiting[0].tries, waiting[0].fault) == (1, "nobody answers")
    told.answers = True
    assert run_outbox(told) == len(names)
    assert told.removed[SLUG] == {"diem-1", "~diem-1"}


def test_what_never_works_is_given_up_and_the_rest_goes_on(speaking: ConferenceWorld) -> None:
    told = Stubborn()
    for _number in range(MOST_TRIES):
        run_outbox(told)
    told.answers = True
    run_outbox(told)
    states = MediaCommand.objects.values_list("name", "state")
    assert list(states) == [("open_stage", "failed"), ("settle", "done"), ("give_floor", "done")]


def test_what_an_engine_lost_is_made_again(speaking: ConferenceWorld) -> None:
    told = FakeEngine()
    run_outbox(told)
    told.stages.clear()  # it was killed
    assert reconcile(told) == []
    assert told.on_stage == {SLUG: "diem-1"}


def test_an_engine_that_does_not_follow_is_told_of_in_a_line(speaking: ConferenceWorld) -> None:
    assert reconcile(Stubborn()) == [f"{SLUG}: nobody answers"]


def test_rehearsals_are_reconciled_while_somebody_sends(world: ConferenceWorld) -> None:
    told = FakeEngine()
    reconcile(told)
    assert told.stages == {}
    Publication.objects.create(site=world.sites[1], key="a", peer="b", began_at=clock.now())
    reconcile(told)
    assert list(told.stages) == [SLUG]


def test_without_an_engine_a_session_goes_on_and_nothing_waits(world: ConferenceWorld, settings: Any) -> None:
    settings.MEDIA_ENGINE = ""
    world.in_session()
    assert (world.refreshed().state, MediaCommand.objects.count()) == ("open", 0)


def test_an_unknown_engine_is_named(settings: Any) -> None:
    settings.MEDIA_ENGINE = "cinema"
    engine.cache_clear()
    with pytest.raises(ImproperlyConfigured, match="“cinema”; known engines: fake"):
        engine()
