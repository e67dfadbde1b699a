"""What is said and done about an assignment once it is given. Rows are added, never changed."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from phoihop.assignments.enums import Act, Part
from phoihop.assignments.models.assignment import Assignment
from phoihop.orgs.models import Organisation

User = settings.AUTH_USER_MODEL


class Movement(models.Model):
    """A change of an assignment's state."""

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="movements")
    act = models.CharField(max_length=15, choices=Act.choices)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")  # acted for
    on = models.DateField(
        null=True, blank=True
    )  # the day it was done: as reported, or as confirmed when it was closed
    text = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(act="reported_done") | Q(on__isnull=False), name="assignments_done_says_the_day"
            ),
            models.CheckConstraint(
                condition=~Q(act__in=["returned", "withdrawn"]) | ~Q(text=""),
                name="assignments_return_says_why",
            ),
        ]


class Progress(models.Model):
    """What a performer says of an assignment, with its evidence: a file, or a page of this system."""

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="progress")
    number = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    text = models.TextField()
    link = models.CharField(max_length=300, blank=True)  # a path of this system
    name = models.CharField(max_length=200, blank=True)  # of the file, whose bytes lie under FILES_DIR
    media_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveIntegerField(default=0)  # bytes
    sha256 = models.CharField(max_length=64, blank=True)
    path = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["assignment", "number"], name="assignments_progress_once"),
            models.CheckConstraint(condition=~Q(text=""), name="assignments_progress_says_something"),
            models.CheckConstraint(
                condition=Q(link="") | Q(link__startswith="/"), name="assignments_evidence_is_of_this_system"
            ),
            models.CheckConstraint(
                condition=Q(path="", sha256="", name="") | (~Q(path="") & ~Q(sha256="") & ~Q(name="")),
                name="assignments_evidence_file_is_whole",
            ),
        ]


class Extension(models.Model):
    """A later date, asked for by the lead and granted or refused by the issuer before the old one passed."""

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="extensions")
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    asked_for = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+"
    )  # acted for; null: kept before this was told, then the lead
    from_due_on = models.DateField()  # in force when it was asked
    wanted_on = models.DateField()
    reason = models.CharField(max_length=500)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decided_for = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+"
    )  # acted for, where issuers are several one of them; null: not decided, or kept before this was told
    granted_on = models.DateField(null=True, blank=True)  # the new date; null: refused, or not decided
    decision = models.CharField(max_length=500, blank=True)  # what the issuer said; needed for a refusal

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "from_due_on"],
                condition=Q(decided_at__isnull=True),
                name="assignments_one_open_request",
            ),
            models.CheckConstraint(
                condition=Q(wanted_on__gt=F("from_due_on")), name="assignments_extension_is_later"
            ),
            models.CheckConstraint(
                condition=Q(granted_on__isnull=True)
                | Q(decided_at__isnull=False, granted_on__gt=F("from_due_on")),
                name="assignments_granted_is_decided",
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True) | Q(granted_on__isnull=False) | ~Q(decision=""),
                name="assignments_refusal_says_why",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="assignments_extension_says_why"),
        ]


class Escalation(models.Model):
    """Somebody was told, once, that the date in force is near or has passed: at -7, 0, +7 and +30 days."""

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="escalations")
    step = models.SmallIntegerField()
    due_on = models.DateField()  # the date in force then; a later date begins anew
    told_on = models.DateField()
    mailed_at = models.DateTimeField(null=True, blank=True)  # null: shown in the system only

    class Meta:
        ordering = ["-told_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["assignment", "step", "due_on"], name="assignments_told_once"),
            models.CheckConstraint(condition=Q(step__in=[-7, 0, 7, 30]), name="assignments_known_steps"),
        ]

    @property
    def days_late(self) -> int:
        """On the day it was told; below nought before the date. The step is the last one reached then."""
        return int((self.told_on - self.due_on).days)


class Passing(models.Model):
    """An abolished organisation's place in an assignment passed to its heir on that day."""

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="passings")
    part = models.CharField(max_length=10, choices=Part.choices)
    old = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    heir = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    on = models.DateField()
    reason = models.CharField(max_length=500, blank=True)  # needed where there were several heirs
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(old=F("heir")), name="assignments_passed_to_another"),
        ]


class ReviewDate(models.Model):
    """A day on which a standing assignment is looked at; answered by the progress reported for it."""

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="review_dates")
    on = models.DateField()
    answered_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["on"]
        constraints = [
            models.UniqueConstraint(fields=["assignment", "on"], name="assignments_review_date_once"),
        ]
