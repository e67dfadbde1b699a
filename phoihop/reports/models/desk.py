"""What a desk keeps beside the reports: its texts for returning, and when it reminded whom."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from phoihop.orgs.models import Organisation
from phoihop.reports.models.report import Report

User = settings.AUTH_USER_MODEL


class ReturnText(models.Model):
    """A reason for returning that an organisation's desk uses again."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="return_texts")
    text = models.CharField(max_length=500)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "text"], name="reports_return_text_once"),
            models.CheckConstraint(condition=~Q(text=""), name="reports_return_text_says_something"),
        ]


class Reminder(models.Model):
    """The superior asked for an outstanding report on a day: once a day at most."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="reminders")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")  # that reminds
    on = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    mailed_at = models.DateTimeField(null=True, blank=True)  # null: shown in the system only

    class Meta:
        ordering = ["-on", "-pk"]
        constraints = [models.UniqueConstraint(fields=["report", "on"], name="reports_reminded_once_a_day")]
