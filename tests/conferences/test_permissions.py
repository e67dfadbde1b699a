"""Duties and codes in one browser: what they allow together, and for which site."""

import pytest

from phoihop.conferences.actions import ask_to_speak, write_note
from phoihop.conferences.actions.media import begin_publication
from phoihop.conferences.enums import Duty, GrantKind, SpeakerKind
from phoihop.conferences.media.fake import FakeEngine
from phoihop.conferences.models import Official, Speaker
from phoihop.conferences.permissions import Act, Attendee, attendee_of
from phoihop.core.errors import NotAllowed
from tests.conferences.world import ConferenceWorld
from tests.factories.orgs import UserFactory

SPEAKING = {Act.ASK_TO_SPEAK, Act.WRITE_NOTE, Act.PUBLISH, Act.ANSWER_ROLL_CALL}


def head_with(world: ConferenceWorld, kind: GrantKind) -> Attendee:
    """Of the first site, with a code of the second."""
    return attendee_of(world.conference, world.heads[1], world.grant(2, kind))


def test_a_head_who_views_elsewhere_speaks_for_the_own_site_only(world: ConferenceWorld) -> None:
    world.in_session()
    by = head_with(world, GrantKind.VIEW)
    own, other = world.sites[1:3]
    assert by.site == own
    assert by.acts >= SPEAKING
    with pytest.raises(NotAllowed):
        ask_to_speak(site=other, kind=SpeakerKind.POINT_OF_ORDER, by=by)
    with pytest.raises(NotAllowed):
        write_note(site=other, text="Xin góp ý", by=by)
    with pytest.raises(NotAllowed):
        begin_publication(site=other, offer="v=0", key="k", engine=FakeEngine(), by=by)
    ask_to_speak(site=own, kind=SpeakerKind.POINT_OF_ORDER, by=by)
    assert list(Speaker.objects.values_list("site", flat=True)) == [own.pk]


def test_a_head_at_another_sites_machine_is_that_room_and_heads_nothing(world: ConferenceWorld) -> None:
    by = head_with(world, GrantKind.ROOM)
    assert (by.site, by.duties) == (world.sites[2], {Duty.ROOM})
    assert not by.may(Act.ANSWER_ROLL_CALL)


def test_a_rapporteur_speaks_for_no_site_whose_conference_is_viewed(world: ConferenceWorld) -> None:
    user = UserFactory(username="the-rapporteur")
    Official.objects.create(
        conference=world.conference, duty=Duty.RAPPORTEUR, organisation=world.centre, user=user
    )
    by = attendee_of(world.conference, user, world.grant(2, GrantKind.VIEW))
    assert by.may(Act.SEE_DELEGATES_PART)
    assert not by.acts & SPEAKING
    assert attendee_of(world.conference, user, world.grant(2)).may(Act.ASK_TO_SPEAK)  # the room's machine
