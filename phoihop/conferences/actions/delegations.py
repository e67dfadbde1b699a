"""Delegations of a site by bloc: how many were invited and in which posts, never who; and their seats."""

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max, Q

from phoihop.conferences import preparing_errors
from phoihop.conferences.actions.changing import Change, changing
from phoihop.conferences.actions.guards import lay, require_not_closed, require_seen
from phoihop.conferences.enums import VoteState
from phoihop.conferences.facts import DelegationFacts, laid_on
from phoihop.conferences.models import Delegation, Seat, Site
from phoihop.conferences.permissions import Act, Attendee

MOST_SEATS = 2_000
_SHOWN = ("roll_call", "floor", "queue")


def add_delegation(
    *, site: Site, facts: DelegationFacts, by: Attendee | None, seats: int = 0, key: str = ""
) -> Delegation:
    with changing(site.conference, Act.PREPARE, by, key=key) as change:
        require_not_closed(change)
        last = site.delegations.aggregate(last=Max("order"))["last"]
        try:
            with transaction.atomic():
                made = Delegation.objects.create(site=site, order=(last or 0) + 1, **laid_on(facts))
        except IntegrityError as fault:
            raise preparing_errors.delegation_there_already(facts.title_vi, site) from fault
        _seat(change, made, seats)
        change.tell("add_delegation", thing=made, shows=_SHOWN, **_told(made), seats=seats)
    return made


def edit_delegation(
    *,
    delegation: Delegation,
    facts: DelegationFacts,
    by: Attendee | None,
    seats: int | None = None,
    seen: str = "",
    key: str = "",
) -> Delegation:
    """seats: None leaves them as they are."""
    with changing(delegation.site.conference, Act.PREPARE, by, key=key) as change:
        require_not_closed(change)
        held = Delegation.objects.select_related("site", "organisation").get(pk=delegation.pk)
        require_seen(held, facts, seen)
        try:
            with transaction.atomic():
                lay(held, facts)
        except IntegrityError as fault:
            raise preparing_errors.delegation_there_already(facts.title_vi, held.site) from fault
        if seats is not None:
            _seat(change, held, seats)
        change.tell("edit_delegation", thing=held, shows=_SHOWN, **_told(held), seats=held.seats.count())
    delegation.refresh_from_db()
    return delegation


def delete_delegation(*, delegation: Delegation, by: Attendee | None, key: str = "") -> None:
    """One that was entered by mistake."""
    with changing(delegation.site.conference, Act.PREPARE, by, key=key) as change:
        require_not_closed(change)
        held = Delegation.objects.select_related("site").get(pk=delegation.pk)
        used = any(each.exists() for each in (held.speeches, held.answers, held.bases, held.speakers))
        if used or _last_used_seat(held):
            raise preparing_errors.delegation_in_use(held)
        told, pk = _told(held), held.pk
        held.delete()
        held.pk = pk
        change.tell("delete_delegation", thing=held, shows=_SHOWN, **told)


def set_seats(*, delegation: Delegation, count: int, by: Attendee | None, key: str = "") -> Delegation:
    """Seats 1 to count, each entitled to one vote. A seat that joined or voted is not taken away."""
    with changing(delegation.site.conference, Act.PREPARE, by, key=key) as change:
        require_not_closed(change)
        held = Delegation.objects.select_related("site").get(pk=delegation.pk)
        _seat(change, held, count)
        change.tell("set_seats", thing=held, **_told(held), seats=count)
    return delegation


def _seat(change: Change, delegation: Delegation, count: int) -> None:
    if count > MOST_SEATS:
        raise preparing_errors.too_many_seats(MOST_SEATS)
    present = delegation.seats.count()
    if count == present:
        return
    if change.conference.votes.filter(state=VoteState.OPEN).exists():
        raise preparing_errors.vote_is_open()
    if (least := _last_used_seat(delegation)) > count:
        raise preparing_errors.seats_in_use(delegation, least)
    delegation.seats.filter(number__gt=count).delete()
    Seat.objects.bulk_create(
        Seat(delegation=delegation, number=number) for number in range(present + 1, count + 1)
    )


def _last_used_seat(delegation: Delegation) -> int:
    used = delegation.seats.filter(Q(casts__isnull=False) | Q(grants__isnull=False))
    return used.aggregate(last=Max("number"))["last"] or 0


def _told(delegation: Delegation) -> dict[str, Any]:
    return {
        "site": delegation.site.slug,
        "delegation": delegation.pk,
        "title": delegation.title_vi,
        "invited": delegation.invited,
    }
