"""A conference of one or more programmes on a frozen review, and who holds it."""

from typing import Any, Self

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from phoihop.areas.models import Area
from phoihop.areas.queries.served import areas_served
from phoihop.conferences.enums import ConferenceKind, ConferenceState, Duty, RecordingAudience
from phoihop.core import clock
from phoihop.orgs.models import Membership, Organisation, Post
from phoihop.programmes.models import Programme
from phoihop.reviews.models import ReviewVersion

User = settings.AUTH_USER_MODEL

OFFICIAL_DUTIES = (Duty.CHAIR, Duty.SECRETARY, Duty.DIRECTOR, Duty.RAPPORTEUR)


class ConferenceQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: AbstractBaseUser | AnonymousUser) -> Self:
        """The twin of `permissions.can_view_conference`: organisers, officials, and who serves an invited area.

        A closed conference is told to everyone who signs in; one that is being prepared only to its organisers.
        """
        held = Membership.objects.held_by(user, clock.today())
        if held.seeing_everything().exists():
            return self.all()
        bodies = held.values("organisation")
        organised = Organiser.objects.filter(organisation__in=bodies).values("conference")
        serving = Official.objects.filter(user=user.pk).values("conference")
        own = Q(pk__in=organised) | Q(pk__in=serving)
        told = ~Q(state=ConferenceState.PREPARING)
        served = areas_served(held.values_list("organisation__area", flat=True), clock.today())
        invited = told & (Q(sites__area__in=served) | Q(sites__delegations__organisation__in=bodies))
        closed = Q(state=ConferenceState.CLOSED) if user.is_authenticated and user.is_active else Q(pk__in=[])
        return self.filter(pk__in=self.model.objects.filter(own | invited | closed).values("pk"))


class Conference(models.Model):
    slug = models.SlugField(max_length=80, unique=True)
    kind = models.CharField(max_length=10, choices=ConferenceKind.choices)
    title_vi = models.CharField(max_length=400)
    title_en = models.CharField(max_length=400, blank=True)
    programmes: "models.ManyToManyField[Programme, Any]" = models.ManyToManyField(
        Programme, related_name="conferences"
    )
    review = models.ForeignKey(
        ReviewVersion, models.PROTECT, null=True, blank=True, related_name="conferences"
    )  # frozen: what is discussed
    area = models.ForeignKey(Area, models.PROTECT, related_name="conferences")
    venue_vi = models.CharField(max_length=300, blank=True)
    venue_en = models.CharField(max_length=300, blank=True)
    technical_office_vi = models.CharField(
        max_length=200, blank=True
    )  # rung when a code fails; never a person
    technical_office_en = models.CharField(max_length=200, blank=True)
    technical_phone = models.CharField(max_length=40, blank=True)  # of that office
    starts_at = models.DateTimeField()  # as planned
    ends_at = models.DateTimeField()
    state = models.CharField(
        max_length=10, choices=ConferenceState.choices, default=ConferenceState.PREPARING
    )
    invited_at = models.DateTimeField(null=True, blank=True)  # first; a written review asks from then on
    invited_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    letter_number = models.CharField(max_length=60, blank=True)  # "05/GM-BCA"; a joint letter may have one
    letter_on = models.DateField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    quorum_percent = models.PositiveSmallIntegerField(
        default=50
    )  # of the delegates invited, by the roll-call
    is_recording = models.BooleanField(default=False)  # the stage, as viewers see it
    recording_days = models.PositiveSmallIntegerField(default=90)  # it is kept after it was made
    recording_for = models.CharField(
        max_length=10, choices=RecordingAudience.choices, default=RecordingAudience.DELEGATES
    )
    last_seq = models.PositiveBigIntegerField(default=0)  # of its event log
    agenda_edition = models.PositiveIntegerField(default=0)  # pages fetch the agenda again when it moves
    hall = models.JSONField(default=dict)  # {"scene": Scene, ...}: see display.py
    source_title = models.CharField(max_length=300, blank=True)  # where what is told of it was published
    source_url = models.URLField(max_length=500, blank=True)
    is_simulated = models.BooleanField(default=False)

    objects = ConferenceQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_at__lt=F("ends_at")), name="conferences_times_in_order"
            ),
            models.CheckConstraint(
                condition=Q(quorum_percent__lte=100), name="conferences_quorum_is_a_percentage"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["preparing", "invited"], opened_at__isnull=True)
                | Q(state="open", opened_at__isnull=False, closed_at__isnull=True)
                | Q(state="closed", opened_at__isnull=False, closed_at__isnull=False),
                name="conferences_state_has_its_times",
            ),
        ]

    def __str__(self) -> str:
        return self.title_vi


class Organiser(models.Model):
    """A body that holds the conference; the first one leads and issues its conclusions."""

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="organisers")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    post = models.ForeignKey(
        Post, models.PROTECT, null=True, blank=True, related_name="+"
    )  # signs the letters
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["conference", "organisation"], name="conferences_organiser_once"),
        ]


class Official(models.Model):
    """Who serves the conference, by post: several co-chairs, secretaries, directors, rapporteurs."""

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="officials")
    duty = models.CharField(max_length=12, choices=[(duty.value, duty.label) for duty in OFFICIAL_DUTIES])
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    user = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )  # who signs in for it
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["duty", "order", "pk"]
        constraints = [
            models.UniqueConstraint(
                "conference",
                "duty",
                "organisation",
                Coalesce("post", 0, output_field=models.BigIntegerField()),
                name="conferences_official_once",
            ),
        ]


class Opinion(models.Model):
    """What a body answers in writing where there is no meeting; a later one of the same body stands beside."""

    conference = models.ForeignKey(Conference, models.PROTECT, related_name="opinions")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["conference", "organisation", "number"], name="conferences_opinion_once"
            ),
        ]
