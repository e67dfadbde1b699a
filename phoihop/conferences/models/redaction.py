"""Words taken out of a conference: its rows, its log and its minutes."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from phoihop.conferences.models.conference import Conference
from phoihop.conferences.models.minutes import Minutes

User = settings.AUTH_USER_MODEL


class ConferenceRedaction(models.Model):
    """A tombstone. What the words were stands nowhere.

    Minutes and results of votes keep the hash of the log they were drawn from; `log_hashes` says, by number of the
    log, what that hash is now. `context_hash` is that of the frozen minutes as they now stand.
    """

    conference = models.ForeignKey(Conference, models.PROTECT, related_name="redactions")
    minutes = models.ForeignKey(Minutes, models.PROTECT, null=True, blank=True, related_name="redactions")
    label = models.CharField(max_length=20)  # enums.Said
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.CharField(max_length=500)
    log_hashes = models.JSONField(default=dict)
    context_hash = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="conferences_redaction_has_reason"),
            models.CheckConstraint(
                condition=Q(context_hash="") | Q(minutes__isnull=False),
                name="conferences_redaction_of_minutes",
            ),
        ]
