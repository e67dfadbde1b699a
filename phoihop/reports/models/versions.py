"""Every version of what was reported."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from phoihop.reports.enums import Origin, ReportState, VersionState
from phoihop.reports.models.report import Report

User = settings.AUTH_USER_MODEL


class ReportVersionQuerySet(models.QuerySet["ReportVersion"]):
    def in_force(self) -> Self:
        """One a report: the accepted version; where none was ever accepted, the one now submitted."""
        first = Q(report__accepted_version__isnull=True, state=VersionState.SUBMITTED)
        first &= Q(report__latest_version=F("pk"))
        return self.filter(Q(report__accepted_version=F("pk")) | first).exclude(
            report__state=ReportState.WITHDRAWN
        )


class ReportVersion(models.Model):
    """What was reported, once. Read-only after submission: a correction is the next version.

    cells: {indicator code: decimal text | "na"}; absent = not reported, "0" = a reported zero,
    "na" = not applicable. `consolidated` lists the codes whose value stands for all descendants.
    """

    report = models.ForeignKey(Report, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    covers_from = models.DateField(null=True, blank=True)  # the report's days when this was submitted:
    covers_until = models.DateField(null=True, blank=True)  # a reorganisation may shorten the report later
    state = models.CharField(max_length=10, choices=VersionState.choices, default=VersionState.DRAFT)
    cells = models.JSONField(default=dict)
    consolidated = models.JSONField(default=list)
    notes = models.JSONField(default=dict)  # code -> explanation that travels with the figure
    prefilled = models.JSONField(
        default=dict
    )  # code -> confirmed; filled in from what was known, not typed over
    narrative = models.JSONField(default=dict)  # results, shortcomings, causes, proposals
    reason = models.CharField(max_length=500, blank=True)  # why a correction
    origin = models.CharField(max_length=10, choices=Origin.choices, default=Origin.FORM)
    is_simulated = models.BooleanField(default=False)
    content_hash = models.CharField(max_length=64)  # of the canonical row; see content.py
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)  # accepted or returned
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    return_reason = models.CharField(max_length=500, blank=True)
    pins = models.ManyToManyField(  # the versions below that this one consolidates and confirms
        "self", symmetrical=False, related_name="pinned_by", blank=True
    )

    objects = ReportVersionQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="reports_version_once"),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(submitted_at__isnull=False),
                name="reports_submitted_has_instant",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["accepted", "returned"]) | Q(decided_at__isnull=False),
                name="reports_decided_has_instant",
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | ~Q(return_reason=""), name="reports_return_has_reason"
            ),
        ]


class Waiver(models.Model):
    """An explanation given for a warning; it travels with the figure."""

    version = models.ForeignKey(ReportVersion, models.CASCADE, related_name="waivers")
    check_code = models.CharField(max_length=60)
    indicator_code = models.CharField(max_length=10, blank=True)
    explanation = models.TextField()
