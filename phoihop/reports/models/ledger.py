"""What was accepted, in the order of its acceptance."""

from django.db import models

from phoihop.reports.models.report import Report
from phoihop.reports.models.versions import ReportVersion


class LedgerCounter(models.Model):
    """One row, locked by every acceptance: ledger numbers are without gaps and in commit order."""

    last = models.PositiveBigIntegerField(default=0)


class LedgerEntry(models.Model):
    """The outbox of accepted reports, written in the acceptance's own transaction; `rollup` applies it.

    version null: the report is no longer expected and its figures leave the totals.
    """

    seq = models.PositiveBigIntegerField(primary_key=True)
    report = models.ForeignKey(Report, models.PROTECT, related_name="ledger_entries")
    version = models.ForeignKey(
        ReportVersion, models.PROTECT, null=True, blank=True, related_name="ledger_entries"
    )
    at = models.DateTimeField()
