"""What is counted, defined once and versioned; what programmes select; what others have published."""

from django.db import models
from django.db.models import F, Q

from phoihop.areas.enums import Level
from phoihop.areas.models import Area
from phoihop.core.models import Dated, DatedQuerySet
from phoihop.indicators.enums import (
    Direction,
    IndicatorKind,
    PartyRule,
    PersonsCounted,
    Qualifier,
    Rule,
    WindowKind,
)
from phoihop.programmes.models import Content, Programme


class Block(models.Model):
    """A chapter of the catalogue; an indicator names it by its code."""

    code = models.CharField(max_length=2, unique=True)
    name_vi = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.name_vi


class RefusedTopic(models.Model):
    """What no catalogue of this system may count, the words that give it away, and why not."""

    code = models.SlugField(max_length=40, unique=True)
    words_vi = models.JSONField(default=list)
    words_en = models.JSONField(default=list)
    reason_vi = models.CharField(max_length=300)
    reason_en = models.CharField(max_length=300)

    class Meta:
        ordering = ["code"]


class Indicator(models.Model):
    """The identity of an indicator; everything else may change from one version to the next."""

    code = models.CharField(max_length=10, unique=True)
    block = models.CharField(max_length=2)
    order = models.PositiveSmallIntegerField(default=0)
    is_core = models.BooleanField(default=False)

    class Meta:
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return self.code


class IndicatorVersion(Dated):
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(default=1)
    name_vi = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    unit_vi = models.CharField(max_length=40)
    unit_en = models.CharField(max_length=40)
    definition_vi = models.TextField()
    definition_en = models.TextField()
    kind = models.CharField(max_length=10, choices=IndicatorKind.choices)
    window = models.CharField(max_length=20, choices=WindowKind.choices)
    levels = models.JSONField(default=list)  # where it is entered; empty for ratios and system figures
    over_time = models.CharField(max_length=10, choices=Rule.choices)
    over_units = models.CharField(max_length=10, choices=Rule.choices)
    over_parties = models.CharField(max_length=10, choices=PartyRule.choices, default=PartyRule.COUNTING)
    numerator = models.ForeignKey(Indicator, models.PROTECT, null=True, blank=True, related_name="+")
    denominator = models.ForeignKey(Indicator, models.PROTECT, null=True, blank=True, related_name="+")
    factor = models.PositiveIntegerField(default=1)  # 100 for a percentage
    direction = models.CharField(max_length=5, choices=Direction.choices, default=Direction.NONE)
    persons = models.CharField(max_length=15, choices=PersonsCounted.choices, default=PersonsCounted.NONE)
    decimals = models.PositiveSmallIntegerField(default=0)
    plausible = models.JSONField(default=dict)  # level -> [least, most] for one unit and window
    plausible_source = models.CharField(max_length=300, blank=True)  # where the range was read, or "estimate"
    counting_party = models.JSONField(default=dict)  # level -> PartyKind whose value enters totals
    asked_of = models.JSONField(default=dict)  # level -> [PartyKind, ...] who get a cell
    source = models.CharField(max_length=300)

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["indicator", "number"], name="indicators_version_once"),
            models.CheckConstraint(
                condition=~Q(kind=IndicatorKind.RATIO)
                | Q(numerator__isnull=False, denominator__isnull=False),
                name="indicators_ratio_has_parts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator.code} {self.name_vi}"

    def counts_for(self, level: str) -> str | None:
        """The party whose value enters totals at a level; None where the indicator is not entered."""
        party: str | None = self.counting_party.get(level)
        return party


class Selection(models.Model):
    """A programme selects an indicator for one of its contents; it does not own the values."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="selections")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="selections")
    content = models.ForeignKey(Content, models.SET_NULL, null=True, blank=True, related_name="selections")
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "indicator"], name="indicators_selected_once"),
        ]


class Target(models.Model):
    """What a programme set out to reach for one unit of a level in one window."""

    selection = models.ForeignKey(Selection, models.CASCADE, related_name="targets")
    level = models.CharField(max_length=10, choices=Level.choices)
    value = models.DecimalField(max_digits=18, decimal_places=4)
    note = models.CharField(max_length=300, blank=True)
    note_en = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["selection", "level"], name="indicators_target_once"),
        ]


class Source(models.Model):
    """Where a published figure was read."""

    code = models.CharField(max_length=10, unique=True)
    title = models.CharField(max_length=400)
    urls = models.JSONField(default=list)


class Claim(models.Model):
    """A published figure: shown beside others, with its source; never rolled up."""

    key = models.CharField(max_length=60, unique=True)
    area = models.ForeignKey(Area, models.PROTECT, related_name="claims")
    indicator = models.ForeignKey(Indicator, models.PROTECT, null=True, blank=True, related_name="claims")
    measure_vi = models.CharField(max_length=200, blank=True)  # what was counted, where no indicator matches
    measure_en = models.CharField(max_length=200, blank=True)
    window_from = models.DateField(null=True, blank=True)
    window_until = models.DateField(null=True, blank=True)  # exclusive
    window_text = models.CharField(max_length=120)
    window_text_en = models.CharField(max_length=120, blank=True)
    value = models.DecimalField(max_digits=18, decimal_places=4)
    qualifier = models.CharField(max_length=10, choices=Qualifier.choices)
    unit_vi = models.CharField(max_length=40, blank=True)
    unit_en = models.CharField(max_length=40, blank=True)
    sources = models.ManyToManyField(Source, related_name="claims")
    note_vi = models.TextField(blank=True)
    note_en = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(indicator__isnull=False) | ~Q(measure_vi=""), name="indicators_claim_says_what"
            ),
            models.CheckConstraint(
                condition=Q(window_from__isnull=True)
                | Q(window_until__isnull=True)
                | Q(window_from__lt=F("window_until")),
                name="indicators_claim_window_in_order",
            ),
        ]
