"""Who asked to speak, who speaks, who has spoken, and for how long."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce

from phoihop.conferences.enums import SpeakerKind, SpeakerState
from phoihop.conferences.models.agenda import AgendaItem, RegisteredSpeech
from phoihop.conferences.models.conference import Conference, Official
from phoihop.conferences.models.sites import Delegation, Site

_WHO = ("delegation", "official", "speech")


class Speaker(models.Model):
    """One line of an item's list. A delegation of a site, or an official (a chair, a rapporteur)."""

    conference = models.ForeignKey(Conference, models.PROTECT, related_name="speakers")
    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="speakers")
    site = models.ForeignKey(Site, models.PROTECT, related_name="speakers")
    delegation = models.ForeignKey(Delegation, models.PROTECT, null=True, blank=True, related_name="speakers")
    official = models.ForeignKey(Official, models.PROTECT, null=True, blank=True, related_name="speakers")
    speech = models.ForeignKey(RegisteredSpeech, models.PROTECT, null=True, blank=True, related_name="+")
    post = models.CharField(max_length=200, blank=True)  # of who speaks
    kind = models.CharField(max_length=15, choices=SpeakerKind.choices, default=SpeakerKind.SPEECH)
    state = models.CharField(max_length=10, choices=SpeakerState.choices, default=SpeakerState.WAITING)
    order = models.PositiveIntegerField(default=0)
    allotted_seconds = models.PositiveIntegerField(default=0)  # 0: no countdown
    asked_at = models.DateTimeField()
    requester = models.CharField(
        max_length=150, blank=True
    )  # as the log knows who asked: "seat:<pk>", "site:<slug>", a username; empty: the system
    began_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["conference"],
                condition=Q(state=SpeakerState.SPEAKING),
                name="conferences_one_has_the_floor",
            ),
            models.UniqueConstraint(
                "item",
                "site",
                "kind",
                *(Coalesce(each, 0, output_field=models.BigIntegerField()) for each in _WHO),
                condition=Q(state=SpeakerState.WAITING),
                name="conferences_waits_once",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[SpeakerState.WAITING, SpeakerState.WITHDRAWN], began_at__isnull=True)
                | Q(state=SpeakerState.SPEAKING, began_at__isnull=False, ended_at__isnull=True)
                | Q(state=SpeakerState.DONE, began_at__isnull=False, ended_at__isnull=False),
                name="conferences_speaker_has_times",
            ),
        ]
