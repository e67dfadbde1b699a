"""What conferences ask of a signed-in person: an opinion in writing, to head a site, to be there today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from phoihop.conferences.enums import ConferenceKind, ConferenceState
from phoihop.conferences.models import Conference, Delegation, Site
from phoihop.conferences.permissions import bodies_answered_for
from phoihop.conferences.queries.written import Answering, answerings
from phoihop.core import clock
from phoihop.orgs.models import Membership
from phoihop.orgs.permissions import AnyUser

_COMING = (ConferenceState.INVITED, ConferenceState.OPEN)


@dataclass(frozen=True, slots=True)
class OpinionAsked:
    """Of a body the person answers for, which has not answered."""

    conference: Conference
    answering: Answering
    is_late: bool

    @property
    def reminded_at(self) -> datetime | None:
        return self.answering.reminded_at[-1] if self.answering.reminded_at else None


@dataclass(frozen=True, slots=True)
class ConferenceDuties:
    opinions: Sequence[OpinionAsked]
    headed: Sequence[Site]  # invitations to head a site, the next one first
    today: Sequence[
        Conference
    ]  # in session, or planned for today, where the person serves or a body of theirs is asked

    @property
    def any(self) -> bool:
        return bool(self.opinions or self.headed or self.today)


def conference_duties(user: AnyUser) -> ConferenceDuties:
    return ConferenceDuties(_opinions(user), _headed(user), _today(user))


def _opinions(user: AnyUser) -> list[OpinionAsked]:
    mine = Membership.objects.held_by(user, clock.today()).values("organisation")
    asked = Delegation.objects.filter(organisation__in=mine, site__is_removed=False)
    running = Conference.objects.filter(
        kind=ConferenceKind.WRITTEN, state=ConferenceState.INVITED, sites__in=asked.values("site")
    )
    return [
        OpinionAsked(conference, row, clock.now() > conference.ends_at)
        for conference in running.distinct().order_by("ends_at", "pk")
        for row in _silent(conference, user)
    ]


def _silent(conference: Conference, user: AnyUser) -> list[Answering]:
    mine = {body.pk for body in bodies_answered_for(conference, user)}
    if not mine:
        return []
    return [row for row in answerings(conference) if row.body.pk in mine and not row.has_answered]


def _headed(user: AnyUser) -> list[Site]:
    held = Site.objects.filter(head=user.pk, is_removed=False, conference__state__in=_COMING)
    held = held.exclude(conference__kind=ConferenceKind.WRITTEN).select_related("conference")
    return list(held.order_by("conference__starts_at", "pk"))


def _today(user: AnyUser) -> list[Conference]:
    mine = Membership.objects.held_by(user, clock.today()).values("organisation")
    asked = Delegation.objects.filter(organisation__in=mine, site__is_removed=False).values("site")
    concerned = (
        Q(officials__user=user.pk)
        | Q(organisers__organisation__in=mine)
        | Q(sites__head=user.pk)
        | Q(sites__in=asked)
    )
    meetings = Conference.objects.filter(state__in=_COMING).exclude(kind=ConferenceKind.WRITTEN)
    found = meetings.filter(pk__in=Conference.objects.filter(concerned).values("pk")).order_by(
        "starts_at", "pk"
    )
    return [each for each in found if _is_today(each)]


def _is_today(conference: Conference) -> bool:
    first, last = clock.day_of(conference.starts_at), clock.day_of(conference.ends_at)
    return conference.state == ConferenceState.OPEN or first <= clock.today() <= last
