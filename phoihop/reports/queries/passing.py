"""Abolished organisations whose duties are still to pass, and to whom they may."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from phoihop.audit.models import AuditEvent
from phoihop.core import clock
from phoihop.orgs.models import Membership, Organisation, OrganisationSuccession
from phoihop.reports.enums import ReportState
from phoihop.reports.models import DutyPassing, Report
from phoihop.reports.standing import AnyUser, Standing, standing_of

OPEN = [ReportState.EXPECTED, ReportState.DRAFT, ReportState.RETURNED, ReportState.SUBMITTED]


@dataclass(frozen=True, slots=True)
class ToPass:
    organisation: Organisation
    heirs: Sequence[Organisation]
    reports: Sequence[Report]  # open ones
    roles: Mapping[str, int]  # held on its last day
    history: Sequence[DutyPassing]


def heirs_in_force(organisation: Organisation, day: date | None = None) -> list[Organisation]:
    """Through as many successions as there were, those in force that day; by name."""
    today = day or clock.today()
    waiting, seen = {organisation.pk}, {organisation.pk}
    found: set[int] = set()
    while waiting:
        links = OrganisationSuccession.objects.filter(predecessor__in=waiting, on__lte=today)
        heirs = set(links.values_list("successor_id", flat=True)) - seen
        living = set(Organisation.objects.as_of(today).filter(pk__in=heirs).values_list("pk", flat=True))
        found |= living
        waiting = heirs - living
        seen |= heirs
    named = Organisation.objects.filter(pk__in=found).select_related("area").prefetch_related("area__titles")
    return list(named.order_by("name_sort"))


def open_reports(organisation: Organisation) -> QuerySet[Report]:
    """Not accepted and still taken: what somebody has to enter, correct or see decided."""
    reports = Report.objects.filter(organisation=organisation, state__in=OPEN)
    return reports.filter(Q(period__closed_at__isnull=True) | Q(first_submitted_at__isnull=False))


def open_memberships(organisation: Organisation) -> QuerySet[Membership]:
    """Held on the organisation's last day; ended with it, or never ended."""
    ended = organisation.valid_until
    return Membership.objects.filter(organisation=organisation).filter(
        Q(valid_until__isnull=True) | Q(valid_until__gte=ended)
    )


def memberships_passed(organisation: Organisation) -> QuerySet[Membership]:
    """Those an earlier choice of an heir created, and that still hold: the audit trail names each."""
    heirs = organisation.passings.values("heir")
    held = Membership.objects.filter(organisation__in=heirs, valid_until__isnull=True)
    ids = [str(pk) for pk in held.values_list("pk", flat=True)]
    told = AuditEvent.objects.filter(object_type="orgs.membership", object_id__in=ids)
    rows = told.filter(action="pass_membership").values_list("object_id", "details")
    return held.filter(pk__in=[int(pk) for pk, said in rows if said.get("from") == organisation.slug])


def unpassed_under(user: AnyUser | Standing) -> QuerySet[Organisation]:
    """Those nobody has passed on yet."""
    return ended_under(user).filter(passings__isnull=True)


def ended_under(user: AnyUser | Standing) -> QuerySet[Organisation]:
    """Abolished ones with something to pass on, under the desks the user holds; all of them for the centre."""
    standing = user if isinstance(user, Standing) else standing_of(user)
    today = clock.today()
    ended = Organisation.objects.filter(valid_until__lte=today)
    if not standing.sees_all:
        desks = [pk for pk in standing.roles if standing.is_desk_of(pk)]
        ended = ended.filter(Q(parent__in=desks) | Q(parent__heir_links__successor__in=desks))
    waiting = Report.objects.filter(organisation=OuterRef("pk"), state__in=OPEN)
    waiting = waiting.filter(Q(period__closed_at__isnull=True) | Q(first_submitted_at__isnull=False))
    held = Membership.objects.filter(organisation=OuterRef("pk")).filter(
        Q(valid_until__isnull=True) | Q(valid_until__gte=OuterRef("valid_until"))
    )
    passed = DutyPassing.objects.filter(organisation=OuterRef("pk"))
    return (
        ended.filter(Exists(waiting) | Exists(held) | Exists(passed))
        .distinct()
        .select_related("area", "parent")
        .prefetch_related("area__titles")
        .order_by(Exists(passed).asc(), "-valid_until", "name_sort")
    )


def to_pass(organisation: Organisation) -> ToPass:
    return ToPass(
        organisation=organisation,
        heirs=heirs_in_force(organisation),
        reports=list(_named(open_reports(organisation))),
        roles=dict(Counter(open_memberships(organisation).order_by("role").values_list("role", flat=True))),
        history=list(organisation.passings.select_related("heir", "by")),
    )


def _named(reports: QuerySet[Report]) -> QuerySet[Report]:
    return reports.select_related("period__form", "latest_version").order_by("-period__start", "pk")
