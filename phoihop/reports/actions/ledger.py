"""The outbox of acceptances: numbers without gaps, in commit order."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q

from phoihop.reports.enums import ReportState
from phoihop.reports.models import LedgerCounter, LedgerEntry, Report, ReportVersion

from .locking import chunks

_BATCH = 2_000


def write_entries(rows: Sequence[tuple[Report, int | None]], at: datetime) -> None:
    """(report, version id) in order; the id is None where the report's figures leave the totals.

    The counter's row stays locked until the caller's transaction ends: lock it last, after every report.
    """
    if not rows:
        return
    LedgerCounter.objects.get_or_create(pk=1)
    counter = LedgerCounter.objects.select_for_update().get(pk=1)
    LedgerEntry.objects.bulk_create(
        [
            LedgerEntry(seq=seq, report=report, version_id=version_id, at=at)
            for seq, (report, version_id) in enumerate(rows, start=counter.last + 1)
        ],
        batch_size=_BATCH,
    )
    counter.last += len(rows)
    counter.save(update_fields=["last"])


def mark_steps_above(versions: Collection[int]) -> None:
    """Reports whose accepted version stands on any of these versions: in step, or not any more."""
    for some in chunks(sorted(versions)):
        above = Report.objects.filter(accepted_version__pins__in=some).values_list("pk", flat=True)
        mark_steps(set(above))


def mark_steps(reports: Collection[int]) -> None:
    """Out of step = standing on a version that is no longer the accepted one of a report still expected."""
    pins = ReportVersion.pins.through.objects.filter(from_reportversion=OuterRef("accepted_version"))
    pinned = "to_reportversion__report__"
    stale = pins.filter(
        ~Q(**{f"{pinned}accepted_version": F("to_reportversion")})
        | Q(**{f"{pinned}state": ReportState.WITHDRAWN})
    )
    for some in chunks(sorted(reports)):
        Report.objects.filter(pk__in=some).update(is_out_of_step=Exists(stale))
