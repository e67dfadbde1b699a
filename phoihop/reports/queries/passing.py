"""Abolished organisations whose duties are still to pass, and to whom they may."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet

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
    return heirs_of([organisation], day)[organisation.pk]


def heirs_of(organisations: Sequence[Organisation], day: date | None = None) -> dict[int, list[Organisation]]:
    """Of each its heirs in force; as many questions as successions follow on one another."""
    links, living = _successions([each.pk for each in organisations], day or clock.today())
    found = {each.pk: _heirs(each.pk, links, living) for each in organisations}
    named = Organisation.objects.filter(pk__in=set().union(*found.values()))
    ordered = list(named.select_related("area").prefetch_related("area__titles").order_by("name_sort"))
    return {pk: [heir for heir in ordered if heir.pk in heirs] for pk, heirs in found.items()}


def _successions(starts: Iterable[int], day: date) -> tuple[dict[int, set[int]], set[int]]:
    """Who passed to whom, from the starts on; and who of those heirs is in force."""
    links: dict[int, set[int]] = defaultdict(set)
    living: set[int] = set()
    asked, waiting = set[int](), set(starts)
    while waiting:
        rows = OrganisationSuccession.objects.filter(predecessor__in=waiting, on__lte=day)
        asked |= waiting
        for predecessor, successor in rows.values_list("predecessor_id", "successor_id"):
            links[predecessor].add(successor)
        heirs = set[int]().union(*(links[each] for each in waiting))
        living |= set(Organisation.objects.as_of(day).filter(pk__in=heirs).values_list("pk", flat=True))
        waiting = heirs - living - asked
    return links, living


def _heirs(start: int, links: Mapping[int, set[int]], living: set[int]) -> set[int]:
    waiting, seen, found = {start}, {start}, set[int]()
    while waiting:
        heirs = set[int]().union(*(links.get(each, set()) for each in waiting)) - seen
        found |= heirs & living
        waiting = heirs - living
        seen |= heirs
    return found


def open_reports(*organisations: Organisation) -> QuerySet[Report]:
    """Not accepted and still taken: what somebody has to enter, correct or see decided."""
    reports = Report.objects.filter(organisation__in=organisations, state__in=OPEN)
    return reports.filter(Q(period__closed_at__isnull=True) | Q(first_submitted_at__isnull=False))


def open_memberships(*organisations: Organisation) -> QuerySet[Membership]:
    """Held on their organisation's last day; ended with it, or never ended."""
    return Membership.objects.filter(organisation__in=organisations).filter(
        Q(valid_until__isnull=True) | Q(valid_until__gte=F("organisation__valid_until"))
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


def to_pass(organisations: Sequence[Organisation]) -> list[ToPass]:
    """What each has still to pass on and to whom, asked for all of them at once."""
    heirs = heirs_of(organisations)
    reports, history = defaultdict(list), defaultdict(list)
    for report in _named(open_reports(*organisations)):
        reports[report.organisation_id].append(report)
    for done in DutyPassing.objects.filter(organisation__in=organisations).select_related("heir", "by"):
        history[done.organisation_id].append(done)
    roles: dict[int, Counter[str]] = defaultdict(Counter)
    held = open_memberships(*organisations).order_by("role").values_list("organisation_id", "role")
    for organisation, role in held:
        roles[organisation][role] += 1
    return [
        ToPass(each, heirs[each.pk], reports[each.pk], dict(roles[each.pk]), history[each.pk])
        for each in organisations
    ]


def _named(reports: QuerySet[Report]) -> QuerySet[Report]:
    return reports.select_related("period__form", "latest_version").order_by("-period__start", "pk")
