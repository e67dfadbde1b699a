"""How a deadline moved: never in silence, never backwards in effect."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from phoihop.reports.models.forms import ReportingPeriod
from phoihop.reports.models.report import Report


class DeadlineChange(models.Model):
    """For a level of a window, or for one report; the day before, the day after, and why.

    After the deadline only `Report.open_until` moves: what then comes in is taken, and stays late.
    """

    period = models.ForeignKey(ReportingPeriod, models.CASCADE, related_name="deadline_changes")
    report = models.ForeignKey(Report, models.CASCADE, null=True, blank=True, related_name="deadline_changes")
    level = models.CharField(max_length=10, blank=True)
    old = models.DateField()
    new = models.DateField()
    is_exception = models.BooleanField(default=False)  # granted after the deadline: the report stays late
    reason = models.CharField(max_length=500)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="reports_deadline_has_reason"),
            models.CheckConstraint(
                condition=Q(report__isnull=False) | ~Q(level=""), name="reports_deadline_of_level_or_report"
            ),
        ]


class ClosingChange(models.Model):
    """A window was closed, or opened again, and why."""

    period = models.ForeignKey(ReportingPeriod, models.CASCADE, related_name="closing_changes")
    is_closing = models.BooleanField()
    reason = models.CharField(max_length=500)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-pk"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="reports_closing_has_reason")]
