"""Minutes (biên bản): drafted from the log, edited, frozen."""

from django.conf import settings
from django.db import models

from phoihop.conferences.models.conference import Conference

User = settings.AUTH_USER_MODEL


class Minutes(models.Model):
    """A version. `drafted` is what the log gives, and can be made again from it; `edited` is what people changed."""

    conference = models.ForeignKey(Conference, models.PROTECT, related_name="minutes")
    number = models.PositiveSmallIntegerField()
    drafted = models.JSONField(default=dict)
    edited = models.JSONField(default=dict)  # key of a part -> text
    last_seq = models.PositiveBigIntegerField()  # of the log they tell
    log_hash = models.CharField(max_length=64)
    drafted_at = models.DateTimeField()
    drafted_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    context = models.TextField(blank=True)  # canonical JSON (RFC 8785) once frozen
    context_hash = models.CharField(max_length=64, blank=True)
    frozen_at = models.DateTimeField(null=True, blank=True)
    frozen_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["conference", "number"], name="conferences_minutes_once"),
        ]


class MinutesFile(models.Model):
    minutes = models.ForeignKey(Minutes, models.PROTECT, related_name="files")
    kind = models.CharField(max_length=10)  # docx, pdf
    language = models.CharField(max_length=2, default="vi")
    name = models.CharField(max_length=255)
    path = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    size_bytes = models.PositiveBigIntegerField()
    added_at = models.DateTimeField()
