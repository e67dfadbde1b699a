"""What each issuer does with a frozen version in its own name: approves it, and gives it a number of its register."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from phoihop.orgs.models import Organisation
from phoihop.reviews.enums import Audience, DocumentKind, NumberState
from phoihop.reviews.models.review import ReviewVersion

User = settings.AUTH_USER_MODEL


class ApprovalQuerySet(models.QuerySet["Approval"]):
    def standing(self) -> Self:
        return self.filter(withdrawn_at__isnull=True)

    def covering(self, audience: Audience) -> Self:
        """Who agreed to this audience or to a wider one."""
        return self.filter(audience__in=audience.at_least())


class Approval(models.Model):
    """An issuer agrees that one frozen version goes out to an audience. Not a digital signature: the signed file is
    kept beside the version.

    A withdrawn one stays, with its reason; the issuer may approve again. A wider audience needs another approval.
    """

    version = models.ForeignKey(ReviewVersion, models.PROTECT, related_name="approvals")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    audience = models.CharField(max_length=20, choices=Audience.choices)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    note = models.CharField(max_length=500, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.CharField(max_length=500, blank=True)  # of the withdrawal

    objects = ApprovalQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "organisation", "audience"],
                condition=Q(withdrawn_at__isnull=True),
                name="reviews_approved_once",
            ),
            models.CheckConstraint(
                condition=Q(audience__in=Audience.values), name="reviews_approval_of_known_audience"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, reason="")
                | (Q(withdrawn_at__isnull=False) & ~Q(reason="")),
                name="reviews_withdrawal_has_reason",
            ),
        ]


class IssuedNumberQuerySet(models.QuerySet["IssuedNumber"]):
    def given(self) -> Self:
        return self.filter(state=NumberState.GIVEN)


class IssuedNumber(models.Model):
    """A line of an issuer's register. Numbers run from 01 each year and are never used twice.

    Source: NĐ 30/2020/NĐ-CP: from 01 on 1 January to 31 December, unique to the year and the body.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=DocumentKind.choices, default=DocumentKind.REPORT)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=NumberState.choices, default=NumberState.GIVEN)
    version = models.ForeignKey(
        ReviewVersion, models.PROTECT, null=True, blank=True, related_name="numbers"
    )  # none: skipped
    dated_on = models.DateField()
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.CharField(max_length=500, blank=True)  # why skipped or cancelled
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    objects = IssuedNumberQuerySet.as_manager()

    class Meta:
        ordering = ["organisation", "kind", "year", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "kind", "year", "number"], name="reviews_number_once"
            ),
            models.UniqueConstraint(
                fields=["organisation", "version"],
                condition=Q(state=NumberState.GIVEN),
                name="reviews_one_number_a_version",
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="reviews_number_from_one"),
            models.CheckConstraint(
                condition=Q(state=NumberState.GIVEN, reason="")
                | (~Q(state=NumberState.GIVEN) & ~Q(reason="")),
                name="reviews_gap_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(state=NumberState.SKIPPED, version__isnull=True)
                | (~Q(state=NumberState.SKIPPED) & Q(version__isnull=False)),
                name="reviews_number_has_version",
            ),
            models.CheckConstraint(
                condition=Q(state=NumberState.CANCELLED, cancelled_at__isnull=False)
                | (~Q(state=NumberState.CANCELLED) & Q(cancelled_at__isnull=True)),
                name="reviews_cancelled_has_instant",
            ),
        ]

    @property
    def written(self) -> str:
        """Source: NĐ 30/2020/NĐ-CP: below 10 with a nought before it."""
        return f"{self.number:02d}"
