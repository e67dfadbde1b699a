from django.conf import settings
from django.db import models

from phoihop.orgs.models import Organisation


class CalendarFeed(models.Model):
    """The part of a calendar's address that can be changed: whoever had the old address reads it no more."""

    organisation = models.OneToOneField(Organisation, models.CASCADE, related_name="calendar_feed")
    nonce = models.CharField(max_length=40)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
