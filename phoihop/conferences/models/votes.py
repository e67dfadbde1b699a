"""Votes. A secret one keeps who has voted and what was voted in tables that share nothing but the vote."""

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
    sites_out = models.JSONField(default=list)  # pk of the sites taken out by then: their seats have no part
    last_seat = models.PositiveBigIntegerField(null=True, blank=True)  # pk; a seat added later has no part
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
    """A seat has voted. The choice is here only in a named vote."""

    vote = models.ForeignKey(Vote, models.PROTECT, related_name="casts")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="casts")
    at = models.DateTimeField()
    choice = models.CharField(max_length=20, blank=True)
    is_by_phone = models.BooleanField(default=False)  # heard by the secretary

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["vote", "seat"], name="conferences_seat_votes_once"),
            models.CheckConstraint(
                condition=Q(is_by_phone=False) | ~Q(choice=""), name="conferences_by_phone_is_named"
            ),
        ]


class Urn(models.Model):
    """Where the slips of an open secret vote lie: one byte a seat, laid out empty, filled in at random places.

    One row, so that a database marks nothing but the urn as a whole with the transaction of a vote: rows of their
    own would each carry the number of the transaction that also wrote who voted. Gone when the vote is closed.
    """

    vote = models.OneToOneField(Vote, models.PROTECT, primary_key=True, related_name="urn")
    slips = models.BinaryField()  # 0: empty; 1, 2...: which of the vote's options


class Ballot(models.Model):
    """A slip of a secret vote, taken from the urn when the vote was closed: a fresh random key and a choice.

    No time, no actor, no sequence, no request key: nothing leads from a slip to a seat.
    """

    key = models.UUIDField(primary_key=True, editable=False)  # random
    vote = models.ForeignKey(Vote, models.PROTECT, related_name="ballots")
    choice = models.CharField(max_length=20)

    class Meta:
        ordering = ["key"]
