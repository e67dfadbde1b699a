"""Sites (điểm cầu), the delegations that sit there, their seats, and what opens the doors."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from phoihop.areas.enums import Level
from phoihop.areas.models import Area
from phoihop.conferences.enums import Duty, GrantKind, Reach, SiteKind
from phoihop.conferences.models.conference import Conference
from phoihop.orgs.enums import PartyKind
from phoihop.orgs.models import Organisation

User = settings.AUTH_USER_MODEL


class Site(models.Model):
    """A place that takes part. Its head and its technical contact are told by post and office telephone."""

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="sites")
    slug = models.SlugField(max_length=60)
    kind = models.CharField(max_length=10, choices=SiteKind.choices, default=SiteKind.SPEAKING)
    level = models.CharField(max_length=20, choices=Level.choices)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="below")
    name_vi = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    address = models.CharField(max_length=300, blank=True)
    head_post = models.CharField(max_length=200, blank=True)
    head = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")  # signs in
    technical_post = models.CharField(max_length=200, blank=True)
    technical_phone = models.CharField(max_length=40, blank=True)  # of an office
    capacity = models.PositiveIntegerField(default=0)
    reach = models.CharField(max_length=10, choices=Reach.choices, default=Reach.ONLINE)
    code_edition = models.PositiveSmallIntegerField(default=1)  # a new edition ends the codes handed out
    handed_edition = models.PositiveSmallIntegerField(null=True, blank=True)  # of the codes last handed out
    is_removed = models.BooleanField(default=False)  # by the director; its doors stay shut
    muted_by = models.CharField(
        max_length=12, choices=[(duty.value, duty.label) for duty in (Duty.CHAIR, Duty.DIRECTOR)], blank=True
    )  # the post that muted its microphone; empty: it is not muted
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["conference", "slug"], name="conferences_site_once"),
            models.UniqueConstraint(
                fields=["conference"], condition=Q(kind=SiteKind.CENTRE), name="conferences_one_centre"
            ),
        ]

    def __str__(self) -> str:
        return self.name_vi

    @property
    def has_its_codes(self) -> bool:
        """Those handed out still open its doors."""
        return self.handed_edition == self.code_edition


class Delegation(models.Model):
    """Delegates of one bloc at one site: how many were invited, never who."""

    site = models.ForeignKey(Site, models.CASCADE, related_name="delegations")
    bloc = models.CharField(max_length=20, choices=PartyKind.choices, blank=True)  # empty: guests
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    title_vi = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200, blank=True)
    posts = models.JSONField(default=list)  # ["Giám đốc Công an tỉnh", ...]: by post
    invited = models.PositiveIntegerField(default=0)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["site", "order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["site", "title_vi"], name="conferences_delegation_once"),
        ]

    def __str__(self) -> str:
        return self.title_vi


class Seat(models.Model):
    """Entitled to one vote. A number in a delegation, not a person."""

    delegation = models.ForeignKey(Delegation, models.CASCADE, related_name="seats")
    number = models.PositiveSmallIntegerField()
    code_edition = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ["delegation", "number"]
        constraints = [
            models.UniqueConstraint(fields=["delegation", "number"], name="conferences_seat_once"),
        ]


class Grant(models.Model):
    """A door opened by a code, on one browser, until it expires or is taken back."""

    kind = models.CharField(max_length=10, choices=GrantKind.choices)
    site = models.ForeignKey(Site, models.CASCADE, related_name="grants")
    seat = models.ForeignKey(Seat, models.CASCADE, null=True, blank=True, related_name="grants")
    code_edition = models.PositiveSmallIntegerField()
    given_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=GrantKind.SEAT, seat__isnull=False)
                | (~Q(kind=GrantKind.SEAT) & Q(seat__isnull=True)),
                name="conferences_seat_grant_has_seat",
            ),
        ]


class PresidiumNote(models.Model):
    """A line from a site to the presidium; seen there only."""

    site = models.ForeignKey(Site, models.PROTECT, related_name="notes")
    text = models.CharField(max_length=500)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    read_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-at", "-pk"]
