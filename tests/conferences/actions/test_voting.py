from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from phoihop.conferences.actions import (
    answer_roll_call,
    cancel_vote,
    cast_vote,
    close_conference,
    close_vote,
    open_roll_call,
    open_vote,
    prepare_vote,
    readmit_site,
    record_vote_by_phone,
    remove_site,
)
from phoihop.conferences.enums import Duty, GrantKind, Majority, VoteBase, VoteKind, VoteState
from phoihop.conferences.models import Ballot, Delegation, Seat, Urn, Vote, VoteCast
from phoihop.conferences.permissions import Attendee
from phoihop.conferences.queries.log import log_hash
from phoihop.conferences.queries.voting import voted, votes_by_delegation
from phoihop.conferences.verify import vote_faults
from phoihop.core.errors import Conflict, DomainError, NotAllowed
from tests.conferences.world import SEATS, ConferenceWorld

ALL = 4 * SEATS


def prepared(world: ConferenceWorld, kind: VoteKind = VoteKind.NAMED, **fields: Any) -> Vote:
    return prepare_vote(
        item=world.items[0], title_vi="Thông qua kết luận", kind=kind, by=world.chair, **fields
    )


def opened(world: ConferenceWorld, kind: VoteKind = VoteKind.NAMED, **fields: Any) -> Vote:
    world.in_session()
    return open_vote(vote=prepared(world, kind, **fields), by=world.chair)


def seat(world: ConferenceWorld, number: int, place: int = 1) -> Seat:
    return Seat.objects.select_related("delegation__site").get(
        delegation__site=world.sites[number], number=place
    )


def vote_of(world: ConferenceWorld, vote: Vote, number: int, choice: str, place: int = 1) -> VoteCast:
    by = world.seat(number, place)
    return cast_vote(vote=vote, seat=seat(world, number, place), choice=choice, by=by)


def test_it_is_prepared_before_the_session_by_who_prepares_the_conference(world: ConferenceWorld) -> None:
    by = world.official(Duty.SECRETARY)
    vote = prepare_vote(item=world.items[3], title_vi=" Bầu ", kind=VoteKind.SECRET, by=by)
    assert (vote.state, vote.title_vi, [option["key"] for option in vote.options]) == (
        VoteState.PREPARED, "Bầu", ["yes", "no", "abstain"],
    )  # fmt: skip
    assert world.conference.events.latest("seq").patch["prepared"]["votes"] == [vote.pk]


@pytest.mark.parametrize(
    "options",
    [
        [{"vi": "Một"}],
        [{"vi": "Một"}, {"vi": " "}],
        [{"vi": "Một"}, {"vi": "một"}],
        [{"vi": str(number)} for number in range(13)],
    ],
)
def test_options_are_two_to_twelve_and_different(
    world: ConferenceWorld, options: list[dict[str, str]]
) -> None:
    with pytest.raises(DomainError):
        prepared(world, options=options)
    assert Vote.objects.count() == 0


def test_a_second_open_vote_is_refused_by_name(world: ConferenceWorld) -> None:
    opened(world)
    second = prepared(world)
    with pytest.raises(Conflict, match="Thông qua kết luận"):
        open_vote(vote=second, by=world.chair)


@pytest.mark.parametrize(
    ("present", "knows", "opens"),
    [(None, False, False), (None, True, True), (11, False, False), (11, True, True), (12, False, True)],
)
def test_without_a_quorum_it_is_opened_knowingly_and_the_log_says_so(
    world: ConferenceWorld, present: int | None, knows: bool, opens: bool
) -> None:
    """48 are invited, 24 are needed; the centre has 12 present."""
    world.in_session()
    if present is not None:
        call = open_roll_call(conference=world.conference, by=world.chair)
        for number, heads in ((0, 12), (1, present)):
            delegation = Delegation.objects.get(site=world.sites[number])
            answer_roll_call(roll_call=call, delegation=delegation, present=heads, by=world.head(number))
    vote = prepared(world)
    if not opens:
        with pytest.raises(Conflict, match="24" if present else "Chưa điểm danh"):
            open_vote(vote=vote, may_lack_quorum=knows, by=world.chair)
        assert Vote.objects.get().state == VoteState.PREPARED
        return
    open_vote(vote=vote, may_lack_quorum=knows, by=world.chair)
    told = world.conference.events.get(type="open_vote").payload["quorum"]
    here = None if present is None else {
        "roll_call": 1, "present": 12 + present, "invited": 48, "needed": 24, "is_met": present == 12,
    }  # fmt: skip
    assert told == here


def test_seats_of_sites_taken_out_are_not_entitled(world: ConferenceWorld) -> None:
    world.in_session()
    remove_site(site=world.sites[2], by=world.chair)
    vote = open_vote(vote=prepared(world), by=world.chair)
    assert vote.entitled == ALL - SEATS
    world.sites[2] = readmit_site(site=world.sites[2], by=world.chair)
    with pytest.raises(NotAllowed):
        vote_of(world, vote, 2, "yes")
    later = Seat.objects.create(delegation=seat(world, 1).delegation, number=9)
    with pytest.raises(NotAllowed):
        vote_of(world, vote, 1, "yes", later.number)
    remove_site(site=world.sites[3], by=world.chair)
    with pytest.raises(NotAllowed):
        cast_vote(vote=vote, seat=seat(world, 3), choice="yes", by=None)


