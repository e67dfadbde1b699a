"""The columnar ledger's manifest, the live partials every page reads, and the record of each roll-up."""

from django.conf import settings
from django.db import models

from phoihop.areas.enums import Level
from phoihop.areas.models import Area
from phoihop.indicators.models import Indicator
from phoihop.orgs.enums import PartyKind
from phoihop.programmes.models import Programme
from phoihop.reports.models import ReportingPeriod
from phoihop.rollup.enums import FigureState


class LedgerSegment(models.Model):
    """An immutable Parquet file of the facts of a run of ledger numbers; listed here, it exists."""

    first_seq = models.PositiveBigIntegerField(unique=True)
    last_seq = models.PositiveBigIntegerField(unique=True)
    path = models.CharField(max_length=200)  # relative to settings.LEDGER_DIR
    facts = models.PositiveBigIntegerField()
    content_hash = models.CharField(max_length=64)  # over canonical rows, never over file bytes
    created_at = models.DateTimeField()


class AppliedPosition(models.Model):
    """One row: the last ledger number the live partials include."""

    seq = models.PositiveBigIntegerField(default=0)
    at = models.DateTimeField(null=True, blank=True)  # when that entry was written
    has_simulated = models.BooleanField(
        default=False
    )  # an applied version is simulated: every figure says so
    pulse = models.CharField(
        max_length=60, default=""
    )  # last report and audit numbers the lists were read at
    awaited = models.JSONField(default=list)  # ranges of audit numbers below the pulse that were not seen yet
    stamp = models.CharField(
        max_length=60, default=""
    )  # of the map and the catalogue everything was counted by


class CountedList(models.Model):
    """The list of reports a window's live tables stand on; another fingerprint means the list moved since."""

    period = models.OneToOneField(ReportingPeriod, models.CASCADE, related_name="+")
    members = models.CharField(max_length=64)  # who owes what: moves the counting rules too
    progress = models.CharField(max_length=64)  # what was submitted, and when


class DutyKind(models.Model):
    """All that the counting rules ask about a report (`facts.Duty`), as canonical text."""

    text = models.TextField(unique=True)


class DutyCount(models.Model):
    """How many reports of one duty are due at and below a unit in a window: who is expected to give an indicator."""

    map_key = models.CharField(max_length=10)
    period = models.ForeignKey(ReportingPeriod, models.CASCADE, related_name="+")
    area = models.ForeignKey(Area, models.CASCADE, related_name="+")
    duty = models.ForeignKey(DutyKind, models.PROTECT, related_name="+")
    total = models.PositiveIntegerField(default=0)
    own = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["area", "period", "map_key", "duty"], name="rollup_duty_count_once"
            ),
        ]


class Partial(models.Model):
    """Mergeable sums of one indicator, window and unit, on one map. Sums are exact integers scaled by 10^4.

    map_key: "reported" or an areas.MapEpoch key. total = own + children's totals + unallocated.
    """

    map_key = models.CharField(max_length=10)
    state = models.CharField(max_length=10, choices=FigureState.choices)
    period = models.ForeignKey(ReportingPeriod, models.CASCADE, related_name="+")
    area = models.ForeignKey(Area, models.CASCADE, related_name="+")
    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="+")
    total = models.BigIntegerField()
    own = models.BigIntegerField(default=0)
    unallocated = models.BigIntegerField(default=0)
    reported = models.PositiveIntegerField(default=0)  # counting reports below and at the unit that gave it
    not_applicable = models.PositiveIntegerField(default=0)  # of these, the ones that gave "na": no number

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["area", "indicator", "period", "map_key", "state"], name="rollup_partial_once"
            ),
        ]


class Coverage(models.Model):
    """Reports expected, submitted, on time and accepted, by party and reporting level, for one window and unit."""

    map_key = models.CharField(max_length=10)
    period = models.ForeignKey(ReportingPeriod, models.CASCADE, related_name="+")
    area = models.ForeignKey(Area, models.CASCADE, related_name="+")
    party = models.CharField(max_length=20, choices=PartyKind.choices)
    level = models.CharField(max_length=10, choices=Level.choices)  # of the reporting units
    expected = models.PositiveIntegerField(default=0)
    submitted = models.PositiveIntegerField(default=0)
    on_time = models.PositiveIntegerField(default=0)
    accepted = models.PositiveIntegerField(default=0)
    timely = models.PositiveIntegerField(default=0)  # on time, and accepted
    confirmed = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["area", "period", "party", "level", "map_key"], name="rollup_coverage_once"
            ),
        ]


class RollupRun(models.Model):
    """One computation of figures: what it covered, from which ledger position, with which text and libraries."""

    programmes = models.ManyToManyField(Programme, related_name="+")
    span_from = models.DateField()
    span_until = models.DateField()  # exclusive
    map_key = models.CharField(max_length=10)
    state = models.CharField(max_length=10, choices=FigureState.choices)
    ledger_seq = models.PositiveBigIntegerField()
    sql_hash = models.CharField(max_length=64)
    libraries = models.JSONField(default=dict)
    engine = models.CharField(max_length=20, default="duckdb")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True)
