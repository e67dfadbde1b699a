"""The database as plain rows for a roll-up: the dated map, the catalogue, reports due, versions that stand."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from phoihop.areas.models import Area, AreaAncestor, AreaCode, AreaTarget, MapEpoch
from phoihop.indicators.models import IndicatorVersion, Selection
from phoihop.reports.models import LedgerEntry, Report, ReportForm, ReportingPeriod, ReportVersion
from phoihop.rollup.compute_places import END_DAY, FIRST_DAY, Above, Target
from phoihop.rollup.compute_rules import Catalogue, CatalogueRow, PeriodRow, ReportRow, climbs
from phoihop.rollup.enums import FigureState
from phoihop.rollup.facts import Rule

OFFICIAL = "gso"  # the scheme of the official codes
Versions = Mapping[int, int]  # report -> the version whose values stand


class AreaRow(NamedTuple):
    id: int
    key: str
    level: str
    first_day: int
    end_day: int


def area_rows() -> dict[int, AreaRow]:
    rows = Area.objects.values_list("pk", "key", "level", "valid_from", "valid_until")
    return {pk: AreaRow(pk, key, level, *_days(start, end)) for pk, key, level, start, end in rows}


def above_rows() -> list[Above]:
    rows = AreaAncestor.objects.order_by("area_id", "depth", "pk")
    columns = rows.values_list("area_id", "ancestor_id", "valid_from", "valid_until")
    return [above_row(*row) for row in columns]


def above_row(area_id: int, ancestor_id: int, valid_from: date | None, valid_until: date | None) -> Above:
    return Above(area_id, ancestor_id, *_days(valid_from, valid_until))


def target_rows(map_key: str) -> list[Target]:
    rows = AreaTarget.objects.filter(epoch__key=map_key).order_by("area_id")
    return [Target(*row) for row in rows.values_list("area_id", "target_id", "is_whole")]


def map_day(map_key: str) -> int:
    return MapEpoch.objects.get(key=map_key).last_day.toordinal()


@dataclass(frozen=True)
class AreaCodes:
    """The official codes of every area, by the days they were in use."""

    rows: Mapping[int, list[tuple[int, int, str]]]

    @classmethod
    def load(cls) -> "AreaCodes":
        found: dict[int, list[tuple[int, int, str]]] = defaultdict(list)
        rows = AreaCode.objects.filter(scheme=OFFICIAL).order_by("pk")
        for area_id, code, start, end in rows.values_list("area_id", "code", "valid_from", "valid_until"):
            found[area_id].append((*_days(start, end), code))
        return cls(found)

    def on(self, area_id: int, day: date) -> str:
        """The code in use that day; where none was, the one nearest in time; empty without any."""
        rows = self.rows.get(area_id, ())
        ordinal = day.toordinal()
        return min(rows, key=lambda row: (_distance(row, ordinal), row), default=(0, 0, ""))[2]


def _distance(row: tuple[int, int, str], day: int) -> int:
    return max(row[0] - day, day - row[1] + 1, 0)


def catalogue_rows(forms: Iterable[ReportForm] | None = None) -> Catalogue:
    selections = Selection.objects.filter(
        programme__forms__in=ReportForm.objects.all() if forms is None else forms
    )
    selected: dict[int, set[int]] = defaultdict(set)
    for form_id, indicator_id in selections.values_list("programme__forms", "indicator"):
        selected[form_id].add(indicator_id)
    versions = IndicatorVersion.objects.select_related("indicator").order_by("pk")
    return Catalogue(tuple(catalogue_row(version) for version in versions), selected)


def catalogue_row(version: IndicatorVersion) -> CatalogueRow:
    return CatalogueRow(
        version.pk,
        version.indicator.code,
        Rule(
            version.indicator_id,
            version.kind,
            frozenset(version.levels),
            version.counting_party,
            version.asked_of,
            climbs(version.over_units),
        ),
        version.window,
        version.over_time,
        version.numerator_id,
        version.denominator_id,
        version.factor,
        version.decimals,
        version.valid_from,
        version.valid_until,
    )


def period_rows(periods: Iterable[ReportingPeriod]) -> dict[int, PeriodRow]:
    return {
        each.pk: PeriodRow(each.pk, each.form_id, each.form.window, each.code, each.start, each.end)
        for each in periods
    }


def report_rows(periods: Collection[int], among: Collection[int] | None = None) -> list[ReportRow]:
    """Reports on the list of those due."""
    rows = Report.objects.expected().filter(period__in=periods).order_by("pk")
    if among is not None:
        rows = rows.filter(pk__in=among)
    return [
        ReportRow(*row[:8], is_submitted=row[8] is not None, is_on_time=bool(row[9]))
        for row in rows.values_list(
            "pk", "period_id", "area_id", "level", "party", "covers_until", "organisation_id", "superior_id",
            "first_submitted_at", "is_on_time",
        ).iterator(chunk_size=10_000)
    ]  # fmt: skip


def accepted_versions(periods: Collection[int], upto: int) -> dict[int, int]:
    """What the ledger says of each report up to a number: its last entry; one that left the list is not there."""
    entries = LedgerEntry.objects.filter(report__period__in=periods, seq__lte=upto).order_by("seq")
    last = dict(entries.values_list("report_id", "version_id").iterator(chunk_size=10_000))
    return {report: version for report, version in last.items() if version is not None}


def confirmed_versions(
    reports: Iterable[ReportRow], accepted: Versions, periods: Collection[int], upto: int
) -> dict[int, int]:
    """Accepted versions of the highest reporting level, and what a confirmed version of the superior pins.

    The highest reporting level of a line is where the superior itself owes no report in the window.
    """
    return confirmed_among(list(reports), accepted, _pins(periods, upto))


def confirmed_among(
    reports: Collection[ReportRow], accepted: Versions, pins: Mapping[int, list[tuple[int, int]]]
) -> dict[int, int]:
    """pins: version -> the (report, version) it stands on, of those that were accepted."""
    reporting = {(report.period_id, report.organisation_id) for report in reports}
    confirmed = {
        report.id: accepted[report.id]
        for report in reports
        if report.id in accepted and (report.period_id, report.superior_id) not in reporting
    }
    listed = {report.id for report in reports}
    waiting = list(confirmed.values())
    while waiting:
        pinned = [pin for version in waiting for pin in pins.get(version, ())]
        waiting = []
        for report, version in pinned:
            if report in listed and report in accepted and confirmed.get(report, 0) < version:
                confirmed[report] = version
                waiting.append(version)
    return confirmed


def standing_versions(
    state: str, reports: Iterable[ReportRow], accepted: Versions, periods: Collection[int], upto: int
) -> Versions:
    if state == FigureState.RECEIVED:
        return accepted
    return confirmed_versions(reports, accepted, periods, upto)


def _pins(periods: Collection[int], upto: int) -> dict[int, list[tuple[int, int]]]:
    """Version -> the (report, version) it stands on, of those that were accepted."""
    entered = LedgerEntry.objects.filter(seq__lte=upto, version__isnull=False).values("version")
    rows = ReportVersion.pins.through.objects.filter(
        from_reportversion__report__period__in=periods, to_reportversion__in=entered
    )
    pins: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for above, report, version in rows.order_by("pk").values_list(
        "from_reportversion_id", "to_reportversion__report_id", "to_reportversion_id"
    ):
        pins[above].append((report, version))
    return pins


def _days(start: date | None, end: date | None) -> tuple[int, int]:
    return (start.toordinal() if start else FIRST_DAY, end.toordinal() if end else END_DAY)
