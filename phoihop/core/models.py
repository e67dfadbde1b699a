"""Abstract parts that three or more apps share."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import F, Q


class DatedQuerySet(models.QuerySet[Any]):
    def as_of(self, day: date) -> Self:
        """Rows in force on a day: valid_from <= day < valid_until, an empty end being open."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day),
            Q(valid_until__isnull=True) | Q(valid_until__gt=day),
        )

    def overlapping(self, start: date, end: date) -> Self:
        """Rows in force on at least one day of [start, end)."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lt=end),
            Q(valid_until__isnull=True) | Q(valid_until__gt=start),
        )


class Dated(models.Model):
    """A row true from `valid_from` until the day before `valid_until`; empty means open on that side."""

    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_until__isnull=True)
                | Q(valid_from__lt=F("valid_until")),
                name="%(app_label)s_%(class)s_dates_in_order",
            ),
        ]

    def is_in_force(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or day < self.valid_until
        )
