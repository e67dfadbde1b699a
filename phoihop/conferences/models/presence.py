"""Attendance, three records that are never merged: roll-call, connection intervals, client beacons."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from phoihop.conferences.enums import Duty, GrantKind
from phoihop.conferences.models.conference import Conference
from phoihop.conferences.models.sites import Delegation, Site

User = settings.AUTH_USER_MODEL


class RollCall(models.Model):
    """Asked of every delegation. The only record the quorum and votes go by."""

    conference = models.ForeignKey(Conference, models.PROTECT, related_name="roll_calls")
    number = models.PositiveSmallIntegerField()
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["conference", "number"], name="conferences_roll_call_once"),
            models.UniqueConstraint(
                fields=["conference"],
                condition=Q(closed_at__isnull=True),
                name="conferences_one_roll_call_open",
            ),
        ]


class RollCallBase(models.Model):
    """A delegation a roll-call asked, as it stood when the roll-call was closed: what its figures are of, for ever."""

    roll_call = models.ForeignKey(RollCall, models.PROTECT, related_name="bases")
    delegation = models.ForeignKey(Delegation, models.PROTECT, related_name="bases")
    bloc = models.CharField(max_length=20, blank=True)
    invited = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["roll_call", "delegation"], name="conferences_asked_once"),
        ]


class RollCallAnswer(models.Model):
    """Heads present of one delegation, signed by the site's head; a later edition replaces, the earlier stays."""

    roll_call = models.ForeignKey(RollCall, models.PROTECT, related_name="answers")
    delegation = models.ForeignKey(Delegation, models.PROTECT, related_name="answers")
    edition = models.PositiveSmallIntegerField(default=1)
    is_current = models.BooleanField(default=True)
    present = models.PositiveIntegerField()
    note = models.CharField(max_length=300, blank=True)
    signed_at = models.DateTimeField()
    signed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    signed_as = models.CharField(max_length=200, blank=True)  # post of the site's head
    is_by_phone = models.BooleanField(default=False)  # the head said it, the secretary (signed_by) wrote it

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["roll_call", "delegation", "edition"], name="conferences_answer_once"
            ),
            models.UniqueConstraint(
                fields=["roll_call", "delegation"],
                condition=Q(is_current=True),
                name="conferences_one_answer_stands",
            ),
        ]


class Connection(models.Model):
    """A stream that was open: from when to when, of which site; nothing about the device."""

    site = models.ForeignKey(Site, models.CASCADE, related_name="connections")
    kind = models.CharField(max_length=10, choices=[*GrantKind.choices, (Duty.HEAD.value, Duty.HEAD.label)])
    key = models.CharField(max_length=40, unique=True)  # of the stream
    opened_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)


class Beacon(models.Model):
    """What a site's page says of itself once a minute: delay, frames, loss. Kept apart from the other two."""

    site = models.ForeignKey(Site, models.CASCADE, related_name="beacons")
    at = models.DateTimeField()
    minute = models.PositiveBigIntegerField()  # of `at`, counted from 1970: a site is heard once in each
    delay_ms = models.PositiveIntegerField(null=True, blank=True)
    frames = models.PositiveIntegerField(null=True, blank=True)
    lost_packets = models.PositiveIntegerField(null=True, blank=True)
    skew_ms = models.IntegerField(null=True, blank=True)  # the page's clock against the server's

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["site", "minute"], name="conferences_one_beacon_a_minute"),
        ]
        indexes = [models.Index(fields=["site", "at"])]
