"""What is asked of whom, and the windows it is asked for."""

from django.db import models
from django.db.models import F, Q

from phoihop.areas.enums import Level
from phoihop.areas.models import Area
from phoihop.core.models import Dated, DatedQuerySet
from phoihop.indicators.enums import WindowKind
from phoihop.orgs.enums import PartyKind
from phoihop.programmes.models import Programme


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


class FormMark(models.Model):
    """One row, whose value is another whenever anything changes that decides which cells forms have.

    Triggers write it (migration 0006), whoever changed what and however: a process that keeps cells in memory
    asks for this value first. Drawn at random, so that what was rolled back never stands for anything else.
    """

    value = models.CharField(max_length=32)


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
        ordering = ["start", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["form", "code"], name="reports_period_once"),
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="reports_period_in_order"),
        ]

    def __str__(self) -> str:
        return self.code
