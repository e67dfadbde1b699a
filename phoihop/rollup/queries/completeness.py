"""The desks' own duties: reports due, submitted, on time, accepted. The only figures that are ever ranked."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from django.db.models import Sum

from phoihop.areas.enums import Level
from phoihop.areas.models import Area
from phoihop.areas.queries.maps import REPORTED
from phoihop.indicators.enums import WindowKind
from phoihop.periods import Span
from phoihop.programmes.models import Programme
from phoihop.reports.models import Report, ReportForm, ReportingPeriod
from phoihop.rollup.compute_figures import percent
from phoihop.rollup.compute_rules import PeriodRow
from phoihop.rollup.compute_windows import cover
from phoihop.rollup.enums import FigureState
from phoihop.rollup.live import ensure_fresh
from phoihop.rollup.live.tables import Counts
from phoihop.rollup.models import Coverage
from phoihop.rollup.queries.figure import FigureArea
from phoihop.rollup.queries.leaves import leaf_reports
from phoihop.rollup.queries.rows import MapDays, children_level, rows_of, rows_under


@dataclass(frozen=True, slots=True)
class Duties:
    """Reports of a unit and of the units below it.

    Missing: the rates are None where no report was due; never 0, and never above 100.
    """

    expected: int = 0
    submitted: int = 0
    on_time: int = 0  # of the first submission; late stays late
    accepted: int = 0
    timely: int = 0  # on time, and accepted
    confirmed: int = 0

    @property
    def completeness_percent(self) -> Decimal | None:
        """Reports accepted of reports due."""
        return percent(self.accepted, self.expected)

    @property
    def submitted_percent(self) -> Decimal | None:
        return percent(self.submitted, self.expected)

    @property
    def timeliness_percent(self) -> Decimal | None:
        """Reports first submitted by their deadline, of reports due."""
        return percent(self.on_time, self.expected)


@dataclass(frozen=True)
class DutyTable:
    """`get(area)` for the span together; `by_window` where windows stand apart."""

    areas: tuple[FigureArea, ...]
    windows: tuple[str, ...]
    together: Mapping[int, Duties]
    by_window: Mapping[tuple[int, str], Duties]
    left_out: tuple[str, ...]
    as_of: datetime | None
    ledger_seq: int

    def get(self, area: int) -> Duties:
        return self.together.get(area, Duties())

    def at(self, area: int, window: str) -> Duties:
        return self.by_window.get((area, window), Duties())


class Duty(StrEnum):
    COMPLETENESS = "completeness"
    TIMELINESS = "timeliness"


@dataclass(frozen=True, slots=True)
class Rank:
    place: int  # units with the same rate share a place
    area: FigureArea
    duties: Duties
    rate_percent: Decimal


def completeness(
    *,
    programmes: Iterable[Programme] | None,
    span: Span,
    map_key: str = REPORTED,
    areas: Iterable[Area] | None = None,
    under: Area | None = None,
    level: str | None = None,
    party: str | None = None,
    reporting_level: str | None = None,
    form: ReportForm | None = None,
) -> DutyTable:
    """Of the whole windows of every form (or one) in the span; by one party or one reporting level where asked."""
    position = ensure_fresh()
    days = MapDays.of(map_key, span)
    if under is not None:
        rows = rows_under(under, level or children_level(under, days), days)
    else:
        rows = rows_of(areas or (), days)
    periods, left_out = _windows(programmes, form, span)
    counts = _counts(rows, periods, days, {"party": party, "level": reporting_level})
    windows = {period.code: (period.start, period.end) for period in periods}
    by_window: dict[tuple[int, str], Counts] = defaultdict(Counts)
    together: dict[int, Counts] = defaultdict(Counts)
    for (area, window), row in counts.items():
        by_window[area, window] = _added(by_window[area, window], row)
        together[area] = _added(together[area], row)
    return DutyTable(
        rows,
        tuple(sorted(windows, key=lambda code: (windows[code], code))),
        {area: Duties(*row) for area, row in together.items()},
        {key: Duties(*row) for key, row in by_window.items()},
        left_out,
        position.at,
        position.seq,
    )


def rank_duties(table: DutyTable, by: Duty) -> list[Rank]:
    """Units from the fullest duty down, those with nothing due left out. Participation, registration, recognition
    and comments have no ranking: rankings breed coercion (issue, point 9)."""
    rates = {
        area: rate
        for area in table.areas
        if (rate := _rate(table.get(area.id), by)) is not None and area.level != Level.NATION
    }
    ordered = sorted(rates, key=lambda area: -rates[area])
    return [
        Rank(1 + sum(other > rates[area] for other in rates.values()), area, table.get(area.id), rates[area])
        for area in ordered
    ]


def _rate(duties: Duties, by: Duty) -> Decimal | None:
    return duties.completeness_percent if by == Duty.COMPLETENESS else duties.timeliness_percent


def _windows(
    programmes: Iterable[Programme] | None, form: ReportForm | None, span: Span
) -> tuple[list[PeriodRow], tuple[str, ...]]:
    forms = ReportForm.objects.all()
    if programmes is not None:
        forms = forms.filter(programmes__in=list(programmes))
    if form is not None:
        forms = forms.filter(pk=form.pk)
    inside = ReportingPeriod.objects.filter(
        form__in=forms.values("pk"), start__gte=span.start, end__lte=span.end
    )
    covers = {kind: cover(span, kind) for kind in WindowKind.values}
    taken = {(kind, period.code) for kind, each in covers.items() for period in each.periods}
    rows = (
        PeriodRow(*row) for row in inside.values_list("pk", "form_id", "form__window", "code", "start", "end")
    )
    periods = [row for row in rows if (row.window, row.code) in taken]
    kinds = {row.window for row in periods}
    sentences = (each.sentence() for kind, each in covers.items() if kind in kinds and each.left_out)
    return periods, tuple(dict.fromkeys(sentences))


def _counts(
    areas: Iterable[FigureArea], periods: list[PeriodRow], days: MapDays, only: Mapping[str, str | None]
) -> dict[tuple[int, str], Counts]:
    rows = [area for area in areas if area.is_on_map]
    leaves = {area.id for area in rows if area.level == Level.COMMUNE}
    asked = {name: value for name, value in only.items() if value}
    kept = Coverage.objects.filter(
        area__in={area.id for area in rows} - leaves, period__in=[each.id for each in periods],
        map_key=days.key, **asked,
    )  # fmt: skip
    sums = {f"sum_{name}": Sum(name) for name in Counts._fields}
    codes = {period.id: period.code for period in periods}
    found: dict[tuple[int, str], Counts] = defaultdict(Counts)
    for area, period, *amounts in kept.values_list("area_id", "period_id").annotate(**sums):
        found[area, codes[period]] = _added(found[area, codes[period]], Counts(*amounts))
    if leaves:
        _add_leaves(found, leaves, periods, days, asked)
    return found


def _add_leaves(
    found: dict[tuple[int, str], Counts],
    leaves: set[int],
    periods: list[PeriodRow],
    days: MapDays,
    only: Mapping[str, str],
) -> None:
    """Communes have no live rows: their own few reports are counted."""
    codes = {period.id: period.code for period in periods}
    reports = leaf_reports(periods, leaves, days, FigureState.RECEIVED)
    wanted = [
        each for each in reports if all(getattr(each.report, name) == value for name, value in only.items())
    ]
    confirmed = {
        each.report.id
        for each in leaf_reports(periods, leaves, days, FigureState.CONFIRMED)
        if each.version_id
    }
    progress = Report.objects.filter(pk__in=[each.report.id for each in wanted])
    given = {
        pk: (submitted is not None, bool(on_time))
        for pk, submitted, on_time in progress.values_list("pk", "first_submitted_at", "is_on_time")
    }
    for each in wanted:
        submitted, on_time = given[each.report.id]
        accepted = each.version_id is not None
        key = (each.area_id, codes[each.report.period_id])
        row = Counts(1, submitted, on_time, accepted, on_time and accepted, each.report.id in confirmed)
        found[key] = _added(found[key], row)


def _added(one: Counts, other: Counts) -> Counts:
    return Counts(*(int(a) + int(b) for a, b in zip(one, other, strict=True)))
