"""Two entries of one event: offered, merged, told apart, separated; nothing is lost, it counts once."""

from datetime import date
from typing import Any

import pytest

from phoihop.areas.enums import Level
from phoihop.audit.models import AuditEvent
from phoihop.core.errors import Conflict, DomainError, NotAllowed
from phoihop.events.actions import cancel_event, merge_events, separate_event, tell_apart
from phoihop.events.models import Comparison, Event
from phoihop.events.queries import compared_with, matches, merged_organisations, open_matches
from phoihop.orgs.enums import PartyKind, Role
from phoihop.orgs.models import Organisation
from tests.factories.areas import area_under
from tests.factories.events import held
from tests.factories.orgs import OrganisationFactory, police_of, user_for
from tests.reports.world import World


@pytest.fixture
def pair(police: Organisation, front: Organisation) -> tuple[Event, Event]:
    """The Front says the police led it; the police say so too."""
    theirs = held(front, lead=police, subject="Tuyên truyền phòng chống ma túy", attendances=100)
    return held(police), theirs


def offered(world: World) -> list[tuple[int, int]]:
    return [(match.counted.pk, match.other.pk) for match in open_matches(world.provincial_desk).found]


def counted() -> set[int]:
    return set(Event.objects.counted().values_list("pk", flat=True))


def test_a_match_is_offered_with_the_leads_own_entry_first(world: World, pair: tuple[Event, Event]) -> None:
    own, theirs = pair
    assert offered(world) == [(own.pk, theirs.pk)]
    assert theirs.pk < own.pk
    assert open_matches(world.officer()).found[0].likeness_percent == 100
    assert open_matches(world.officer(1)).found == []


@pytest.mark.parametrize(
    "told",
    [
        {"held_on": date(2026, 5, 22)},
        {"held_on": date(2026, 5, 18)},
        {"subject": "Luật Căn cước"},
        {"kind": "forum"},
    ],
)
def test_another_day_subject_or_kind_is_not_offered(
    world: World, police: Organisation, front: Organisation, told: dict[str, Any]
) -> None:
    held(police)
    held(front, **told)
    assert offered(world) == []


@pytest.mark.parametrize("day", [date(2026, 5, 19), date(2026, 5, 21)])
def test_a_day_apart_is_offered_and_said(
    world: World, police: Organisation, front: Organisation, day: date
) -> None:
    """One party's slip of a day would otherwise count the event twice without a word."""
    own, theirs = held(police), held(front, lead=police, held_on=day)
    [match] = open_matches(world.provincial_desk).found
    assert (match.counted.pk, match.other.pk, match.is_one_day) == (own.pk, theirs.pk, False)
    assert [each.other.pk for each in open_matches(world.officer(), of=own).found] == [theirs.pk]
    merge_events(counted=own, other=theirs, by=None)
    assert (counted(), offered(world)) == ({own.pk}, [])


