"""Which versions are confirmed, or no longer are, after the top of a line was accepted: read from that line alone."""

from collections import defaultdict
from collections.abc import Collection, Iterable

from phoihop.reports.models import LedgerEntry, Report, ReportVersion
from phoihop.rollup.compute_rows import confirmed_among, report_rows
from phoihop.rollup.compute_rules import ReportRow

Confirmed = dict[int, int]  # report -> version
Entry = tuple[int, int, int | None]  # number, report, version

_Pin = ReportVersion.pins.through


def confirmed_of_lines(
    tops: Collection[ReportRow], after: int, upto: int
) -> tuple[list[ReportRow], Confirmed, Confirmed]:
    """The reports of the lines under these tops, all of one window, with what was and what is confirmed of them."""
    reports = _lines(tops, after, upto)
    entries = LedgerEntry.objects.filter(report__in=[each.id for each in reports], seq__lte=upto)
    rows = list(entries.order_by("seq").values_list("seq", "report_id", "version_id"))
    versions = {version for _, _, version in rows if version is not None}
    links = _Pin.objects.filter(from_reportversion__in=versions).order_by("pk")
    pinned = list(links.values_list("from_reportversion_id", "to_reportversion_id"))
    return reports, _confirmed(reports, rows, pinned, after), _confirmed(reports, rows, pinned, upto)


def tops_among(changed: Iterable[ReportRow]) -> dict[int, list[ReportRow]]:
    """By window, the changed reports at the top of their line: the superior owes none there."""
    reports, found = list(changed), defaultdict(list)
    superiors = Report.objects.expected().filter(
        period__in={report.period_id for report in reports},
        organisation__in={report.superior_id for report in reports if report.superior_id},
    )
    reporting = set(superiors.values_list("period_id", "organisation_id"))
    for report in reports:
        if (report.period_id, report.superior_id) not in reporting:
            found[report.period_id].append(report)
    return found


def _lines(tops: Collection[ReportRow], after: int, upto: int) -> list[ReportRow]:
    """The window's whole list where the lines are not closed: others pin their reports, or stand above them."""
    period, ids = next(iter(tops)).period_id, {top.id for top in tops}
    standing = LedgerEntry.objects.filter(report__in=ids, seq__lte=upto, version__isnull=False)
    last = list(standing.order_by("seq").values_list("seq", "report_id", "version_id"))
    below = _reached({version for number in (after, upto) for version in _last(last, number)})
    reports = report_rows([period], among=ids | below)
    if _is_closed(reports, ids, below):
        return reports
    return report_rows([period])


def _last(entries: Iterable[tuple[int, int, int]], upto: int) -> Iterable[int]:
    return {report: version for seq, report, version in entries if seq <= upto}.values()


def _reached(versions: Collection[int]) -> set[int]:
    """Reports whose versions these pin, and those pin in turn."""
    reports: set[int] = set()
    seen, waiting = set(versions), set(versions)
    while waiting:
        rows = _Pin.objects.filter(from_reportversion__in=waiting)
        pinned = list(rows.values_list("to_reportversion_id", "to_reportversion__report_id"))
        reports |= {report for _, report in pinned}
        waiting = {version for version, _ in pinned} - seen
        seen |= waiting
    return reports


def _is_closed(reports: Collection[ReportRow], tops: Collection[int], below: Collection[int]) -> bool:
    organisations = {each.organisation_id for each in reports}
    if any(each.superior_id not in organisations for each in reports if each.id not in tops):
        return False
    inside = {each.id for each in reports}
    others = _Pin.objects.filter(to_reportversion__report__in=below)
    return not others.exclude(from_reportversion__report__in=inside).exists()


def _confirmed(
    reports: Collection[ReportRow], entries: Iterable[Entry], pinned: Iterable[tuple[int, int]], upto: int
) -> Confirmed:
    entered = [(report, version) for seq, report, version in entries if seq <= upto]
    accepted = {report: version for report, version in dict(entered).items() if version is not None}
    report_of = {version: report for report, version in entered}
    pins: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for above, below in pinned:
        if below in report_of:
            pins[above].append((report_of[below], below))
    return confirmed_among(reports, accepted, pins)
