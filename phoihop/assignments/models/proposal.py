"""The same upward: what a locality proposes, and what the competent body answered."""

from datetime import date
from typing import Self

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import models
from django.db.models import F, Q

from phoihop.areas.queries.served import areas_served
from phoihop.assignments.models.conclusion import inherited
from phoihop.core import clock
from phoihop.orgs.models import Membership, Organisation
from phoihop.programmes.models import Programme

User = settings.AUTH_USER_MODEL
AnyUser = AbstractBaseUser | AnonymousUser


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def visible_to(self, user: AnyUser) -> Self:
        """Who sent it, every body it was sent or forwarded to, their heirs, and who serves the sender's area."""
        held = Membership.objects.held_by(user, clock.today())
        if held.seeing_everything().exists():
            return self.all()
        own = list(held.values_list("organisation", flat=True))
        if not own:
            return self.none()
        served = areas_served(held.values_list("organisation__area", flat=True), clock.today())
        ours = {*own, *inherited(own)}
        passed = Forwarding.objects.filter(old__in=ours).values("proposal")
        seen = Q(sender__in=ours) | Q(receiver__in=ours) | Q(pk__in=passed)
        return self.filter(seen | Q(sender__area__in=served))

    def unanswered(self) -> Self:
        return self.filter(answered_at__isnull=True)


class Proposal(models.Model):
    sender = models.ForeignKey(Organisation, models.PROTECT, related_name="proposals_sent")
    receiver = models.ForeignKey(Organisation, models.PROTECT, related_name="proposals_received")  # by now
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="proposals")
    title = models.CharField(max_length=300)
    text = models.TextField()
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    answer_by = models.DateField()  # forwarding does not move it
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    is_simulated = models.BooleanField(default=False)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answer="")
                | (Q(answered_at__isnull=False) & ~Q(answer="")),
                name="assignments_answer_says_something",
            ),
            models.CheckConstraint(
                condition=~Q(sender=F("receiver")), name="assignments_proposed_to_another"
            ),
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(text=""), name="assignments_proposal_says_something"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def answered_on(self) -> date | None:
        return clock.day_of(self.answered_at) if self.answered_at else None

    @property
    def is_late(self) -> bool:
        return (self.answered_on or clock.today()) > self.answer_by


class Forwarding(models.Model):
    """A body found another competent and sent the proposal on; the day to answer by stayed."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="forwardings")
    old = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    receiver = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(old=F("receiver")), name="assignments_forwarded_to_another"),
            models.CheckConstraint(condition=~Q(reason=""), name="assignments_forwarding_says_why"),
        ]


class ProposalEscalation(models.Model):
    """Somebody was told, once, that the day to answer by is near or has passed: at -7, 0, +7 and +30 days."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="escalations")
    step = models.SmallIntegerField()
    told_on = models.DateField()
    mailed_at = models.DateTimeField(null=True, blank=True)  # null: shown in the system only

    class Meta:
        ordering = ["-told_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "step"], name="assignments_proposal_told_once"),
            models.CheckConstraint(
                condition=Q(step__in=[-7, 0, 7, 30]), name="assignments_proposal_known_steps"
            ),
        ]
