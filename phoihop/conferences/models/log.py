"""The ordered log of a conference, and the commands that follow it to the media engine."""

from django.db import models
from django.db.models import Q

from phoihop.conferences.enums import CommandState
from phoihop.conferences.models.conference import Conference


class ConferenceEvent(models.Model):
    """One change. Written in the change's own transaction, under the conference's row: numbers have no gaps.

    payload: what happened, in facts the minutes are drawn from. patch: what the screens now show, key by key;
    all patches laid over one another from the first give the present display (display.py).
    """

    conference = models.ForeignKey(Conference, models.PROTECT, related_name="events")
    seq = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    actor = models.CharField(
        max_length=150, blank=True
    )  # username, "site:<slug>", "seat:<pk>"; empty: the system
    type = models.CharField(max_length=40)  # verb_noun of the action
    payload = models.JSONField(default=dict)
    patch = models.JSONField(default=dict)
    request_key = models.CharField(max_length=40, blank=True)  # a repeated request is known by it

    class Meta:
        ordering = ["seq"]
        constraints = [
            models.UniqueConstraint(fields=["conference", "seq"], name="conferences_event_once"),
            models.UniqueConstraint(
                fields=["conference", "request_key"],
                condition=~Q(request_key=""),
                name="conferences_request_once",
            ),
        ]


class MediaCommand(models.Model):
    """What the engine is to do after a change; the engine follows, the database is the truth."""

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="media_commands")
    seq = models.PositiveBigIntegerField()  # of the event it follows
    order = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(max_length=40)
    arguments = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=CommandState.choices, default=CommandState.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    fault = models.CharField(max_length=300, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["seq", "order"]
        constraints = [
            models.UniqueConstraint(fields=["conference", "seq", "order"], name="conferences_command_once"),
        ]


class EngineTrouble(models.Model):
    """The media engine does not follow the conference; gone as soon as it does again."""

    conference = models.OneToOneField(Conference, models.CASCADE, related_name="engine_trouble")
    since = models.DateTimeField()
    fault = models.CharField(max_length=300)  # in the engine's words
