"""A vote on disk for processes of their own: built, cast in by several at once, looked at afterwards.

python -m tests.conferences.vote_world build SITES SEATS KIND  a vote is open; JSON: its address, a session for every seat
python -m tests.conferences.vote_world cast FIRST STEP         every STEP-th seat from FIRST on votes, twice; no server
python -m tests.conferences.vote_world close                   the vote is closed; JSON: what was counted
"""

import json
import sys
from typing import Any

import django

CHOICES = ("yes", "no", "abstain")


def build(sites: int, seats: int, kind: str) -> dict[str, Any]:
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from django.contrib.sessions.models import Session

    from phoihop.conferences.actions import open_vote, prepare_vote
    from phoihop.conferences.enums import GrantKind, VoteKind
    from phoihop.conferences.models import Delegation, Grant, Seat
    from phoihop.core import clock
    from tests.conferences.world import SEATS, conference_world

    world = conference_world(sites).in_session()
    for delegation in Delegation.objects.exclude(site=world.sites[0]):
        Seat.objects.bulk_create(
            Seat(delegation=delegation, number=number) for number in range(SEATS + 1, seats + 1)
        )
    Seat.objects.filter(delegation__site=world.sites[0]).delete()
    vote = prepare_vote(item=world.items[0], title_vi="Bầu", kind=VoteKind(kind), by=None)
    open_vote(vote=vote, by=None)
    grants = Grant.objects.bulk_create(
        Grant(
            kind=GrantKind.SEAT, site_id=site, seat_id=seat, code_edition=1, given_at=clock.now(),
            expires_at=world.conference.ends_at,
        )
        for seat, site in Seat.objects.order_by("pk").values_list("pk", "delegation__site")
    )  # fmt: skip
    sessions = [_session(grant, world.conference.pk) for grant in grants]
    Session.objects.bulk_create(sessions, batch_size=500)
    path = f"/hoi-nghi/{world.conference.slug}/bieu-quyet/{vote.pk}/phieu/"
    return {
        "path": path,
        "seats": [[grant.seat_id, each.session_key] for grant, each in zip(grants, sessions, strict=True)],
    }


def _session(grant: Any, conference: int) -> Any:
    from datetime import timedelta

    from django.contrib.sessions.backends.db import SessionStore
    from django.contrib.sessions.models import Session
    from django.utils import timezone
    from django.utils.crypto import get_random_string

    from phoihop.conferences.access import SESSION_KEY

    told = SessionStore().encode({SESSION_KEY: {str(conference): grant.pk}})
    key = get_random_string(32, "abcdefghijklmnopqrstuvwxyz0123456789")
    return Session(session_key=key, session_data=told, expire_date=timezone.now() + timedelta(days=1))


def choice_of(seat: int) -> str:
    """Any seat's choice can be told again by whoever checks the count."""
    return CHOICES[seat * 7 % 5 % 3]


def cast(first: int, step: int) -> None:
    from phoihop.conferences.actions import cast_vote
    from phoihop.conferences.models import Seat, Vote

    vote = Vote.objects.select_related("conference").get()
    for seat in list(Seat.objects.order_by("pk"))[first::step]:
        for _time in range(2):
            cast_vote(vote=vote, seat=seat, choice=choice_of(seat.pk), by=None, key=f"seat-{seat.pk}")


def close() -> dict[str, Any]:
    from phoihop.audit.models import AuditEvent
    from phoihop.conferences.actions import close_vote
    from phoihop.conferences.models import ConferenceEvent, Vote
    from phoihop.conferences.verify import vote_faults

    vote = close_vote(vote=Vote.objects.get(), by=None)
    return {
        "counts": vote.result["counts"],
        "casts": vote.casts.count(),
        "slips": vote.ballots.count(),
        "events": ConferenceEvent.objects.filter(type="cast_vote").count(),
        "audit": AuditEvent.objects.filter(action="cast_vote").count(),
        "faults": vote_faults(vote),
    }


if __name__ == "__main__":
    django.setup()
    match sys.argv[1:]:
        case ["build", sites, seats, kind]:
            print(json.dumps(build(int(sites), int(seats), kind)))
        case ["cast", first, step]:
            cast(int(first), int(step))
        case ["close"]:
            print(json.dumps(close()))
