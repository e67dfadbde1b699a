"""Which versions of a few reports are confirmed, found upwards from them (docs/figures.md, "Whose word")."""

from collections.abc import Collection, Iterable, Mapping

from phoihop.reports.models import Report, ReportVersion
from phoihop.rollup.compute_rows import accepted_versions, report_rows, standing_versions
from phoihop.rollup.compute_rules import PeriodRow, ReportRow

Version = tuple[int, Mapping[str, str], Collection[str]]  # id, cells, consolidated

_COLUMNS = ("pk", "period_id", "area_id", "level", "party", "covers_until", "organisation_id", "superior_id")


def confirmed_of(reports: Iterable[ReportRow]) -> dict[int, Version]:
    """By report. The same as `compute_rows.confirmed_versions` gives for the whole window."""
    ids = _confirmed_ids(list(reports))
    rows = ReportVersion.objects.filter(pk__in=ids.values()).values_list("pk", "cells", "consolidated")
    versions = {row[0]: row for row in rows}
    return {report: versions[version] for report, version in ids.items()}


def standing_at(periods: Iterable[PeriodRow], state: str, upto: int) -> Mapping[int, int]:
    """Report -> version of every report of these windows, as it stood at a ledger number."""
    ids = [period.id for period in periods]
    accepted = accepted_versions(ids, upto)
    return standing_versions(state, report_rows(ids), accepted, ids, upto)


def _confirmed_ids(reports: list[ReportRow]) -> dict[int, int]:
    accepted = _accepted(reports)
    above = _superiors(reports)
    reporting = {(report.period_id, report.organisation_id) for report in above}
    found = {
        report.id: accepted[report.id]
        for report in reports
        if report.id in accepted and (report.period_id, report.superior_id) not in reporting
    }
    if not above:
        return found
    pinned = ReportVersion.pins.through.objects.filter(
        from_reportversion__in=_confirmed_ids(above).values(),
        to_reportversion__report__in=accepted,
    )
    for report, version in pinned.values_list("to_reportversion__report_id", "to_reportversion_id"):
        found[report] = max(version, found.get(report, 0))
    return found


def _accepted(reports: Iterable[ReportRow]) -> dict[int, int]:
    rows = Report.objects.expected().filter(pk__in=[report.id for report in reports])
    rows = rows.filter(accepted_version__isnull=False)
    return dict(rows.values_list("pk", "accepted_version_id"))


def _superiors(reports: Iterable[ReportRow]) -> list[ReportRow]:
    """The reports the superiors owe in the same windows."""
    wanted = {(each.period_id, each.superior_id) for each in reports if each.superior_id}
    rows = Report.objects.expected().filter(
        period__in={period for period, _ in wanted}, organisation__in={superior for _, superior in wanted}
    )
    found = (ReportRow(*row) for row in rows.values_list(*_COLUMNS))
    return [row for row in found if (row.period_id, row.organisation_id) in wanted]
