"""Figures already given: the version in force of a report, and of the windows before it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import CharField, QuerySet

from phoihop.core.prepared import Prepared, Slot, key_slot
from phoihop.periods import PeriodError, parse_period
from phoihop.reports.models import Report, ReportingPeriod, ReportVersion

_NAMED_AT_MOST = 500  # more organisations than this are cheaper to read all than to name

_given_by_one: Prepared[ReportVersion] = Prepared(
    lambda: (
        ReportVersion.objects.in_force()
        .filter(report__period__form=key_slot("form"), report__organisation=key_slot("organisation"))
        .filter(report__period__code__in=[Slot("first", CharField()), Slot("second", CharField())])
        .select_related("report__period")
    )
)


@dataclass(frozen=True)
class Given:
    """The cells of one report in force."""

    cells: Mapping[str, str] = field(default_factory=dict)
    consolidated: frozenset[str] = frozenset()
    is_whole_window: bool = True


def latest_values(reports: Iterable[Report]) -> dict[int, Given]:
    """Report id -> what it says now: accepted, else submitted. Reports that say nothing are left out."""
    ids = [report.pk for report in reports]
    versions = ReportVersion.objects.in_force().filter(report__in=ids)
    return {version.report_id: given(version) for version in versions.select_related("report__period")}


def handed_in_last(period: ReportingPeriod, reports: Iterable[Report]) -> dict[int, Given]:
    """Report id -> the figures it was last handed in with, whatever was decided since; a draft is not handed in."""
    ids = {report.pk for report in reports if report.first_submitted_at is not None}
    if not ids:
        return {}
    versions = ReportVersion.objects.filter(report__period=period, submitted_at__isnull=False)
    named = versions.filter(report__in=ids) if len(ids) <= _NAMED_AT_MOST else versions
    rows = named.select_related("report__period").order_by("number")
    return {version.report_id: given(version) for version in rows}


def previous_values(report: Report) -> Given | None:
    """What the same organisation gave for the window before."""
    return _before(report, "previous")


def values_a_year_before(report: Report) -> Given | None:
    """What the same organisation gave for the same window of the year before."""
    return _before(report, "same_period_last_year")


def previous_value(report: Report, code: str) -> str | None:
    """Missing: None where the window before has no report or no such cell."""
    given = previous_values(report)
    return given.cells.get(code) if given else None


def earlier_code(period: ReportingPeriod, which: str) -> str | None:
    """The code of `previous` or `same_period_last_year`; None before the first year known."""
    try:
        return str(getattr(parse_period(period.code), which)().code)
    except PeriodError:
        return None


def given_in(
    period: ReportingPeriod, codes: Collection[str], organisations: Collection[int]
) -> QuerySet[ReportVersion]:
    """Versions in force of the same form in windows of those codes."""
    versions = ReportVersion.objects.in_force().filter(
        report__period__form=period.form_id, report__period__code__in=codes
    )
    return of_organisations(versions, organisations).select_related("report__period")


def given_by_one(period: ReportingPeriod, codes: Sequence[str], organisation: int) -> list[ReportVersion]:
    """The same of one organisation, in one or two windows; none where no code is named."""
    if not codes:
        return []
    return _given_by_one(form=period.form_id, organisation=organisation, first=codes[0], second=codes[-1])


def of_organisations(
    versions: QuerySet[ReportVersion], organisations: Collection[int]
) -> QuerySet[ReportVersion]:
    """At least those organisations' versions."""
    if len(organisations) > _NAMED_AT_MOST:
        return versions
    return versions.filter(report__organisation__in=organisations)


def given(version: ReportVersion) -> Given:
    report = version.report
    return Given(
        version.cells,
        frozenset(version.consolidated),
        report.covers_from == report.period.start and report.covers_until == report.period.end,
    )


def _before(report: Report, which: str) -> Given | None:
    code = earlier_code(report.period, which)
    versions = given_by_one(report.period, [code] if code else [], report.organisation_id)
    return next((given(version) for version in versions), None)
