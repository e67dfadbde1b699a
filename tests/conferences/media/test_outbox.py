"""The engine follows the log: in order, again after a fault, and a conference goes on without one."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ImproperlyConfigured

from phoihop.conferences.actions import (
    ask_to_speak,
    begin_item,
    close_conference,
    end_item,
    give_floor,
    mute_site,
    open_list,
    readmit_site,
    remove_site,
    take_floor_back,
)
from phoihop.conferences.actions.media import begin_publication
from phoihop.conferences.enums import CommandState, SpeakerKind, Visibility
from phoihop.conferences.media.choice import engine
from phoihop.conferences.media.engine import EngineFault, Exchange, Stage
from phoihop.conferences.media.fake import FakeEngine
from phoihop.conferences.media.outbox import MOST_TRIES, NEWCOMER, reconcile, run_outbox, settle_newcomers
from phoihop.conferences.models import EngineTrouble, MediaCommand, Publication
from phoihop.conferences.permissions import attendee_of
from phoihop.conferences.queries.stage import stage_of
from phoihop.core import clock
from tests.conferences.world import PARTS, ConferenceWorld


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
EARLY = datetime(2026, 3, 2, 7, 30, tzinfo=UTC)


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


@pytest.mark.parametrize(("own", "above", "seen"), PARTS)
def test_a_part_is_neither_shown_nor_heard_where_its_item_is_closed(
    world: ConferenceWorld, own: Visibility, above: Visibility, seen: Visibility
) -> None:
    part = world.part(own, above)
    world.in_session()
    begin_item(item=part, by=world.chair)
    told = FakeEngine()
    run_outbox(told)
    expected = (seen != Visibility.HIDDEN, seen == Visibility.OPEN)
    assert (told.stages[SLUG].to_sites, told.stages[SLUG].to_viewers) == expected


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
    with pytest.raises(
        ImproperlyConfigured, match="“cinema”; các máy chủ hình và tiếng hiện có: fake, janus"
    ):
        engine()


class Slow(FakeEngine):
    """The floor changes while a site joins."""

    def __init__(self, meanwhile: Callable[[], object]) -> None:
        super().__init__()
        self.meanwhile = meanwhile

    def publish(self, conference: str, site: str, offer: str) -> Exchange:
        self.meanwhile()
        run_outbox(self)
        return super().publish(conference, site, offer)


def test_a_site_that_joins_undoes_no_change_of_the_floor(speaking: ConferenceWorld) -> None:
    told = Slow(lambda: take_floor_back(conference=speaking.conference, by=speaking.chair))
    by = attendee_of(speaking.conference, AnonymousUser(), speaking.grant(2))
    begin_publication(site=speaking.sites[2], offer="v=0", key="a", engine=told, by=by)
    assert told.stages == {SLUG: Stage(SLUG, centre=CENTRE)}
    told.stages.clear()
    assert run_outbox(told) == 1  # it is settled by what stands now
    assert told.stages == {SLUG: Stage(SLUG, centre=CENTRE)}


def test_a_site_that_came_is_looked_for_until_its_media_flows(speaking: ConferenceWorld) -> None:
    told = FakeEngine()
    settle_newcomers(told)
    assert told.stages == {}
    Publication.objects.create(site=speaking.sites[1], key="a", peer="b", began_at=clock.now())
    settle_newcomers(told)
    assert told.on_stage == {SLUG: "diem-1"}
    Publication.objects.update(began_at=clock.now() - NEWCOMER * 2)
    told.stages.clear()
    settle_newcomers(told)
    assert told.stages == {}


def test_commands_in_a_row_that_settle_are_told_at_once(speaking: ConferenceWorld) -> None:
    settled = []
    told = FakeEngine()
    told.settle = settled.append  # type: ignore[method-assign]
    remove_site(site=speaking.sites[1], by=speaking.chair)
    take = run_outbox(told)
    # Opened, an item begun, the floor given and taken back; then a site is sent out, and its check.
    assert (take, len(settled)) == (6, 1)
    assert told.removed[SLUG] == {"diem-1", "~diem-1"}


def test_what_a_command_given_up_should_have_ended_is_ended(speaking: ConferenceWorld) -> None:
    told = FakeEngine()
    told.published[SLUG] = {"diem-1", "diem-2"}
    remove_site(site=speaking.sites[1], by=speaking.chair)
    MediaCommand.objects.update(state=CommandState.FAILED)
    assert reconcile(told) == []
    assert told.published[SLUG] == {"diem-2"}
    close_conference(conference=speaking.conference, by=speaking.chair)
    MediaCommand.objects.update(state=CommandState.FAILED)
    assert reconcile(told) == []
    assert list(told.held()) == []


def test_since_when_the_engine_does_not_follow_is_kept_until_it_does(speaking: ConferenceWorld) -> None:
    told = Stubborn()
    with time_machine.travel(EARLY, tick=False):
        run_outbox(told)
    with time_machine.travel(EARLY + timedelta(minutes=1), tick=False):
        reconcile(told)
    kept = EngineTrouble.objects.get()
    assert (kept.conference, kept.since, kept.fault) == (speaking.conference, EARLY, "nobody answers")
    told.answers = True
    reconcile(told)
    assert not EngineTrouble.objects.exists()


def test_an_item_that_ended_leaves_what_is_shown_as_it_stands_then(world: ConferenceWorld) -> None:
    world.conference.items.filter(pk=world.items[0].pk).update(visibility=Visibility.INTERNAL)
    world.in_session()
    told = FakeEngine()
    run_outbox(told)
    assert not told.stages[SLUG].to_viewers
    end_item(item=world.items[0], by=world.chair)
    run_outbox(told)
    assert told.stages[SLUG].to_viewers


def test_a_site_let_in_again_is_not_silent_still(speaking: ConferenceWorld) -> None:
    site = speaking.sites[1]
    mute_site(site=site, by=speaking.chair)
    remove_site(site=site, by=speaking.chair)
    readmit_site(site=site, by=speaking.chair)
    assert stage_of(speaking.conference).muted == frozenset()
    assert speaking.conference.events.latest("seq").patch["muted"] is None
