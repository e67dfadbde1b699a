"""Texts and files of a version, chained by salted hash apart from its figures."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from phoihop.reports.enums import TextPlace
from phoihop.reports.models.report import Report
from phoihop.reports.models.versions import ReportVersion

User = settings.AUTH_USER_MODEL


class Attachment(models.Model):
    """A file of a report. Its bytes lie under FILES_DIR; a draft may let go of it, a submitted version keeps it."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="attachments")
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()  # bytes, after re-encoding
    sha256 = models.CharField(max_length=64, blank=True)  # empty: redacted
    path = models.CharField(max_length=80, blank=True)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    is_removed = models.BooleanField(default=False)  # taken off the draft before any version had it
    versions = models.ManyToManyField(ReportVersion, related_name="attachments", blank=True)

    class Meta:
        ordering = ["pk"]


class TextSeal(models.Model):
    """SHA-256 of a salt and one text or file of a submitted version.

    A redaction takes the text and the salt and leaves the hash, the reason and the actor: the chain of audit
    events, which carries the hash, stays whole, and nobody can find the text again by guessing. Where only words
    quoted from below went, what is left of the text has a seal of its own.
    """

    version = models.ForeignKey(ReportVersion, models.CASCADE, related_name="seals")
    place = models.CharField(max_length=20, choices=TextPlace.choices)
    key = models.CharField(max_length=60)  # indicator code, section, check and code, or attachment number
    salt = models.CharField(max_length=32, blank=True)
    digest = models.CharField(max_length=64)
    left_salt = models.CharField(max_length=32, blank=True)
    left_digest = models.CharField(max_length=64, blank=True)
    redacted_at = models.DateTimeField(null=True, blank=True)
    redacted_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    redaction_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "place", "key"], name="reports_text_sealed_once"),
            models.CheckConstraint(
                condition=(Q(redacted_at__isnull=True) & ~Q(salt="") & Q(redaction_reason=""))
                | (Q(redacted_at__isnull=False, salt="") & ~Q(redaction_reason="")),
                name="reports_tombstone_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(left_salt="", left_digest="")
                | (~Q(left_salt="") & ~Q(left_digest="") & Q(redacted_at__isnull=False)),
                name="reports_what_is_left_is_sealed",
            ),
        ]

    @property
    def standing(self) -> tuple[str, str] | None:
        """Salt and digest of the text that stands there now; None where nothing is left of it."""
        if self.redacted_at is None:
            return self.salt, self.digest
        return (self.left_salt, self.left_digest) if self.left_digest else None


class Receipt(models.Model):
    """The answer given to a device for one thing it sent; sent again under the same key, it gets the same answer."""

    key = models.UUIDField()
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    report = models.ForeignKey(Report, models.CASCADE, related_name="+")
    answer = models.JSONField()
    at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="reports_receipt_once")]
