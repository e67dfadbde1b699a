"""Which device of a site sends its picture and sound, and the recording of the stage."""

from django.db import models

from phoihop.conferences.enums import RecordingState
from phoihop.conferences.models.conference import Conference
from phoihop.conferences.models.sites import Site


class Publication(models.Model):
    """One of a site at a time: the device that began last. Of the device nothing but a random key is known."""

    site = models.OneToOneField(Site, models.CASCADE, related_name="publication")
    key = models.CharField(max_length=40)  # of the page; it asks again under it after a fault
    peer = models.CharField(max_length=60)  # the engine's name for its connection
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)


class Recording(models.Model):
    """The stage as viewers saw it, made into one film after the conference was closed. Its hash outlives it."""

    conference = models.OneToOneField(Conference, models.PROTECT, related_name="recording")
    state = models.CharField(max_length=10, choices=RecordingState.choices)
    fault = models.CharField(max_length=300, blank=True)  # why it could not be made
    made_at = models.DateTimeField()
    path = models.CharField(max_length=255, blank=True)  # under FILES_DIR; empty once deleted
    sha256 = models.CharField(max_length=64, blank=True)
    size_bytes = models.PositiveBigIntegerField(default=0)
    seconds = models.PositiveIntegerField(default=0)
    chapters = models.JSONField(default=list)  # [{"seconds": 12.5, "item": pk}]
    kept_until = models.DateField(null=True, blank=True)  # the last day
    deleted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="made") | ~models.Q(path="", sha256=""),
                name="conferences_recording_made_has_a_file",
            ),
        ]

    @property
    def name(self) -> str:
        return f"ghi-hinh-{self.conference.slug}.webm"
