"""What was held, when and where, by whom. Counts of participants, never lists of persons."""

from typing import Any, Self

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import models
from django.db.models import F, Q

from phoihop.areas.models import Area
from phoihop.areas.queries.served import areas_served
from phoihop.core import clock
from phoihop.core.text import fold_vi
from phoihop.events.enums import EventKind, EventState, EventText, Verdict
from phoihop.orgs.models import Membership, Organisation

User = settings.AUTH_USER_MODEL
AnyUser = AbstractBaseUser | AnonymousUser


class EventQuerySet(models.QuerySet["Event"]):
    def visible_to(self, user: AnyUser) -> Self:
        """By area, every party: a joint event is only recognised by who sees both entries of it.

        Also what others held there, and what one's own organisation led or helped to hold elsewhere.
        """
        held = Membership.objects.held_by(user, clock.today())
        if held.seeing_everything().exists():
            return self.all()
        places = dict(held.values_list("organisation", "organisation__area"))
        own, served = list(places), _named(areas_served(places.values(), clock.today()))
        helped = Participation.objects.filter(organisation__in=own).values("version")
        counting = Event.objects.filter(organisation__in=own, counted_in__isnull=False).values("counted_in")
        joined = Q(counted_in__organisation__in=own) | Q(pk__in=counting)
        there = Q(organisation__area__in=served) | Q(current__area__in=served)
        return self.filter(there | Q(current__lead__in=own) | Q(current__in=helped) | joined)

    def held(self) -> Self:
        return self.filter(state=EventState.HELD)

    def counted(self) -> Self:
        """One row for each event that was held, however many parties entered it."""
        return self.held().filter(counted_in__isnull=True)


_NAMED_AT_MOST = 5_000  # areas; more of them are cheaper to look up than to name


def _named(areas: models.QuerySet[Area, Any]) -> Any:
    """Asked for once instead of inside every branch of a condition."""
    ids = list(areas.values_list("pk", flat=True)[: _NAMED_AT_MOST + 1])
    return ids if len(ids) <= _NAMED_AT_MOST else areas


class Event(models.Model):
    """One entry of an event by one organisation. What it says is in its versions."""

    key = models.UUIDField(unique=True)  # of the form it came from: sent twice, it is entered once
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="events")  # that entered it
    state = models.CharField(max_length=10, choices=EventState.choices, default=EventState.HELD)
    current = models.ForeignKey("EventVersion", models.PROTECT, null=True, related_name="+")
    counted_in = models.ForeignKey(  # the entry of the same event that counts; empty: this one counts
        "self", models.PROTECT, null=True, blank=True, related_name="merged"
    )
    created_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    cancel_reason = models.CharField(max_length=500, blank=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="cancelled") | (Q(cancelled_at__isnull=False) & ~Q(cancel_reason="")),
                name="events_cancelled_has_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state="cancelled") | Q(counted_in__isnull=True),
                name="events_cancelled_is_not_merged",
            ),
            models.CheckConstraint(
                condition=Q(counted_in__isnull=True) | ~Q(counted_in=F("pk")), name="events_counts_in_another"
            ),
        ]

    @property
    def said(self) -> "EventVersion":
        """What it says now; an event without a version is never kept."""
        if self.current is None:
            raise EventVersion.DoesNotExist
        return self.current

    @property
    def is_held(self) -> bool:
        return self.state == EventState.HELD


class EventVersion(models.Model):
    """What an entry said, once. A correction is the next version, with its reason."""

    event = models.ForeignKey(Event, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=EventKind.choices)
    held_on = models.DateField()  # of a class or a festival of several days, the last one
    area = models.ForeignKey(Area, models.PROTECT, related_name="events")
    place = models.CharField(max_length=200)
    subject = models.CharField(max_length=300)
    words_fold = models.CharField(max_length=510, editable=False)  # subject and place, for searching
    lead = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    co_organisers = models.ManyToManyField(Organisation, through="Participation", related_name="+")
    attendances = models.PositiveIntegerField(null=True, blank=True)  # null: not counted; never 0 for that
    reason = models.CharField(max_length=500, blank=True)  # why a correction
    is_simulated = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["event", "number"], name="events_version_once"),
            models.CheckConstraint(
                condition=Q(number=1) | ~Q(reason=""), name="events_correction_has_reason"
            ),
        ]
        indexes = [
            models.Index(fields=["area", "held_on"]),
            models.Index(fields=["lead", "held_on"]),
        ]

    def __str__(self) -> str:
        return self.subject

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.words_fold = fold_vi(f"{self.subject} {self.place}")
        super().save(*args, **kwargs)


class Participation(models.Model):
    """An organisation that held the event together with the lead."""

    version = models.ForeignKey(EventVersion, models.PROTECT, related_name="participations")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["organisation__name_sort", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "organisation"], name="events_takes_part_once"),
        ]


class EventSeal(models.Model):
    """The salted hash of one text of an entry's version; a redaction leaves it with the reason and the actor.

    Day, area, lead and attendances are no text and stay as they are.
    """

    version = models.ForeignKey(EventVersion, models.PROTECT, related_name="seals")
    place = models.CharField(max_length=10, choices=EventText.choices)
    salt = models.CharField(max_length=32, blank=True)
    digest = models.CharField(max_length=64)
    redacted_at = models.DateTimeField(null=True, blank=True)
    redacted_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    redaction_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["version", "place"]
        constraints = [
            models.UniqueConstraint(fields=["version", "place"], name="events_text_sealed_once"),
            models.CheckConstraint(
                condition=(Q(redacted_at__isnull=True) & ~Q(salt="") & Q(redaction_reason=""))
                | (Q(redacted_at__isnull=False, salt="") & ~Q(redaction_reason="")),
                name="events_tombstone_has_reason",
            ),
        ]


class Comparison(models.Model):
    """Somebody looked at two entries and said whether they are one event; the last word stands, all are audited."""

    first = models.ForeignKey(Event, models.PROTECT, related_name="compared_as_first")
    second = models.ForeignKey(Event, models.PROTECT, related_name="compared_as_second")
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="events_compared_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="events_compared_in_order"),
        ]
