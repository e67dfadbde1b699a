"""The accepted versions below that a superior's version consolidates and confirms."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from phoihop.core.prepared import Prepared, key_slot
from phoihop.reports.models import Report, ReportVersion

from .locking import CHUNK, chunks

_below_one: Prepared[int] = Prepared(
    lambda: (
        Report.objects.expected()
        .filter(period=key_slot("period"), superior=key_slot("superior"), accepted_version__isnull=False)
        .values_list("accepted_version_id", flat=True)
    )
)


def pins_for(reports: Sequence[Report]) -> dict[int, list[int]]:
    """Report id -> accepted versions of the reports its organisation accepts, in the same period, as of now."""
    if len(reports) == 1:
        [report] = reports
        return {report.pk: sorted(_below_one(period=report.period_id, superior=report.organisation_id))}
    below: dict[tuple[int, int], list[int]] = defaultdict(list)
    periods = {report.period_id for report in reports}
    rows = Report.objects.expected().filter(period__in=periods, accepted_version__isnull=False)
    superiors = {report.organisation_id for report in reports}
    rows = rows.filter(superior__in=superiors) if len(superiors) <= CHUNK else rows.exclude(superior=None)
    for period, superior, version in rows.values_list("period_id", "superior_id", "accepted_version_id"):
        below[period, superior].append(version)
    return {
        report.pk: sorted(below.get((report.period_id, report.organisation_id), ())) for report in reports
    }


def pins_of(versions: Iterable[int | None]) -> dict[int | None, set[int]]:
    found: dict[int | None, set[int]] = defaultdict(set)
    for some in chunks([version for version in versions if version is not None]):
        links = ReportVersion.pins.through.objects.filter(from_reportversion__in=some)
        for above, below in links.values_list("from_reportversion_id", "to_reportversion_id"):
            found[above].add(below)
    return found


def write_pins(pins: Collection[tuple[ReportVersion, Sequence[int]]]) -> None:
    link = ReportVersion.pins.through
    link.objects.bulk_create(
        [
            link(from_reportversion_id=version.pk, to_reportversion_id=below)
            for version, pinned in pins
            for below in pinned
        ],
        batch_size=2_000,
    )
