from django.db import models

from phoihop.reviews.models.review import ReviewVersion


class FigureCheck(models.Model):
    """What a frozen version's figures were when they were last looked at again; pages show it without computing.

    Written by a job beside the pages, never inside an acceptance.
    """

    version = models.OneToOneField(ReviewVersion, models.CASCADE, related_name="figure_check")
    ledger_seq = models.PositiveBigIntegerField()
    basis = models.PositiveBigIntegerField(
        default=0
    )  # last audit event that changed the map or the catalogue
    changed = models.PositiveIntegerField(default=0)  # figures that are no longer what the version says
    quoted = models.PositiveIntegerField(default=0)  # of those, figures a review above quotes in words
    values = models.JSONField(default=dict)  # of those figures now, exact; null: missing
    moved_at = models.DateTimeField(null=True, blank=True)  # of the last act that moved one
    checked_at = models.DateTimeField()
