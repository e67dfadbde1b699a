from django.conf import settings
from django.db import models
from django.db.models import Q

from phoihop.reviews.models.review import Review, ReviewVersion

User = settings.AUTH_USER_MODEL


class Redaction(models.Model):
    """A tombstone: words, or a file, taken out of a review for good. What they were stands nowhere.

    The hash a version was frozen under stays on the version; `context_hash` is that of the text as it now stands.
    """

    review = models.ForeignKey(Review, models.PROTECT, related_name="redactions")
    version = models.ForeignKey(
        ReviewVersion, models.PROTECT, null=True, blank=True, related_name="redactions"
    )  # none: the draft
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.CharField(max_length=500)
    context_hash = models.CharField(
        max_length=64, blank=True
    )  # empty: the draft, or a file beside the version
    file_name = models.CharField(
        max_length=255, blank=True
    )  # of the file beside the version that was taken out

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="reviews_redaction_has_reason"),
        ]
