"""What waits for a signed-in person, by role."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from phoihop.areas.enums import LEVEL_ORDER, Level
from phoihop.audit.models import AuditEvent, AuditSeal
from phoihop.core import clock
from phoihop.orgs.enums import Role
from phoihop.orgs.models import Membership, Organisation
from phoihop.orgs.permissions import AnyUser
from phoihop.orgs.queries import memberships_of
from phoihop.orgs.roles import LEVEL_OF_DESK, Permission, role_may
from phoihop.reports.models import LedgerEntry, Report, ReportingPeriod
from phoihop.reports.queries.desk import counts_by_tab, reports_decided_by, with_last_reminder
from phoihop.reports.queries.passing import unpassed_under
from phoihop.reports.queries.reports import Completeness, completeness, due_for, inbox_of, out_of_step_for
from phoihop.reports.standing import standing_of
from phoihop.reviews.models import FigureCheck
from phoihop.reviews.queries.awaiting import Awaited, awaited_by
from phoihop.reviews.queries.moved import QuoteMoved, moved_reviews, quotes_moved_below
from phoihop.reviews.queries.unconfirmed import WaitingReview, waiting_reviews
from phoihop.rollup.models import AppliedPosition

SHOWN = 20
WINDOWS_SHOWN = 3


@dataclass(frozen=True, slots=True)
class WindowState:
    """One reporting window of a form under a desk's area."""

    period: ReportingPeriod
    is_over: bool  # past its cut-off: reports are due
    rows: Sequence[Completeness]


@dataclass(frozen=True, slots=True)
class DeskPanel:
    organisation: Organisation
    windows: Sequence[WindowState]
    inbox: Sequence[Report]
    inbox_total: int
    counts: Mapping[str, int]  # of each part of the desk
    ended: int  # abolished organisations below, not passed on to an heir yet
    out_of_step: Sequence[Report]  # its own, to be submitted again


@dataclass(frozen=True, slots=True)
class UnitPanel:
    organisation: Organisation
    may_enter: bool
    due: Sequence[Report]
    due_total: int
    inbox: Sequence[Report]
    inbox_total: int
    today: date
    out_of_step: Sequence[Report]  # its own, to be submitted again


@dataclass(frozen=True, slots=True)
class Integrity:
    """Where the two stores and the audit chain stand; `phoihop check` recounts everything."""

    accepted: int  # ledger entries
    applied: int
    events: int
    sealed: int
    last_event_at: datetime | None
    last_seal: str

    @property
    def is_in_step(self) -> bool:
        return self.accepted == self.applied and self.events == self.sealed


@dataclass(frozen=True, slots=True)
class Waiting:
    desks: Sequence[DeskPanel]
    units: Sequence[UnitPanel]
    integrity: Integrity | None
    moved: Sequence[FigureCheck]  # reviews issued here that stand on figures corrected since
    quotes_moved: Sequence[QuoteMoved]  # reviews issued here that quote such a one
    unconfirmed: Sequence[WaitingReview]  # reviews issued here whose corrected figures nobody above confirmed
    awaited: Awaited  # frozen versions to approve, for more readers too, or to publish


def waiting_for(user: AnyUser) -> Waiting:
    """By each role the person holds today: a desk its windows, a unit its reports, an auditor the two stores."""
    held = list(memberships_of(user))
    issuing = [each.organisation for each in held if _writes_reviews(each)]
    desks = [each for each in held if _is_desk(each)]
    units = [each for each in held if not _is_desk(each) and _has_work(each)]
    return Waiting(
        desks=_desks(user, [each.organisation for each in desks]),
        units=[_unit(each.organisation, Role(each.role)) for each in units],
        integrity=integrity() if any(each.role == Role.AUDITOR for each in held) else None,
        moved=list(moved_reviews(issuing)[:SHOWN]),
        quotes_moved=quotes_moved_below(issuing)[:SHOWN],
        unconfirmed=waiting_reviews(user, issuing)[:SHOWN],
        awaited=awaited_by(user),
    )


def integrity() -> Integrity:
    last_entry = LedgerEntry.objects.order_by("-seq").first()
    position = AppliedPosition.objects.first()
    last_event = AuditEvent.objects.order_by("-pk").first()
    last_seal = AuditSeal.objects.order_by("-pk").first()
    return Integrity(
        accepted=last_entry.seq if last_entry else 0,
        applied=position.seq if position else 0,
        events=AuditEvent.objects.count(),
        sealed=AuditSeal.objects.count(),
        last_event_at=last_event.at if last_event else None,
        last_seal=last_seal.hash if last_seal else "",
    )


def _is_desk(membership: Membership) -> bool:
    return LEVEL_OF_DESK.get(Role(membership.role)) == membership.organisation.area.level


def _writes_reviews(membership: Membership) -> bool:
    return any(role_may(membership.role, each) for each in (Permission.ENTER, Permission.FREEZE))


def _has_work(membership: Membership) -> bool:
    return any(role_may(membership.role, each) for each in (Permission.ENTER, Permission.ACCEPT))


def _desks(user: AnyUser, organisations: Sequence[Organisation]) -> list[DeskPanel]:
    if not organisations:
        return []
    standing = standing_of(user)
    counts = counts_by_tab(reports_decided_by(standing))
    ended = unpassed_under(standing).count()
    return [_desk(each, counts, ended) for each in organisations]


def _desk(organisation: Organisation, counts: Mapping[str, int], ended: int) -> DeskPanel:
    today = clock.today()
    under = None if organisation.area.level == Level.NATION else organisation.area
    windows = [
        WindowState(period, period.end <= today, sorted(completeness(period, under), key=_top_first))
        for period in _worked_on(today)
    ]
    inbox = inbox_of(organisation)
    own = _listed(out_of_step_for([organisation.pk]))
    return DeskPanel(organisation, windows, _listed(inbox), inbox.count(), counts, ended, own)


def _worked_on(today: date) -> list[ReportingPeriod]:
    """Those whose last day is nearest to today: just over, or about to be; not one that was only just opened."""
    begun = (
        ReportingPeriod.objects.filter(start__lte=today).select_related("form").order_by("-end", "form_id")
    )
    nearest = sorted(begun, key=lambda each: abs((each.end - today).days))[:WINDOWS_SHOWN]
    return sorted(nearest, key=lambda each: (each.end, each.form_id), reverse=True)


def _unit(organisation: Organisation, role: Role) -> UnitPanel:
    due, inbox = with_last_reminder(due_for(organisation)), inbox_of(organisation)
    return UnitPanel(
        organisation=organisation,
        may_enter=role_may(role, Permission.ENTER),
        due=_listed(due),
        due_total=due.count(),
        inbox=_listed(inbox),
        inbox_total=inbox.count(),
        today=clock.today(),
        out_of_step=_listed(out_of_step_for([organisation.pk])),
    )


def _top_first(row: Completeness) -> tuple[int, str]:
    return LEVEL_ORDER[Level(row.level)], row.party


def _listed(reports: QuerySet[Report]) -> list[Report]:
    related = reports.select_related("period__form", "organisation__area", "area", "latest_version")
    related = related.prefetch_related("organisation__area__titles")
    return list(related[:SHOWN])
