"""To whom the duties of an abolished organisation passed, who said so, and why."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from phoihop.orgs.models import Organisation


class DutyPassing(models.Model):
    """The last row of an organisation is the one in force; earlier ones are its history."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="passings")
    heir = models.ForeignKey(Organisation, models.PROTECT, related_name="passings_taken")
    reason = models.CharField(max_length=500, blank=True)  # needed where there were several heirs
    reports = models.PositiveIntegerField()  # open ones that passed
    memberships = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(organisation=F("heir")), name="reports_passed_to_another"),
        ]
