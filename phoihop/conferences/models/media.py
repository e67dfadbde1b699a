"""Which device of a site sends its picture and sound, and how its checks came out."""

from django.db import models
from django.db.models import Q

from phoihop.conferences.enums import CheckColour
from phoihop.conferences.models.conference import Conference
from phoihop.conferences.models.sites import Site


class Publication(models.Model):
    """One of a site at a time: the device that began last. Of the device nothing but a random key is known."""

    site = models.OneToOneField(Site, models.CASCADE, related_name="publication")
    key = models.CharField(max_length=40)  # of the page; it asks again under it after a fault
    peer = models.CharField(max_length=60)  # the engine's name for its connection
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)


class Watching(models.Model):
    """A hall's screen that receives pictures of several sites; ended by the server when they are no longer shown."""

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="watchings")
    peer = models.CharField(max_length=60, unique=True)  # the engine's name for its connection
    sites = models.JSONField(default=list)  # slugs
    began_at = models.DateTimeField()


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
