from django.conf import settings
from django.db import models
from django.db.models import Q

from phoihop.reviews.models.drafts import DraftRun
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
    reworded = models.JSONField(default=list)  # of those, the ones defined otherwise now
    moved_at = models.DateTimeField(null=True, blank=True)  # of the last act that moved one
    checked_at = models.DateTimeField()


class FailedCheck(models.Model):
    """The figures of a frozen version could not be computed again at the last look; gone once they could."""

    version = models.OneToOneField(ReviewVersion, models.CASCADE, related_name="failed_check")
    at = models.DateTimeField()


class AskedFigures(models.Model):
    """The figures of now held against a run of a draft, or a version no job looks at: computed once a reader asks.

    Written by a job beside the pages, like FigureCheck, whose columns have the same meaning here.
    Missing: `ledger_seq`, `basis` and `checked_at` are None until they were computed once.
    """

    version = models.OneToOneField(
        ReviewVersion, models.CASCADE, null=True, blank=True, related_name="asked_figures"
    )
    run = models.OneToOneField(DraftRun, models.CASCADE, null=True, blank=True, related_name="asked_figures")
    is_waiting = models.BooleanField(default=True)  # to be computed, or computed again
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    ledger_seq = models.PositiveBigIntegerField(null=True, blank=True)
    basis = models.PositiveBigIntegerField(null=True, blank=True)
    values = models.JSONField(default=dict)
    reworded = models.JSONField(default=list)
    checked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(version__isnull=True, run__isnull=False)
                | Q(version__isnull=False, run__isnull=True),
                name="reviews_figures_asked_of_one",
            ),
        ]

    @property
    def stand(self) -> ReviewVersion | DraftRun:
        found = self.version or self.run
        assert found is not None  # noqa: S101 the constraint says so
        return found
