"""Administrative units, dated. A unit is what an act creates: a new territory is a new Area.

An official code is not an identity (3,316 of the 3,321 codes of 2025 reuse an older one), hence AreaCode.
"""

from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q

from phoihop.areas.enums import Level, Share
from phoihop.core.models import Dated, DatedQuerySet
from phoihop.core.text import fold_vi, sort_key_vi


class AreaQuerySet(DatedQuerySet):
    def at_level(self, level: Level) -> "AreaQuerySet":
        return self.filter(level=level)

    def under(self, area: "Area", day: date) -> "AreaQuerySet":
        """The area itself and every unit below it on that day."""
        return self.filter(
            Q(pk=area.pk) | Q(pk__in=AreaAncestor.objects.as_of(day).filter(ancestor=area).values("area_id"))
        )


class Area(Dated):
    key = models.CharField(max_length=40, unique=True)  # our own identity, stable across loads
    level = models.CharField(max_length=10, choices=Level.choices)
    kind = models.CharField(max_length=30)  # tỉnh, huyện, phường, đặc khu ...; the last one, see AreaTitle
    name = models.CharField(max_length=120)  # without its kind
    full_name = models.CharField(max_length=150)
    name_fold = models.CharField(max_length=150, db_index=True, editable=False)
    name_sort = models.CharField(max_length=400, db_index=True, editable=False)
    established_by = models.CharField(max_length=300, blank=True)  # the legal act
    abolished_by = models.CharField(max_length=300, blank=True)

    objects = AreaQuerySet.as_manager()

    class Meta(Dated.Meta):
        indexes = [models.Index(fields=["level", "valid_from", "valid_until"])]

    def __str__(self) -> str:
        return self.full_name

    def save(self, *args: object, **kwargs: object) -> None:
        self.fill_search_columns()
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def fill_search_columns(self) -> None:
        """Also for bulk_create, which does not call save()."""
        self.name_fold = fold_vi(self.full_name)
        self.name_sort = sort_key_vi(self.name)

    def full_name_on(self, day: date) -> str:
        title = self.title_on(day)
        return title.full_name if title else self.full_name

    def title_on(self, day: date) -> "AreaTitle | None":
        """What it was called on a day, where that changed; no query for areas fetched with their `titles`."""
        return next((title for title in self.titles.all() if title.is_in_force(day)), None)


class AreaTitle(Dated):
    """What a unit was called for a time, where its kind changed; a commune made a ward is the same unit."""

    area = models.ForeignKey(Area, models.CASCADE, related_name="titles")
    kind = models.CharField(max_length=30)
    full_name = models.CharField(max_length=150)
    act = models.CharField(max_length=300, blank=True)

    objects = DatedQuerySet.as_manager()


class AreaCode(Dated):
    """An official code of a unit while it was in use."""

    area = models.ForeignKey(Area, models.CASCADE, related_name="codes")
    scheme = models.CharField(max_length=20, default="gso")
    code = models.CharField(max_length=20, db_index=True)

    objects = DatedQuerySet.as_manager()


class AreaParent(Dated):
    """Which unit a unit belonged to, and when."""

    area = models.ForeignKey(Area, models.CASCADE, related_name="parent_links")
    parent = models.ForeignKey(Area, models.CASCADE, related_name="child_links")

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(condition=~Q(area=F("parent")), name="areas_parent_is_another"),
        ]


class AreaAncestor(Dated):
    """Derived from AreaParent by the loader: every unit above a unit, with its depth, for SQL joins."""

    area = models.ForeignKey(Area, models.CASCADE, related_name="ancestor_links")
    ancestor = models.ForeignKey(Area, models.CASCADE, related_name="descendant_links")
    depth = models.PositiveSmallIntegerField()  # 1 = parent

    objects = DatedQuerySet.as_manager()


class AreaSuccession(models.Model):
    """On that day the predecessor's territory, whole or a part, passed to the successor."""

    predecessor = models.ForeignKey(Area, models.CASCADE, related_name="heir_links")
    successor = models.ForeignKey(Area, models.CASCADE, related_name="source_links")
    on = models.DateField()
    share = models.CharField(max_length=5, choices=Share.choices)
    act = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor", "on"], name="areas_succession_once"),
            models.CheckConstraint(condition=~Q(predecessor=F("successor")), name="areas_heir_is_another"),
        ]


class MapEpoch(models.Model):
    """A span of days on which no succession took effect: one administrative map.

    `key` is "open" for the oldest map and the first day (ISO) of every later one.
    """

    key = models.CharField(max_length=10, unique=True)
    start = models.DateField(null=True, blank=True)  # null: open backwards
    end = models.DateField(null=True, blank=True)  # exclusive; null: the map of today

    class Meta:
        ordering = [F("start").asc(nulls_first=True), "pk"]

    @property
    def last_day(self) -> date:
        """The day the map is looked at: which units are on it, and under which parents."""
        return (self.end or date.max) - timedelta(days=1)


class AreaTarget(models.Model):
    """Derived: where an area's figures stand on a map: its one heir (or source), else the smallest unit holding all."""

    epoch = models.ForeignKey(MapEpoch, models.CASCADE, related_name="targets")
    area = models.ForeignKey(Area, models.CASCADE, related_name="map_targets")
    target = models.ForeignKey(Area, models.CASCADE, related_name="+")
    is_whole = models.BooleanField()  # False: the figures are `unallocated` at the target

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["epoch", "area"], name="areas_one_target_a_map"),
        ]


class AreaCandidate(models.Model):
    """Derived: a unit on a map that may hold a part of an area that did not map wholly (its page says "at least")."""

    epoch = models.ForeignKey(MapEpoch, models.CASCADE, related_name="candidates")
    area = models.ForeignKey(Area, models.CASCADE, related_name="+")
    unit = models.ForeignKey(Area, models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["epoch", "area", "unit"], name="areas_candidate_once"),
        ]
