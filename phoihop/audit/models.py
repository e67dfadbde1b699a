"""What was done, by whom, when. No foreign keys: an event outlives whatever it speaks of."""

from django.db import models


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
