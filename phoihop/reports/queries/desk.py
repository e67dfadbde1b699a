"""What a person decides on: the reports of the units below, by what waits for whom."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, NullIf

from phoihop.areas.models import AreaAncestor
from phoihop.core import clock
from phoihop.core.text import fold_vi, nfc
from phoihop.orgs.models import Organisation
from phoihop.orgs.roles import Permission
from phoihop.reports.enums import ReportState
from phoihop.reports.models import Reminder, Report, ReturnText, Waiver
from phoihop.reports.queries.cells import is_english
from phoihop.reports.standing import AnyUser, Standing, standing_of

NEVER_IN = [ReportState.EXPECTED, ReportState.DRAFT]
DONE = [ReportState.ACCEPTED, ReportState.LOCKED]


class Tab(StrEnum):
    SUBMITTED = "submitted"
    RETURNED = "returned"
    LATE = "late"  # past the deadline and still with the unit, returned ones too; it can still come
    MISSING = "missing"  # never handed in, still in time, and due soon
    AHEAD = "ahead"  # its days run on, and its deadline is far: nobody is chased yet
    ACCEPTED = "accepted"
    NEVER = "never"  # not handed in before its window closed: nothing to chase any more
    ALL = "all"


SOON = timedelta(days=15)  # before its deadline a report that is not in yet is worth a word
CHASED = frozenset({Tab.RETURNED, Tab.LATE, Tab.MISSING})


@dataclass(frozen=True, slots=True)
class Wanted:
    """Empty: every one."""

    period: str = ""
    form: str = ""
    level: str = ""
    party: str = ""
    area: str = ""  # key; the area itself and what stood below it
    text: str = ""  # of the unit's name, with or without marks


def reports_decided_by(user: AnyUser | Standing) -> QuerySet[Report]:
    """The set behind `permissions.may_return`, of reports still on the list."""
    standing = user if isinstance(user, Standing) else standing_of(user)
    mine = Q(superior__in=organisations_decided_for(standing))
    if standing.central_parties:
        mine |= Q(superior__isnull=True, party__in=standing.central_parties)
    return Report.objects.expected().filter(mine)


def organisations_decided_for(standing: Standing) -> list[int]:
    return [pk for pk in standing.roles if standing.may(Permission.RETURN, pk)]


def narrowed(reports: QuerySet[Report], wanted: Wanted) -> QuerySet[Report]:
    exact = {"period__code": wanted.period, "period__form__code": wanted.form, "level": wanted.level,
             "party": wanted.party}  # fmt: skip
    found = reports.filter(**{name: value for name, value in exact.items() if value})
    if wanted.area:
        below = AreaAncestor.objects.filter(ancestor__key=wanted.area).values("area")
        found = found.filter(Q(area__key=wanted.area) | Q(area__in=below))
    if folded := fold_vi(wanted.text):
        found = found.filter(organisation__name_fold__contains=folded)
    return found


def in_tab(reports: QuerySet[Report], tab: Tab, on: date | None = None) -> QuerySet[Report]:
    return reports.filter(_condition(tab, on or clock.today()))


def counts_by_tab(reports: QuerySet[Report], on: date | None = None) -> Mapping[str, int]:
    """Of each tab, and under "clean" the first submissions without a warning: one query."""
    day = on or clock.today()
    counted = {tab.value: Count("pk", filter=_condition(tab, day)) for tab in Tab}
    marked = reports.order_by().annotate(has_warning=_has_warning())
    first = Q(state=ReportState.SUBMITTED, accepted_version__isnull=True)
    clean = Count("pk", filter=first & Q(has_warning=False))
    return dict(marked.aggregate(**counted, clean=clean))


def clean(reports: QuerySet[Report]) -> QuerySet[Report]:
    """Submitted, no correction, without a warning; an explained warning is a warning. The cells: `queries.looks`."""
    waiting = reports.filter(state=ReportState.SUBMITTED, accepted_version__isnull=True)
    return waiting.annotate(has_warning=_has_warning()).filter(has_warning=False)


def with_warnings(reports: QuerySet[Report]) -> QuerySet[Report]:
    """`warnings`: how many explained warnings the latest version carries."""
    each = Waiver.objects.filter(version=OuterRef("latest_version")).order_by().values("version")
    counted = Subquery(each.annotate(n=Count("pk")).values("n"), output_field=IntegerField())
    return reports.annotate(warnings=Coalesce(counted, 0))


def with_last_reminder(reports: QuerySet[Report]) -> QuerySet[Report]:
    """`reminded_on`, `reminded_by`: the day and the organisation of the last reminder, in the page's language."""
    name = F("organisation__name_vi")
    named = Coalesce(NullIf("organisation__name_en", Value("")), name) if is_english() else name
    last = Reminder.objects.filter(report=OuterRef("pk")).annotate(named=named).order_by("-on", "-pk")
    return reports.annotate(
        reminded_on=Subquery(last.values("on")[:1]), reminded_by=Subquery(last.values("named")[:1])
    )


def exact_marks_first(reports: QuerySet[Report], text: str) -> QuerySet[Report]:
    """`as_typed`: 0 where the name bears the very marks that were typed."""
    typed = When(organisation__name_vi__contains=nfc(text.strip()), then=Value(0))
    return reports.annotate(as_typed=Case(typed, default=Value(1), output_field=IntegerField()))


def return_texts_for(user: AnyUser | Standing) -> QuerySet[ReturnText]:
    """Those of the organisations the user decides for."""
    standing = user if isinstance(user, Standing) else standing_of(user)
    decided = organisations_decided_for(standing)
    return ReturnText.objects.filter(organisation__in=decided).select_related("organisation")


def desks_of(user: AnyUser) -> QuerySet[Organisation]:
    """In force today, where the user decides."""
    decided = Organisation.objects.as_of(clock.today()).filter(
        pk__in=organisations_decided_for(standing_of(user))
    )
    return decided.order_by("name_sort")


def _condition(tab: Tab, day: date) -> Q:
    waiting = Q(state__in=[*NEVER_IN, ReportState.RETURNED], accepted_version__isnull=True)
    excepted = Q(open_until__isnull=False, open_until__gte=day)
    shut = Q(first_submitted_at__isnull=True, period__closed_at__isnull=False) & ~excepted
    in_time = Q(state__in=NEVER_IN, deadline__gte=day) & ~shut
    near = Q(covers_until__lte=day) | Q(deadline__lte=day + SOON)
    return {
        Tab.SUBMITTED: Q(state=ReportState.SUBMITTED),
        Tab.RETURNED: Q(state=ReportState.RETURNED),
        Tab.LATE: waiting & Q(deadline__lt=day) & ~shut,
        Tab.MISSING: in_time & near,
        Tab.AHEAD: in_time & ~near,
        Tab.ACCEPTED: Q(state__in=DONE),
        Tab.NEVER: waiting & shut,
        Tab.ALL: ~Q(state=ReportState.WITHDRAWN),
    }[tab]


def _has_warning() -> Exists:
    return Exists(Waiver.objects.filter(version=OuterRef("latest_version")))
