"""What was done, by whom, when. No foreign keys: an event outlives whatever it speaks of."""

from django.db import models
from django.db.models import Q


class AuditEvent(models.Model):
    """One act. Written in the act's own transaction; sealed into the hash chain after commit."""

    at = models.DateTimeField(db_index=True)
    actor = models.CharField(max_length=150, blank=True)  # username; empty for the system itself
    organisation = models.CharField(max_length=200, blank=True)  # slug acted for
    action = models.CharField(max_length=60)  # verb_noun of the action
    object_type = models.CharField(max_length=60)
    object_id = models.CharField(max_length=60)
    details = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["object_type", "object_id"])]


class AuditSeal(models.Model):
    """One link of the chain: the hash of an event and of the link before it."""

    event_id = models.BigIntegerField(unique=True)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)
    sealed_at = models.DateTimeField()


class WordSeal(models.Model):
    """The salted hash of words somebody typed into a row: the audit log tells the digest, the row alone the words.

    Named without a foreign key, as events are. A redaction takes words and salt; digest, reason and actor stay.
    """

    object_type = models.CharField(max_length=60)
    object_id = models.CharField(max_length=60)
    field = models.CharField(max_length=40)
    salt = models.CharField(max_length=32, blank=True)
    digest = models.CharField(max_length=64, db_index=True)
    redacted_at = models.DateTimeField(null=True, blank=True)
    redacted_by = models.CharField(max_length=150, blank=True)  # username; empty: the system
    redaction_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["object_type", "object_id", "field"],
                condition=Q(redacted_at__isnull=True),
                name="audit_words_sealed_once",
            ),
            models.CheckConstraint(
                condition=(Q(redacted_at__isnull=True) & ~Q(salt="") & Q(redaction_reason=""))
                | (Q(redacted_at__isnull=False, salt="") & ~Q(redaction_reason="")),
                name="audit_words_tombstone_has_reason",
            ),
        ]
        indexes = [models.Index(fields=["object_type", "object_id"])]
