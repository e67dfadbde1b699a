"""Whoever may no longer follow stops receiving by the server's own doing: these pages never end anything themselves."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from phoihop.conferences.actions import close_conference, remove_site
from phoihop.conferences.actions.lines import end_lines
from phoihop.conferences.enums import Duty, GrantKind
from phoihop.conferences.media.engine import EngineFault
from phoihop.conferences.media.fake import FakeEngine
from phoihop.conferences.media.outbox import run_outbox
from phoihop.conferences.models import Line, Publication, Site
from tests.conferences.test_refused import browser, signed_in
from tests.conferences.views.test_media import granted, show
from tests.conferences.views.test_mosaic import chosen
from tests.conferences.world import ConferenceWorld

SLUG = "hoi-nghi-thu"
Ends = Callable[[ConferenceWorld], object]


def receives(client: Client) -> str:
    token = granted(client, "receive")["grant"]
    show(token, "xem", 201)
    return token


def _remove(world: ConferenceWorld) -> object:
    return remove_site(site=world.sites[1], by=world.chair)


def _renew(world: ConferenceWorld) -> object:
    return Site.objects.filter(pk=world.sites[1].pk).update(code_edition=99)


@pytest.mark.parametrize("end", [_remove, _renew])
def test_a_site_that_was_cut_off_sends_and_receives_nothing_more(
    session: ConferenceWorld, fake: FakeEngine, end: Ends
) -> None:
    receives(browser(session.grant(2)))
    for kind in (GrantKind.ROOM, GrantKind.VIEW):
        receives(browser(session.grant(1, kind)))
    show(granted(browser(session.grant(1)))["grant"], "phat", 201)
    assert (end_lines(engine=fake), len(fake.receiving), len(fake.sending)) == (0, 3, 1)
    end(session)
    assert end_lines(engine=fake) == 3
    assert (list(fake.receiving.values()), fake.sending) == ([True], {})
    assert (Line.objects.count(), Publication.objects.get().ended_at is None) == (1, False)
    assert end_lines(engine=fake) == 0


def test_a_duty_taken_away_ends_what_its_holder_receives(session: ConferenceWorld, fake: FakeEngine) -> None:
    fake.published[SLUG] = {"diem-1"}
    chosen(session)
    director = signed_in(session.officials[Duty.DIRECTOR])
    receives(director)
    receives(signed_in(session.officials[Duty.CHAIR]))
    show(granted(director, "mosaic")["grant"], "diem-cau", 201)
    session.conference.officials.filter(duty=Duty.DIRECTOR).delete()
    assert end_lines(engine=fake) == 2
    assert (len(fake.receiving), fake.watched) == (1, {})


def test_a_head_that_was_replaced_receives_nothing_more(session: ConferenceWorld, fake: FakeEngine) -> None:
    site = session.sites[1]
    receives(signed_in(site.head))
    Site.objects.filter(pk=site.pk).update(head=None)
    assert end_lines(engine=fake) == 1
    assert not fake.receiving


def test_what_may_be_received_is_asked_when_it_is_received(
    session: ConferenceWorld, fake: FakeEngine
) -> None:
    """A grant given while the duty stood opens no more than its holder may see now."""
    site, head = session.sites[1], session.sites[1].head
    client = browser(session.grant(2, GrantKind.VIEW))
    client.force_login(head)
    token = granted(client, "receive")["grant"]
    Site.objects.filter(pk=site.pk).update(head=None)
    show(token, "xem", 201)
    assert list(fake.receiving.values()) == [False]


def test_a_closed_conference_holds_no_lines(session: ConferenceWorld, fake: FakeEngine) -> None:
    receives(browser(session.grant(1)))
    close_conference(conference=session.conference, by=session.chair)
    end_lines(engine=fake)
    assert (fake.receiving, Line.objects.count()) == ({}, 0)


def test_a_page_that_leaves_and_one_that_vanishes_leave_no_line(
    session: ConferenceWorld, fake: FakeEngine, moment: time_machine.Traveller
) -> None:
    leaving = granted(browser(session.grant(1)), "receive")["grant"]
    peer = show(leaving, "xem", 201)["peer"]
    show(leaving, "thoi", 204, peer=peer)
    assert not Line.objects.exists()
    stays = show(leaving, "xem", 201)["peer"]
    show(leaving, "xem", 201)
    moment.shift(timedelta(minutes=7))
    show(granted(browser(session.grant(1)), "receive")["grant"], "con", 204, peer=stays)
    moment.shift(timedelta(minutes=7))
    end_lines(engine=fake)
    assert Line.objects.count() == 1


def test_an_engine_that_does_not_answer_is_asked_again(session: ConferenceWorld, fake: FakeEngine) -> None:
    receives(browser(session.grant(1)))
    remove_site(site=session.sites[1], by=session.chair)

    class Silent(FakeEngine):
        def end(self, peer: str) -> None:
            raise EngineFault("silent")

    assert (end_lines(engine=Silent()), Line.objects.count()) == (0, 1)
    assert (end_lines(engine=fake), Line.objects.count()) == (1, 0)


def test_a_check_that_is_being_sent_ends_with_its_site(session: ConferenceWorld, fake: FakeEngine) -> None:
    show(granted(browser(session.grant(1)))["grant"], "thu/phat", 201)
    remove_site(site=session.sites[1], by=session.chair)
    run_outbox(fake)
    assert fake.removed[SLUG] == {"diem-1", "~diem-1"}
    assert not fake.published[SLUG]
