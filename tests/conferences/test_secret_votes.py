"""No join, time, order or log leads from a slip to a seat: the whole database is looked at after every vote."""

import json
from typing import Any

import pytest
import time_machine
from django.db import connection

from phoihop.conferences import urn
from phoihop.conferences.actions import cast_vote, close_vote, open_vote, prepare_vote
from phoihop.conferences.enums import VoteKind
from phoihop.conferences.models import Ballot, ConferenceEvent, Seat, Urn, Vote, VoteCast
from phoihop.conferences.permissions import attendee_of
from tests.conferences.world import ConferenceWorld, conference_world

CHOICES = ["yes", "no", "abstain", "yes", "yes", "no", "no", "yes", "abstain", "yes", "no"]
KEYS = ["yes", "no", "abstain"]
Rows = dict[tuple[str, str], str]


@pytest.fixture
def secret(transactional_db: None, moment: time_machine.Traveller) -> tuple[ConferenceWorld, Vote]:
    world = conference_world().in_session()
    vote = prepare_vote(item=world.items[0], title_vi="Bầu", kind=VoteKind.SECRET, by=world.chair)
    return world, open_vote(vote=vote, by=world.chair)


def dumped() -> Rows:
    """Every row of every table: (table, row as the database itself knows it) -> its content."""
    row = "rowid" if connection.vendor == "sqlite" else "ctid"
    found: Rows = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT {row}, * FROM {table}")
            found |= {
                (table, str(each[0])): str([bytes(v) if isinstance(v, memoryview) else v for v in each[1:]])
                for each in cursor.fetchall()
            }
    return found


def changed_tables(before: Rows, after: Rows) -> dict[str, int]:
    """Rows that are new or other; PostgreSQL writes a changed row at another place, so gone ones are left out."""
    keys = [key for key, content in after.items() if before.get(key) != content]
    return {table: sum(1 for each, _row in keys if each == table) for table, _row in keys}


def vote_with_all(world: ConferenceWorld, vote: Vote) -> list[Seat]:
    seats = list(Seat.objects.select_related("delegation__site").order_by("?")[: len(CHOICES)])
    for held, choice in zip(seats, CHOICES, strict=True):
        number = world.sites.index(held.delegation.site)
        by = attendee_of(world.conference, None, world.seat(number, held.number).grant)
        before = dumped()
        cast_vote(vote=vote, seat=held, choice=choice, by=by, key=f"key-of-{held.pk}")
        assert changed_tables(before, dumped()) == {
            "conferences_conference": 1,  # last_seq
            "conferences_conferenceevent": 1,
            "conferences_votecast": 1,
            "conferences_urn": 1,
            "audit_auditevent": 1,
        }
    return seats


def test_a_vote_writes_who_has_voted_and_one_byte_of_the_urn(secret: tuple[ConferenceWorld, Vote]) -> None:
    world, vote = secret
    vote_with_all(world, vote)
    assert Ballot.objects.count() == 0
    slips = bytes(Urn.objects.get().slips)
    assert (len(slips), sum(1 for slip in slips if slip)) == (12, len(CHOICES))


def test_nothing_that_names_a_seat_says_what_it_chose(secret: tuple[ConferenceWorld, Vote]) -> None:
    world, vote = secret
    before = ConferenceEvent.objects.latest("seq").seq
    seats = vote_with_all(world, vote)
    assert set(VoteCast.objects.values_list("choice", flat=True)) == {""}
    events = ConferenceEvent.objects.filter(seq__gt=before).order_by("seq")
    assert [(each.type, each.payload, each.patch, each.request_key) for each in events] == [
        ("cast_vote", {"vote": vote.pk, "seat": held.pk}, {}, "") for held in seats
    ]
    told = [row for (table, _row), row in dumped().items() if table != "conferences_urn"]
    assert [row for row in told if "key-of-" in row] == []
    close_vote(vote=vote, by=world.chair)
    named = [row for (table, _row), row in dumped().items() if table == "conferences_ballot"]
    seat_marks = {held.pk for held in seats}
    fields = {field.name for field in Ballot._meta.get_fields()}
    assert fields == {"key", "vote", "choice"}
    assert len(named) == len(CHOICES)
    assert seat_marks  # only the vote is shared: a slip has no other column to join by


def _slips_as_they_lie() -> list[tuple[Any, ...]]:
    order = "rowid" if connection.vendor == "sqlite" else "ctid"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT key, choice FROM conferences_ballot ORDER BY {order}")
        return list(cursor.fetchall())


def test_slips_lie_on_the_disk_in_the_order_of_their_keys(secret: tuple[ConferenceWorld, Vote]) -> None:
    world, vote = secret
    vote_with_all(world, vote)
    closed = close_vote(vote=vote, by=world.chair)
    lying = _slips_as_they_lie()
    assert lying == sorted(lying)
    assert sorted(choice for _key, choice in lying) == sorted(CHOICES)
    assert closed.result["counts"] == {"yes": 5, "no": 4, "abstain": 2}
    assert Urn.objects.count() == 0


def test_the_order_of_the_slips_is_another_each_time(secret: tuple[ConferenceWorld, Vote]) -> None:
    """Ten takings-out of one urn; the order of voting is one of 6,930 equally likely ones."""
    world, vote = secret
    vote_with_all(world, vote)
    slips = bytes(Urn.objects.get().slips)
    orders = [[choice for _key, choice in urn.taken_out(slips, KEYS)] for _time in range(10)]
    assert len({tuple(order) for order in orders}) > 1
    assert [order for order in orders if order != CHOICES] != []


@pytest.mark.postgresql
def test_the_number_of_a_transaction_leads_to_no_slip(secret: tuple[ConferenceWorld, Vote]) -> None:
    """PostgreSQL marks every row with the transaction that wrote it (xmin). While the vote is open only the urn as a
    whole carries the last one's; afterwards every slip carries that of the closing."""
    world, vote = secret
    if connection.vendor != "postgresql":
        pytest.skip("the suite runs on SQLite here: set DATABASE_URL to PostgreSQL for the mark of its rows")
    vote_with_all(world, vote)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM conferences_urn u JOIN conferences_votecast c ON c.xmin::text = u.xmin::text"
        )
        assert cursor.fetchone()[0] == 1  # the last vote, and it names the urn, not a slip
        close_vote(vote=vote, by=world.chair)
        cursor.execute("SELECT count(DISTINCT xmin::text), count(*) FROM conferences_ballot")
        assert cursor.fetchone() == (1, len(CHOICES))
        cursor.execute(
            "SELECT count(*) FROM conferences_ballot b JOIN conferences_votecast c ON c.xmin::text = b.xmin::text"
        )
        assert cursor.fetchone()[0] == 0


def test_the_screens_are_told_no_count_while_it_is_open(secret: tuple[ConferenceWorld, Vote]) -> None:
    world, vote = secret
    vote_with_all(world, vote)
    shown = json.dumps(list(world.conference.events.values_list("patch", flat=True)))
    assert '"counts"' not in shown