@pytest.mark.parametrize("kind", VoteKind)
def test_a_vote_that_is_not_open_takes_none(world: ConferenceWorld, kind: VoteKind) -> None:
    world.in_session()
    vote = prepared(world, kind)
    with pytest.raises(Conflict):
        vote_of(world, vote, 1, "yes")
    vote = open_vote(vote=vote, by=world.chair)
    close_vote(vote=vote, by=world.chair)
    with pytest.raises(Conflict):
        vote_of(world, vote, 1, "yes")
    assert (VoteCast.objects.count(), Ballot.objects.count()) == (0, 0)


@pytest.mark.parametrize("kind", VoteKind)
def test_an_unknown_option_is_refused_and_the_seat_can_vote_still(
    world: ConferenceWorld, kind: VoteKind
) -> None:
    vote = opened(world, kind)
    with pytest.raises(DomainError, match="Tán thành"):
        vote_of(world, vote, 1, "maybe")
    vote_of(world, vote, 1, "no")
    assert close_vote(vote=vote, by=world.chair).result["counts"] == {"yes": 0, "no": 1, "abstain": 0}


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("own seat", True),
        ("another seat of the site", False),
        ("seat of another site", False),
        ("room", False),
        ("viewer", False),
        ("head", False),
        ("chair", False),
        ("secretary", False),
    ],
)
@pytest.mark.parametrize("kind", VoteKind)
def test_who_votes_for_a_seat(world: ConferenceWorld, kind: VoteKind, who: str, may: bool) -> None:
    vote = opened(world, kind)
    people: dict[str, Callable[[], Attendee]] = {
        "own seat": lambda: world.seat(1),
        "another seat of the site": lambda: world.seat(1, 2),
        "seat of another site": lambda: world.seat(2),
        "room": lambda: world.room(1),
        "viewer": lambda: world.room(1, GrantKind.VIEW),
        "head": lambda: world.head(1),
        "chair": lambda: world.chair,
        "secretary": lambda: world.official(Duty.SECRETARY),
    }
    has_voted = True
    try:
        cast_vote(vote=vote, seat=seat(world, 1), choice="yes", by=people[who]())
    except NotAllowed:
        has_voted = False
    assert (has_voted, voted(vote)) == (may, int(may))


@pytest.mark.parametrize(
    ("kind", "key", "choice", "is_done"),
    [
        (VoteKind.NAMED, "first", "yes", True),
        (VoteKind.NAMED, "first", "no", False),
        (VoteKind.NAMED, "second", "yes", False),
        (VoteKind.NAMED, "", "yes", False),
        (VoteKind.SECRET, "first", "yes", True),
        (VoteKind.SECRET, "second", "no", True),  # nothing is kept to tell it from a repetition
    ],
)
def test_voting_twice(world: ConferenceWorld, kind: VoteKind, key: str, choice: str, is_done: bool) -> None:
    vote, by, mine = opened(world, kind), world.seat(1), seat(world, 1)
    first = cast_vote(vote=vote, seat=mine, choice="yes", by=by, key="first")
    told = world.refreshed().last_seq
    try:
        again = cast_vote(vote=vote, seat=mine, choice=choice, by=by, key=key)
    except Conflict:
        again = None
    assert (again == first, world.refreshed().last_seq) == (is_done, told)
    assert close_vote(vote=vote, by=world.chair).result["counts"] == {"yes": 1, "no": 0, "abstain": 0}


def test_by_telephone_only_by_the_secretary_and_by_name(world: ConferenceWorld) -> None:
    vote = opened(world)
    for by in (world.chair, world.head(3), world.room(3), world.seat(3)):
        with pytest.raises(NotAllowed):
            record_vote_by_phone(vote=vote, seat=seat(world, 3), choice="yes", by=by)
    secretary = world.official(Duty.SECRETARY)
    cast = record_vote_by_phone(vote=vote, seat=seat(world, 3), choice="yes", by=secretary)
    assert (cast.choice, cast.is_by_phone) == ("yes", True)
    event = world.conference.events.latest("seq")
    assert (event.type, event.actor) == ("record_vote_by_phone", "the-secretary")
    with pytest.raises(Conflict):
        record_vote_by_phone(vote=vote, seat=seat(world, 3), choice="yes", by=secretary)
    close_vote(vote=vote, by=world.chair)
    secret = open_vote(vote=prepared(world, VoteKind.SECRET), by=world.chair)
    with pytest.raises(Conflict):
        record_vote_by_phone(vote=secret, seat=seat(world, 3), choice="yes", by=secretary)
    assert voted(secret) == 0


@pytest.mark.parametrize("duty", [Duty.SECRETARY, Duty.DIRECTOR])
def test_only_a_chair_runs_a_vote(world: ConferenceWorld, duty: Duty) -> None:
    vote, by = opened(world), world.official(duty)
    for act in (open_vote, close_vote, cancel_vote):
        with pytest.raises(NotAllowed):
            act(vote=vote, by=by)


