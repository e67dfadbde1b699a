"""Who owes which report for which days."""

from datetime import date, timedelta
from typing import Self

from django.db import models
from django.db.models import F, Q

from phoihop.areas.enums import Level
from phoihop.areas.models import Area
from phoihop.orgs.enums import PartyKind
from phoihop.orgs.models import Organisation
from phoihop.reports.enums import ReportState
from phoihop.reports.models.forms import ReportingPeriod
from phoihop.reports.standing import AnyUser, standing_of


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
    open_until = models.DateField(
        null=True, blank=True
    )  # an exception granted after the deadline or the closing
    superior = models.ForeignKey(  # who accepts it; null: the organisation's own central desk
        Organisation, models.PROTECT, null=True, blank=True, related_name="inbox"
    )
    entered_by = models.ForeignKey(  # the heir that enters a closing report for an abolished organisation
        Organisation, models.PROTECT, null=True, blank=True, related_name="closing_reports"
    )
    heir_chosen_at = models.DateTimeField(null=True, blank=True)  # a superior said who that heir is
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
        indexes = [
            models.Index(fields=["superior", "state"]),
            models.Index(fields=["area", "period"]),
            models.Index(  # few: a home page asks for them
                fields=["period"], condition=Q(is_out_of_step=True), name="reports_out_of_step"
            ),
        ]

    @property
    def is_closing(self) -> bool:
        """Whether its organisation was abolished inside the window."""
        return self.covers_until < self.period.end

    @property
    def cut_off(self) -> date:
        """The last day its figures are of."""
        return self.covers_until - timedelta(days=1)
