"""What a conference or a superior concluded: paragraphs, from which assignments are given."""

from collections.abc import Collection
from datetime import date
from typing import Self

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from phoihop.areas.models import Area
from phoihop.areas.queries.served import areas_served
from phoihop.assignments.enums import Audience, ConclusionKind, ConclusionStage
from phoihop.core import clock
from phoihop.orgs.models import Membership, Organisation
from phoihop.orgs.queries import left_to
from phoihop.programmes.models import Programme

User = settings.AUTH_USER_MODEL
AnyUser = AbstractBaseUser | AnonymousUser


class ConclusionQuerySet(models.QuerySet["Conclusion"]):
    def visible_to(self, user: AnyUser) -> Self:
        """A draft by its issuers only; issued ones by their audience, and always by whom they concern."""
        held = Membership.objects.held_by(user, clock.today())
        if held.seeing_everything().exists():
            return self.all()
        own = list(held.values_list("organisation", flat=True))
        ours = {*own, *inherited(own)}
        joined = CoIssuer.objects.filter(organisation__in=ours).values("conclusion")
        issued_by_own = Q(lead_issuer__in=ours) | Q(pk__in=joined)
        signed_in = user.is_authenticated and user.is_active
        audiences = [Audience.PUBLIC.value, *([Audience.SIGNED_IN.value] if signed_in else [])]
        concerned = Q(audience__in=audiences)
        if own:
            from phoihop.assignments.models.assignment import Assignment

            served = areas_served(held.values_list("organisation__area", flat=True), clock.today())
            given = Assignment.objects.filter(
                Q(lead__in=ours) | Q(co_organisations__in=ours) | Q(lead__area__in=served)
            )
            concerned |= Q(area__in=served) | Q(pk__in=given.values("paragraph__conclusion"))
        return self.filter(issued_by_own | (Q(stage=ConclusionStage.ISSUED) & concerned))

    def issued(self) -> Self:
        return self.filter(stage=ConclusionStage.ISSUED)


def inherited(own: Collection[int]) -> set[int]:
    """What ended and left its duties to one of these, in turn: they read what it gave, issued or received."""
    return left_to(own, clock.today())


class Conclusion(models.Model):
    slug = models.SlugField(max_length=80, unique=True)
    kind = models.CharField(max_length=20, choices=ConclusionKind.choices)
    title_vi = models.CharField(max_length=400)
    title_en = models.CharField(max_length=400, blank=True)
    origin = models.CharField(
        max_length=120, blank=True, db_index=True
    )  # "conference:<slug>", "review:<slug>"
    origin_path = models.CharField(max_length=300, blank=True)  # where that is read in this system
    programmes = models.ManyToManyField(Programme, related_name="conclusions")
    area = models.ForeignKey(Area, models.PROTECT, related_name="conclusions")
    lead_issuer = models.ForeignKey(Organisation, models.PROTECT, related_name="conclusions_led")
    co_issuers = models.ManyToManyField(Organisation, through="CoIssuer", related_name="conclusions_joined")
    concluded_on = models.DateField()
    number = models.CharField(max_length=60, blank=True)  # as its register gave it; empty: not numbered yet
    # Of the issue: numbers run from 01 each year. Empty: not numbered, or twice the same before that was refused.
    number_year = models.PositiveSmallIntegerField(null=True, blank=True)
    stage = models.CharField(max_length=10, choices=ConclusionStage.choices, default=ConclusionStage.DRAFT)
    issued_at = models.DateTimeField(null=True, blank=True)
    issued_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    audience = models.CharField(max_length=10, choices=Audience.choices, default=Audience.PARTIES)
    is_simulated = models.BooleanField(default=False)
    source_title = models.CharField(max_length=300, blank=True)  # of published ones
    source_url = models.URLField(max_length=500, blank=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    objects = ConclusionQuerySet.as_manager()

    class Meta:
        ordering = ["-concluded_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(stage="draft", issued_at__isnull=True)
                | Q(stage="issued", issued_at__isnull=False),
                name="assignments_issued_has_its_instant",
            ),
            models.CheckConstraint(
                condition=~Q(number="") | Q(number_year__isnull=True), name="assignments_year_of_a_number"
            ),
            models.UniqueConstraint(
                "lead_issuer",
                "number_year",
                Lower("number"),
                name="assignments_number_once_a_year",
            ),
            models.CheckConstraint(
                condition=Q(source_url="") | ~Q(source_title=""), name="assignments_source_has_a_title"
            ),
        ]

    def __str__(self) -> str:
        return self.title_vi

    @property
    def issuers(self) -> list[Organisation]:
        """All of them, the lead one first."""
        return [self.lead_issuer, *(each.organisation for each in self.co_issuing.all())]

    @property
    def issued_on(self) -> date | None:
        return clock.day_of(self.issued_at) if self.issued_at else None

    @property
    def is_draft(self) -> bool:
        return self.stage == ConclusionStage.DRAFT


class CoIssuer(models.Model):
    """An organisation that issues the conclusions together with the lead one, in protocol order."""

    conclusion = models.ForeignKey(Conclusion, models.CASCADE, related_name="co_issuing")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["conclusion", "organisation"], name="assignments_co_issuer_once"),
            models.UniqueConstraint(fields=["conclusion", "order"], name="assignments_co_issuer_order"),
        ]


class Paragraph(models.Model):
    """A numbered paragraph of the conclusions; it changes only while they are a draft."""

    conclusion = models.ForeignKey(Conclusion, models.CASCADE, related_name="paragraphs")
    order = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=10)  # 1, 2, a, b, c, d, đ
    text_vi = models.TextField()
    text_en = models.TextField(blank=True)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["conclusion", "label"], name="assignments_paragraph_label_once"),
            models.CheckConstraint(condition=~Q(label=""), name="assignments_paragraph_is_labelled"),
        ]

    def __str__(self) -> str:
        return self.label
