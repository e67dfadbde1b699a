"""Which device of a site sends its picture and sound, how its checks came out, and the recording of the stage."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from phoihop.conferences.enums import CheckColour, RecordingState
from phoihop.conferences.models.conference import Conference
from phoihop.conferences.models.sites import Grant, Site


class Publication(models.Model):
    """One of a site at a time: the device that began last. Of the device nothing but a random key is known."""

    site = models.OneToOneField(Site, models.CASCADE, related_name="publication")
    key = models.CharField(max_length=40)  # of the page; it asks again under it after a fault
    peer = models.CharField(max_length=60)  # the engine's name for its connection
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)


class Line(models.Model):
    """A browser's connection with the engine and the right it was opened by; ended by the server when that right ends."""

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="lines")
    peer = models.CharField(max_length=120, unique=True)  # the engine's name for it
    grant = models.ForeignKey(Grant, models.CASCADE, null=True, blank=True, related_name="+")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+"
    )
    audience = models.PositiveSmallIntegerField()  # audiences.Audience, as it was opened for
    headed = models.CharField(max_length=60, blank=True)  # slug of the site it stands for as its head
    sites = models.JSONField(
        default=list
    )  # slugs: of a hall's screen that shows several; empty for every other
    seen_at = models.DateTimeField()


class SiteCheck(models.Model):
    """What a site's page measured of its devices and its line; nothing of the device or of who sat there is kept."""

    site = models.ForeignKey(Site, models.CASCADE, related_name="checks")
    run = models.CharField(
        max_length=40
    )  # of the page: what it says later of the same check belongs to this line
    at = models.DateTimeField()
    is_current = models.BooleanField(default=True)
    colour = models.CharField(max_length=10, choices=CheckColour.choices)  # by rehearsal.LIMITS as of then
    camera_fps = models.FloatField(null=True, blank=True)
    microphone_level = models.FloatField(null=True, blank=True)  # 0 to 1
    speaker_heard = models.BooleanField(null=True, blank=True)  # as a person says
    up_kbps = models.FloatField(null=True, blank=True)
    up_lost_percent = models.FloatField(null=True, blank=True)
    down_fps = models.FloatField(null=True, blank=True)
    down_lost_percent = models.FloatField(null=True, blank=True)
    delay_ms = models.FloatField(null=True, blank=True)  # there and back

    class Meta:
        ordering = ["site", "-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["site", "run"], name="conferences_one_line_a_check"),
            models.UniqueConstraint(
                fields=["site"], condition=Q(is_current=True), name="conferences_one_check_is_current"
            ),
        ]


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
