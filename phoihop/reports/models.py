"""Who owes which report for which days, and every version of what was reported."""

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from phoihop.areas.enums import Level
from phoihop.areas.models import Area
from phoihop.core.models import Dated, DatedQuerySet
from phoihop.indicators.enums import WindowKind
from phoihop.orgs.enums import PartyKind
from phoihop.orgs.models import Organisation
from phoihop.programmes.models import Programme
from phoihop.reports.enums import Origin, ReportState, VersionState
from phoihop.reports.standing import AnyUser, standing_of

User = settings.AUTH_USER_MODEL


class ReportForm(models.Model):
    """One set of cells reported together by one kind of window; it serves every programme that selects them."""

    code = models.SlugField(max_length=40, unique=True)
    title_vi = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200)
    window = models.CharField(max_length=20, choices=WindowKind.choices)
    programmes = models.ManyToManyField(Programme, related_name="forms")
    working_days = models.JSONField(
        default=dict
    )  # level -> working days to the deadline, where other than the programmes say


class AskedScope(Dated):
    """A form asks every organisation of a party at a level under an area, while the row is valid."""

    form = models.ForeignKey(ReportForm, models.CASCADE, related_name="scopes")
    level = models.CharField(max_length=10, choices=Level.choices)
    root = models.ForeignKey(Area, models.PROTECT, related_name="+")
    party = models.CharField(max_length=20, choices=PartyKind.choices)

    objects = DatedQuerySet.as_manager()


class Exemption(Dated):
    """A unit that owes nothing, with the reason (a special zone without residents)."""

    form = models.ForeignKey(ReportForm, models.CASCADE, related_name="exemptions")
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)

    objects = DatedQuerySet.as_manager()


class ReportingPeriod(models.Model):
    """A window of a form, opened on its first day; deadlines are computed once, here, and stored."""

    form = models.ForeignKey(ReportForm, models.PROTECT, related_name="periods")
    code = models.CharField(max_length=20)  # periods.Period.code, e.g. ADM-2026-H2
    start = models.DateField()
    end = models.DateField()  # exclusive: the day after the cut-off
    deadlines = models.JSONField(default=dict)  # level -> ISO day
    opened_at = models.DateTimeField()
    list_frozen_at = models.DateTimeField(
        null=True, blank=True
    )  # the list of expected reports, at the cut-off
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["start"]
        constraints = [
            models.UniqueConstraint(fields=["form", "code"], name="reports_period_once"),
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="reports_period_in_order"),
        ]

    def __str__(self) -> str:
        return self.code


class ReportQuerySet(models.QuerySet["Report"]):
    def visible_to(self, user: AnyUser) -> Self:
        """The twin of `permissions.can_view_report`."""
        return self.filter(standing_of(user).visible_reports())

    def expected(self) -> Self:
        """Still on the list of reports due."""
        return self.exclude(state=ReportState.WITHDRAWN)

    def outstanding(self) -> Self:
        """Waiting for the unit: never submitted, or returned with nothing accepted."""
        waiting = [ReportState.EXPECTED, ReportState.DRAFT, ReportState.RETURNED]
        return self.filter(state__in=waiting, accepted_version__isnull=True)

    def overdue(self, day: date) -> Self:
        return self.outstanding().filter(deadline__lt=day)


class Report(models.Model):
    """One report an organisation owes for the days of a window it was in force."""

    period = models.ForeignKey(ReportingPeriod, models.PROTECT, related_name="reports")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="reports")
    area = models.ForeignKey(Area, models.PROTECT, related_name="reports")
    level = models.CharField(max_length=10, choices=Level.choices)
    party = models.CharField(max_length=20, choices=PartyKind.choices)
    covers_from = models.DateField()
    covers_until = models.DateField()  # exclusive
    deadline = models.DateField()
    superior = models.ForeignKey(  # who accepts it; null: the organisation's own central desk
        Organisation, models.PROTECT, null=True, blank=True, related_name="inbox"
    )
    entered_by = models.ForeignKey(  # the heir that enters a closing report for an abolished organisation
        Organisation, models.PROTECT, null=True, blank=True, related_name="closing_reports"
    )
    has_children_asked = models.BooleanField(default=False)  # units below report too: own + children
    state = models.CharField(max_length=10, choices=ReportState.choices, default=ReportState.EXPECTED)
    first_submitted_at = models.DateTimeField(null=True, blank=True)
    is_on_time = models.BooleanField(null=True, blank=True)  # of the first submission; late stays late
    is_out_of_step = models.BooleanField(default=False)  # a version it stands on was corrected since
    latest_version = models.ForeignKey(
        "ReportVersion", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    accepted_version = models.ForeignKey(
        "ReportVersion", models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = ReportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["period", "organisation", "covers_from"], name="reports_one_a_period"
            ),
            models.CheckConstraint(
                condition=Q(covers_from__lt=F("covers_until")), name="reports_covers_in_order"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["accepted", "locked"]) | Q(accepted_version__isnull=False),
                name="reports_accepted_has_version",
            ),
            models.CheckConstraint(
                condition=Q(first_submitted_at__isnull=True, is_on_time__isnull=True)
                | Q(first_submitted_at__isnull=False, is_on_time__isnull=False),
                name="reports_timeliness_has_instant",
            ),
        ]
        indexes = [models.Index(fields=["superior", "state"]), models.Index(fields=["area", "period"])]

    @property
    def is_closing(self) -> bool:
        """Whether its organisation was abolished inside the window."""
        return self.covers_until < self.period.end


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


class FileLoad(models.Model):
    """A file that was loaded; the same bytes loaded again change nothing."""

    sha256 = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=255)
    loaded_at = models.DateTimeField()
    loaded_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True)
    rows_read = models.PositiveIntegerField(default=0)
    versions_made = models.PositiveIntegerField(default=0)
    problems = models.JSONField(default=list)


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
