"""A coordination programme as data: who signed what, for how long, reporting by which calendar.

Which indicators a programme selects is kept above, in `indicators` (imports point down).
"""

import re
from typing import Any, Self

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import models
from django.db.models import Q

from phoihop.areas.models import Area
from phoihop.core.text import fold_vi
from phoihop.orgs.models import Organisation
from phoihop.programmes.enums import PartyRole, ProgrammeKind


def number_key(number: str) -> str:
    """One spelling of a number: without marks, case, spaces or the kinds of dash."""
    folded = fold_vi(number).replace(" ", "")
    return re.sub("[\u2010\u2011\u2013\u2014]", "-", folded)


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    def visible_to(self, user: AbstractBaseUser | AnonymousUser) -> Self:
        """What was signed was announced: a programme is open to everyone; its figures are another matter."""
        return self.all()


class Programme(models.Model):
    slug = models.SlugField(max_length=80, unique=True)
    number = models.CharField(max_length=60, blank=True)  # empty: not numbered (local demonstration)
    kind = models.CharField(max_length=10, choices=ProgrammeKind.choices)
    title_vi = models.CharField(max_length=400)
    title_en = models.CharField(max_length=400)
    area = models.ForeignKey(Area, models.PROTECT, related_name="programmes")  # the nation, or a locality's
    localises = models.ForeignKey(  # the programme above that a local version carries out
        "self", models.PROTECT, null=True, blank=True, related_name="local_versions"
    )
    predecessor = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="successors")
    signed_on = models.DateField(null=True, blank=True)
    signed_note = models.CharField(max_length=400, blank=True)
    signed_note_en = models.CharField(max_length=400, blank=True)
    term_from = models.DateField(null=True, blank=True)
    term_until = models.DateField(null=True, blank=True)  # exclusive
    term_note = models.CharField(max_length=400, blank=True)
    term_note_en = models.CharField(max_length=400, blank=True)
    outline = models.JSONField(default=dict, blank=True)  # review outline, annexes, planned reviews
    milestones = models.JSONField(
        default=list, blank=True
    )  # days of its life that others published, with sources
    number_key = models.CharField(max_length=60, blank=True, db_index=True, editable=False)

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(term_from__isnull=True)
                | Q(term_until__isnull=True)
                | Q(term_from__lt=models.F("term_until")),
                name="programmes_term_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.number or self.title_vi

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.number_key = number_key(self.number)
        super().save(*args, **kwargs)


class ProgrammeAlias(models.Model):
    """Another way the same number is written (the press writes 09 in four ways)."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="aliases")
    number = models.CharField(max_length=60)
    number_key = models.CharField(max_length=60, unique=True, editable=False)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.number_key = number_key(self.number)
        super().save(*args, **kwargs)


class Party(models.Model):
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="parties")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="programme_parties")
    role = models.CharField(max_length=10, choices=PartyRole.choices)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "organisation"], name="programmes_party_once"),
        ]


class Content(models.Model):
    """One of the contents (nội dung phối hợp) a programme is made of."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="contents")
    code = models.CharField(max_length=20)
    title_vi = models.CharField(max_length=400)
    title_en = models.CharField(max_length=400)
    owner = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "code"], name="programmes_content_once"),
        ]


class AnnualPlanItem(models.Model):
    """What a content means in one year, and who answers for it."""

    content = models.ForeignKey(Content, models.CASCADE, related_name="plan_items")
    year = models.PositiveSmallIntegerField()
    owner = models.ForeignKey(Organisation, models.PROTECT)
    text_vi = models.TextField()
    text_en = models.TextField(blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["content", "year", "owner"], name="programmes_plan_item_once"),
        ]


class ReportingCalendar(models.Model):
    """By which windows a programme reports, who reports, and how long after the cut-off."""

    programme = models.OneToOneField(Programme, models.CASCADE, related_name="calendar")
    calendar = models.CharField(max_length=10, default="ADM")  # periods.CalendarKind code
    period_kind = models.CharField(max_length=15, default="half")
    levels = models.JSONField(default=list)  # levels asked to report, lowest first
    working_days = models.JSONField(default=dict)  # level -> working days from cut-off to deadline
    accept_level = models.JSONField(default=dict)  # level -> the level that returns or accepts its reports
    note = models.CharField(max_length=400, blank=True)  # a default, or the clause it comes from
    note_en = models.CharField(max_length=400, blank=True)


class OfficeDay(models.Model):
    """A day declared worked or off by an act; it wins over the calendar of holidays the system knows."""

    day = models.DateField(unique=True)
    is_worked = models.BooleanField()
    act = models.CharField(max_length=300)

    class Meta:
        ordering = ["day"]

    def __str__(self) -> str:
        return self.day.isoformat()
