"""The figures of every composing of a draft, so that any two can be held against each other."""

from django.conf import settings
from django.db import models

from phoihop.reviews.models.review import Review
from phoihop.rollup.models import RollupRun


class DraftRun(models.Model):
    """What one composing computed; the draft itself keeps the last only. Added, never changed."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="draft_runs")
    number = models.PositiveIntegerField()
    run = models.ForeignKey(RollupRun, models.PROTECT, null=True, blank=True, related_name="+")
    question = models.JSONField()
    figures = models.JSONField()  # as docs/review-context.md has them
    ledger_seq = models.PositiveBigIntegerField()
    sql_hash = models.CharField(max_length=64)
    basis = models.PositiveBigIntegerField()  # last audit event by then: acts on the map and the catalogue
    composed_at = models.DateTimeField()
    composed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["review", "number"], name="reviews_draft_run_once"),
        ]
