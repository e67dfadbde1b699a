"""Files with reports that were loaded."""

from django.conf import settings
from django.db import models

User = settings.AUTH_USER_MODEL


class FileLoad(models.Model):
    """A file that was loaded; the same bytes loaded again change nothing."""

    sha256 = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=255)
    loaded_at = models.DateTimeField()
    loaded_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True)
    rows_read = models.PositiveIntegerField(default=0)
    versions_made = models.PositiveIntegerField(default=0)
    problems = models.JSONField(default=list)
