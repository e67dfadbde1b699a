"""The central desk's own windows: how each level stands, who is late, what moved, and what is asked of whom."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Case, CharField, Count, Q, QuerySet, Value, When

from phoihop.areas.enums import LEVEL_ORDER, Level
from phoihop.core import clock
from phoihop.core.text import fold_vi
from phoihop.orgs.enums import PartyKind
from phoihop.reports.models import (
    AskedScope,
    ClosingChange,
    DeadlineChange,
    Report,
    ReportForm,
    ReportingPeriod,
)
from phoihop.reports.queries.cells import cells_for, under_one_mark

LATE, ON_TIME, MISSING, OPEN = "late", "on_time", "missing", "open"
COUNTED = ("expected", "on_time", "late", "missing", "not_due", "waiting", "accepted")
STANDINGS = (MISSING, LATE, OPEN, ON_TIME)


@dataclass(frozen=True, slots=True)
class LevelRow:
    """Completeness is of reports accepted, timeliness of reports in by the deadline.

    Missing: the percentage is None where nothing was due.
    """

    level: str
    deadline: date
    expected: int
    on_time: int
    late: int
    missing: int  # past their deadline
    not_due: int
    waiting: int  # submitted, to be decided
    accepted: int

    @property
    def completeness_percent(self) -> Decimal | None:
        return Decimal(self.accepted * 100) / self.expected if self.expected else None

    @property
    def timeliness_percent(self) -> Decimal | None:
        return Decimal(self.on_time * 100) / self.expected if self.expected else None


@dataclass(frozen=True, slots=True)
class PeriodState:
    period: ReportingPeriod
    rows: Sequence[LevelRow]

    @property
    def last_deadline(self) -> date:
        return max(row.deadline for row in self.rows) if self.rows else self.period.end

    @property
    def can_close(self) -> bool:
        waits = any(row.waiting for row in self.rows)
        return not self.period.closed_at and not waits and clock.today() > self.last_deadline


def period_states(periods: Sequence[ReportingPeriod]) -> list[PeriodState]:
    """One query for all of them."""
    rows: dict[int, list[LevelRow]] = defaultdict(list)
    counted = (
        Report.objects.expected()
        .filter(period__in=[period.pk for period in periods])
        .values("period", "level")
        .annotate(
            expected=Count("pk"),
            on_time=Count("pk", filter=Q(is_on_time=True)),
            late=Count("pk", filter=Q(is_on_time=False)),
            missing=Count("pk", filter=Q(first_submitted_at__isnull=True, deadline__lt=clock.today())),
            not_due=Count("pk", filter=Q(first_submitted_at__isnull=True, deadline__gte=clock.today())),
            waiting=Count("pk", filter=Q(state="submitted")),
            accepted=Count("pk", filter=Q(accepted_version__isnull=False)),
        )
    )
    deadlines = {period.pk: period.deadlines for period in periods}
    for row in counted:
        level = row["level"]
        if level in deadlines[row["period"]]:
            day = date.fromisoformat(deadlines[row["period"]][level])
            counts = {name: row[name] for name in COUNTED}  # type: ignore[literal-required]
            rows[row["period"]].append(LevelRow(level=level, deadline=day, **counts))
    return [
        PeriodState(period, sorted(rows[period.pk], key=lambda row: LEVEL_ORDER[Level(row.level)]))
        for period in periods
    ]


def reports_standing(
    period: ReportingPeriod, *, standing: str = "", level: str = "", text: str = ""
) -> QuerySet[Report]:
    """Each report due with its standing: missing after its deadline, late, on time, or still open."""
    today = clock.today()
    stands = Case(
        When(is_on_time=True, then=Value(ON_TIME)),
        When(is_on_time=False, then=Value(LATE)),
        When(deadline__lt=today, then=Value(MISSING)),
        default=Value(OPEN),
        output_field=CharField(),
    )
    reports = period.reports.expected().annotate(standing=stands)
    if standing in STANDINGS:
        reports = reports.filter(standing=standing)
    if level:
        reports = reports.filter(level=level)
    if words := fold_vi(text):
        reports = reports.filter(
            Q(organisation__name_fold__contains=words) | Q(area__name_fold__contains=words)
        )
    return reports.select_related("organisation", "area", "superior").order_by(
        "area__name_sort", "party", "pk"
    )


def deadline_changes(period: ReportingPeriod) -> QuerySet[DeadlineChange]:
    return period.deadline_changes.select_related("report__organisation", "by")


def closing_changes(period: ReportingPeriod) -> QuerySet[ClosingChange]:
    return period.closing_changes.select_related("by")


@dataclass(frozen=True, slots=True)
class Burden:
    """Cells a form asks of one kind of unit; `elsewhere`: of another party there, or in another form, too."""

    form: ReportForm
    level: str
    party: str
    units: int  # of the latest window
    cells: int
    elsewhere: int
    windows_a_year: int

    @property
    def cells_a_year(self) -> int:
        return self.cells * self.windows_a_year

    @property
    def written_a_year(self) -> int:
        return self.cells_a_year * self.units


@dataclass(frozen=True, slots=True)
class LevelBurden:
    """Of all parties and forms of a level; a figure asked in two places counts in both."""

    level: str
    cells: int
    elsewhere: int
    written_a_year: int


A_YEAR = {"half": 2}


def burdens() -> list[Burden]:
    """Of today's scopes, by level, then party, then form."""
    today = clock.today()
    asked: dict[tuple[int, str, str], list[str]] = {}
    forms = {form.pk: form for form in ReportForm.objects.all()}
    under_one_mark(forms.values())
    for form, level, party in _scopes(today):
        cells = cells_for(forms[form], today, level, party)
        if cells:
            asked[form, level, party] = [cell.code for cell in cells]
    times = Counter((level, code) for (_form, level, _party), codes in asked.items() for code in codes)
    units = _units(forms.values())
    found = [
        Burden(
            form=forms[form],
            level=level,
            party=party,
            units=units.get((form, level, party), 0),
            cells=len(codes),
            elsewhere=sum(1 for code in codes if times[level, code] > 1),
            windows_a_year=A_YEAR.get(forms[form].window, 1),
        )
        for (form, level, party), codes in asked.items()
    ]
    parties = list(PartyKind.values)
    return sorted(
        found, key=lambda each: (LEVEL_ORDER[Level(each.level)], parties.index(each.party), each.form.pk)
    )


def burdens_by_level(rows: Iterable[Burden]) -> list[LevelBurden]:
    """In the order of the rows."""
    by_level: dict[str, list[Burden]] = defaultdict(list)
    for row in rows:
        by_level[row.level].append(row)
    return [
        LevelBurden(
            level=level,
            cells=sum(row.cells for row in some),
            elsewhere=sum(row.elsewhere for row in some),
            written_a_year=sum(row.written_a_year for row in some),
        )
        for level, some in by_level.items()
    ]


def _scopes(day: date) -> Iterable[tuple[int, str, str]]:
    scopes = AskedScope.objects.as_of(day).values_list("form_id", "level", "party")
    return sorted(set(scopes))


def _units(forms: Iterable[ReportForm]) -> dict[tuple[int, str, str], int]:
    """Reports due in each form's latest window."""
    latest: dict[int, int] = {}
    for period in ReportingPeriod.objects.filter(form__in=list(forms)).order_by("start"):
        latest[period.form_id] = period.pk
    rows = (
        Report.objects.expected().filter(period__in=latest.values()).values("period__form", "level", "party")
    )
    counted = rows.annotate(units=Count("organisation", distinct=True))
    return {(row["period__form"], row["level"], row["party"]): row["units"] for row in counted}
