"""Votes. A secret one keeps who has voted and what was voted in two tables that share nothing but the vote."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from phoihop.conferences.enums import Majority, VoteBase, VoteKind, VoteState
from phoihop.conferences.models.agenda import AgendaItem
from phoihop.conferences.models.conference import Conference
from phoihop.conferences.models.sites import Seat

User = settings.AUTH_USER_MODEL


class Vote(models.Model):
    conference = models.ForeignKey(Conference, models.PROTECT, related_name="votes")
    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="votes")
    title_vi = models.CharField(max_length=400)
    title_en = models.CharField(max_length=400, blank=True)
    kind = models.CharField(max_length=10, choices=VoteKind.choices)
    options = models.JSONField(default=list)  # [{"key": "yes", "vi": "Tán thành", "en": "In favour"}, ...]
    base = models.CharField(max_length=10, choices=VoteBase.choices, default=VoteBase.ENTITLED)
    majority = models.CharField(max_length=12, choices=Majority.choices, default=Majority.HALF)
    state = models.CharField(max_length=10, choices=VoteState.choices, default=VoteState.PREPARED)
    entitled = models.PositiveIntegerField(null=True, blank=True)  # seats, as the vote opened
    opened_at = models.DateTimeField(null=True, blank=True)
    opened_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    result = models.JSONField(null=True, blank=True)  # frozen at closing: counts, base, percent, adopted
    result_hash = models.CharField(max_length=64, blank=True)  # of its canonical JSON

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["conference"], condition=Q(state=VoteState.OPEN), name="conferences_one_vote_open"
            ),
            models.CheckConstraint(
                condition=Q(state=VoteState.CLOSED, result__isnull=False)
                | (~Q(state=VoteState.CLOSED) & Q(result__isnull=True)),
                name="conferences_result_when_closed",
            ),
        ]


class VoteCast(models.Model):
    """A seat has voted. The choice is here only in a vote by name."""

    vote = models.ForeignKey(Vote, models.PROTECT, related_name="casts")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="casts")
    at = models.DateTimeField()
    choice = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["vote", "seat"], name="conferences_seat_votes_once"),
        ]


class Ballot(models.Model):
    """A slip of a secret vote: laid out empty for every seat when the vote opens, filled in at random.

    No time, no actor, no sequence, no request key: nothing leads from a slip to a seat.
    """

    key = models.UUIDField(primary_key=True, editable=False)  # random
    vote = models.ForeignKey(Vote, models.PROTECT, related_name="ballots")
    choice = models.CharField(max_length=20, blank=True)  # empty: not used

    class Meta:
        ordering = ["key"]