def test_the_result_is_frozen_with_its_arithmetic_and_its_check(world: ConferenceWorld) -> None:
    world.in_session()
    asked = open_roll_call(conference=world.conference, by=world.chair)
    delegation = Delegation.objects.select_related("site").get(site=world.sites[1])
    answer_roll_call(roll_call=asked, delegation=delegation, present=10, by=world.head(1))
    vote = open_vote(vote=prepared(world, majority=Majority.TWO_THIRDS), by=world.chair)
    for number in range(4):
        for place in (1, 2):
            vote_of(world, vote, number, "yes" if place == 1 else "no", place)
    before = world.refreshed().last_seq
    closed = close_vote(vote=vote, by=world.chair)
    result = closed.result
    assert {
        key: result[key] for key in ("counts", "cast", "entitled", "base", "majority", "percents", "is_adopted")
    } == {
        "counts": {"yes": 4, "no": 4, "abstain": 0}, "cast": 8, "entitled": ALL,
        "base": {"kind": "entitled", "number": ALL}, "majority": {"kind": "two_thirds", "needed": 8},
        "percents": {"yes": "33.33", "no": "33.33", "abstain": "0.00"}, "is_adopted": False,
    }  # fmt: skip
    assert result["quorum"] == {
        "number": 1, "invited": 48, "present": 10, "needed": 24, "needed_percent": 50, "is_met": False,
    }  # fmt: skip
    assert result["log"] == {"seq": before, "hash": log_hash(world.conference, before)}
    assert vote_faults(closed) == []
    by_delegation = [(each.entitled, each.voted, dict(each.counts)) for each in votes_by_delegation(closed)]
    assert by_delegation == [(SEATS, 2, {"yes": 1, "no": 1, "abstain": 0})] * 4


@pytest.mark.parametrize("kind", VoteKind)
def test_what_was_changed_after_closing_is_found(world: ConferenceWorld, kind: VoteKind) -> None:
    vote = opened(world, kind)
    vote_of(world, vote, 1, "yes")
    vote_of(world, vote, 2, "no")
    closed = close_vote(vote=vote, by=world.chair)
    assert vote_faults(closed) == []
    (closed.ballots if kind == VoteKind.SECRET else closed.casts).filter(choice="no").update(choice="yes")
    assert len(vote_faults(closed)) == 2  # the counts, and the hash of what was counted
    closed.result["counts"]["yes"] = 2
    assert len(vote_faults(closed)) == 3
    closed.refresh_from_db()
    world.conference.events.filter(type="begin_item").update(actor="someone")
    assert len(vote_faults(closed)) == 3  # and the log


def test_present_as_base_needs_a_roll_call(world: ConferenceWorld) -> None:
    world.in_session()
    vote = prepared(world, base=VoteBase.PRESENT)
    with pytest.raises(Conflict):
        open_vote(vote=vote, by=world.chair)
    open_roll_call(conference=world.conference, by=world.chair)
    assert open_vote(vote=vote, by=world.chair).state == VoteState.OPEN


def test_a_cancelled_vote_decides_nothing_and_destroys_its_slips(world: ConferenceWorld) -> None:
    vote = opened(world, VoteKind.SECRET)
    vote_of(world, vote, 1, "yes")
    cancelled = cancel_vote(vote=vote, by=world.chair, reason="Câu hỏi chưa rõ")
    assert (cancelled.state, cancelled.result, Urn.objects.count(), Ballot.objects.count()) == (
        VoteState.CANCELLED, None, 0, 0,
    )  # fmt: skip
    with pytest.raises(Conflict):
        cancel_vote(vote=vote, by=world.chair)
    assert open_vote(vote=prepared(world), by=world.chair).state == VoteState.OPEN


def test_the_conference_is_not_closed_over_an_open_vote(world: ConferenceWorld) -> None:
    vote = opened(world)
    with pytest.raises(Conflict, match="Thông qua"):
        close_conference(conference=world.conference, by=world.chair)
    close_vote(vote=vote, by=world.chair)
    close_conference(conference=world.conference, by=world.chair)


CHOICES = st.one_of(st.none(), st.sampled_from(["yes", "no", "abstain"]))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(kind=st.sampled_from(VoteKind), choices=st.lists(CHOICES, min_size=ALL, max_size=ALL))
def test_counts_are_casts_are_slips(
    world: ConferenceWorld, kind: VoteKind, choices: list[str | None]
) -> None:
    from django.db import transaction

    with transaction.atomic():
        vote = opened(world, kind)
        for held, choice in zip(Seat.objects.select_related("delegation__site"), choices, strict=True):
            if choice:
                cast_vote(vote=vote, seat=held, choice=choice, by=None)
        closed = close_vote(vote=vote, by=world.chair)
        counts, casts, slips = closed.result["counts"], voted(closed), closed.ballots.count()
        transaction.set_rollback(True)
    world.conference.refresh_from_db()
    assert counts == {key: choices.count(key) for key in ("yes", "no", "abstain")}
    assert sum(counts.values()) == casts
    assert slips == (casts if kind == VoteKind.SECRET else 0)