def test_more_than_is_looked_at_is_said(
    world: World, pair: tuple[Event, Event], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not open_matches(world.provincial_desk).is_cut
    monkeypatch.setattr(matches, "MOST", 1)
    assert open_matches(world.provincial_desk).is_cut


def test_another_area_or_two_entries_of_one_organisation_are_not_offered(
    world: World, police: Organisation
) -> None:
    held(police)
    held(police)
    held(world.units[1])
    assert offered(world) == []


def test_merging_keeps_both_and_counts_one(
    world: World, police: Organisation, front: Organisation, pair: tuple[Event, Event]
) -> None:
    own, theirs = pair
    merge_events(counted=own, other=theirs, by=world.officer())
    theirs.refresh_from_db()
    assert (counted(), theirs.counted_in, theirs.is_held) == ({own.pk}, own, True)
    assert merged_organisations(theirs) == (police, [front])
    assert [each.said.attendances for each in (own, theirs)] == [120, 100]
    assert offered(world) == []
    assert AuditEvent.objects.filter(action="merge_events").count() == 1
    assert compared_with(own).get().organisation == police


def test_a_third_entry_joins_the_same_event(world: World, pair: tuple[Event, Event]) -> None:
    own, theirs = pair
    women = OrganisationFactory(area=world.communes[0], party=PartyKind.MEMBER_ORGANISATION)
    third = held(women, lead=own.said.lead)
    merge_events(counted=own, other=theirs, by=None)
    assert offered(world) == [(own.pk, third.pk)]
    merge_events(counted=third, other=own, by=None)
    assert counted() == {third.pk}
    assert set(third.merged.all()) == {own, theirs}


def test_told_apart_is_remembered(world: World, pair: tuple[Event, Event]) -> None:
    tell_apart(first=pair[0], second=pair[1], by=world.provincial_desk)
    assert (offered(world), counted()) == ([], {event.pk for event in pair})
    merge_events(counted=pair[0], other=pair[1], by=world.provincial_desk)
    assert Comparison.objects.get().verdict == "same"


@pytest.mark.parametrize("how", ["separate", "tell apart"])
def test_a_merged_entry_is_separated_again(world: World, pair: tuple[Event, Event], how: str) -> None:
    own, theirs = pair
    merge_events(counted=own, other=theirs, by=None)
    if how == "separate":
        separate_event(event=theirs, by=world.officer())
    else:
        tell_apart(first=own, second=theirs, by=world.officer())
    assert (counted(), offered(world)) == ({own.pk, theirs.pk}, [])
    assert AuditEvent.objects.filter(action="separate_event").count() == 1


def test_what_was_merged_into_a_cancelled_entry_counts_again(world: World, pair: tuple[Event, Event]) -> None:
    own, theirs = pair
    third = held(OrganisationFactory(area=world.communes[0], party=PartyKind.MEMBER_ORGANISATION))
    for other in (theirs, third):
        merge_events(counted=own, other=other, by=None)
    cancel_event(event=own, reason="Nhập nhầm", by=None)
    assert counted() == {theirs.pk}
    assert list(Event.objects.get(pk=theirs.pk).merged.all()) == [third]


def test_only_the_parties_or_a_desk_above_decide(world: World, pair: tuple[Event, Event]) -> None:
    own, theirs = pair
    for user in (
        world.officer(1),
        world.user(world.units[0], Role.READER),
        user_for(world.desk, Role.AUDITOR),
        world.user(world.desk, Role.REPORTING_OFFICER),
    ):
        with pytest.raises(NotAllowed, match="đầu mối cấp trên"):
            merge_events(counted=own, other=theirs, by=user)
    front_officer = user_for(theirs.organisation, Role.REPORTING_OFFICER)
    for user in (front_officer, world.officer(), world.provincial_desk, world.central_desk):
        merge_events(counted=own, other=theirs, by=user)
        separate_event(event=theirs, by=user)


def test_what_is_not_two_held_events_of_a_kind_is_not_merged(
    world: World, police: Organisation, front: Organisation, pair: tuple[Event, Event]
) -> None:
    own, theirs = pair
    with pytest.raises(DomainError, match="hai lần nhập khác nhau"):
        merge_events(counted=own, other=own, by=None)
    with pytest.raises(DomainError, match="chỉ tiêu khác nhau"):
        merge_events(counted=own, other=held(front, kind="class"), by=None)
    with pytest.raises(Conflict, match="chưa được gộp"):
        separate_event(event=own, by=None)
    cancel_event(event=theirs, reason="Nhầm", by=None)
    with pytest.raises(Conflict, match="đã hủy"):
        merge_events(counted=own, other=theirs, by=None)
    assert offered(world) == []


def test_a_desk_above_one_of_them_only_does_not_decide(world: World, police: Organisation) -> None:
    elsewhere = area_under(world.country, Level.PROVINCE, "Quảng Ngãi")
    far = held(police_of(area_under(elsewhere, Level.COMMUNE, "Sơn Tịnh")))
    with pytest.raises(NotAllowed):
        merge_events(counted=held(police), other=far, by=world.provincial_desk)
    merge_events(counted=held(police), other=far, by=world.central_desk)
