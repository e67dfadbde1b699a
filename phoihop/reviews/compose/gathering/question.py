"""What is asked of the roll-up for a review: everything that makes its figures, and nothing else."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Self

from phoihop.areas.enums import LEVEL_ORDER, Level
from phoihop.areas.models import Area, AreaAncestor, MapEpoch
from phoihop.core import clock
from phoihop.periods import Span
from phoihop.programmes.models import Programme
from phoihop.reviews.models import Review

REPORTED = "reported"
UNIT_LEVEL = {Level.NATION: Level.PROVINCE, Level.PROVINCE: Level.COMMUNE, Level.DISTRICT: Level.COMMUNE}


@dataclass(frozen=True, slots=True)
class Question:
    """Kept in the draft and, through the context, in every frozen version: `review verify` asks it again."""

    programmes: tuple[Programme, ...]
    area: Area
    span: Span
    previous: Span | None
    map_key: str
    state: str
    by_unit: tuple[str, ...] = ()  # indicators wanted for every unit below
    by_window: tuple[str, ...] = ()  # indicators wanted window by window
    upto: int | None = None  # a ledger number; None: the last
    tasks_at: datetime | None = (
        None  # what was known of assignments then; None: composed before they were kept
    )

    @property
    def unit_level(self) -> str:
        return UNIT_LEVEL.get(Level(self.area.level), "")

    def units(self) -> list[Area]:
        """The units one level down, in dictionary order."""
        if not self.unit_level:
            return []
        links = self._on_map().filter(ancestor=self.area, area__level=self.unit_level)
        return list(Area.objects.filter(pk__in=links.values("area_id")).order_by("name_sort", "pk"))

    def between(self) -> list[int]:
        """Of a province, its districts."""
        links = self._on_map().filter(ancestor=self.area)
        highest, lowest = (
            LEVEL_ORDER[Level(level)] for level in (self.area.level, self.unit_level or self.area.level)
        )
        inside = [level.value for level, order in LEVEL_ORDER.items() if highest < order < lowest]
        return list(links.filter(area__level__in=inside).values_list("area_id", flat=True).distinct())

    def near(self) -> set[int]:
        """The area with the units above it and all below it whose figures a review may need."""
        above = self._on_map().filter(area=self.area).values_list("ancestor_id", flat=True)
        return {self.area.pk, *above, *self.between(), *(unit.pk for unit in self.units())}

    def _on_map(self) -> Any:
        """Links of the review's map; as reported, every one there was in the span."""
        if self.map_key == REPORTED:
            return AreaAncestor.objects.overlapping(self.span.start, self.span.end)
        return AreaAncestor.objects.as_of(MapEpoch.objects.get(key=self.map_key).last_day)

    def levels(self) -> tuple[str, ...]:
        """From the nation, since what no unit holds stands unallocated at any level above, to the units below."""
        lowest = LEVEL_ORDER[Level(self.unit_level or self.area.level)]
        return tuple(level.value for level, order in LEVEL_ORDER.items() if order <= lowest)

    def at(self, upto: int) -> "Question":
        return replace(self, upto=upto)

    def as_json(self) -> dict[str, Any]:
        return {
            "programmes": [programme.slug for programme in self.programmes],
            "area": self.area.key,
            "span": _span_json(self.span),
            "previous": _span_json(self.previous) if self.previous else None,
            "map": self.map_key,
            "state": self.state,
            "by_unit": list(self.by_unit),
            "by_window": list(self.by_window),
            "tasks_at": self.tasks_at.isoformat() if self.tasks_at else None,
        }

    @classmethod
    def from_json(cls, asked: Mapping[str, Any], *, upto: int) -> Self:
        """Raises: DoesNotExist where a programme or the area is no longer there."""
        return cls(
            programmes=tuple(Programme.objects.get(slug=slug) for slug in asked["programmes"]),
            area=Area.objects.get(key=asked["area"]),
            span=_span(asked["span"]),
            previous=_span(asked["previous"]) if asked["previous"] else None,
            map_key=asked["map"],
            state=asked["state"],
            by_unit=tuple(asked["by_unit"]),
            by_window=tuple(asked["by_window"]),
            upto=upto,
            tasks_at=datetime.fromisoformat(asked["tasks_at"]) if asked.get("tasks_at") else None,
        )


def question_of(review: Review, *, by_unit: Iterable[str], by_window: Iterable[str]) -> Question:
    previous = (
        Span(review.previous_from, review.previous_until)
        if review.previous_from and review.previous_until
        else None
    )
    return Question(
        programmes=tuple(reviewed_programmes(review)),
        area=review.area,
        span=Span(review.span_from, review.span_until),
        previous=previous,
        map_key=review.map_key,
        state=review.state,
        by_unit=tuple(sorted(by_unit)),
        by_window=tuple(sorted(by_window)),
        tasks_at=clock.now(),
    )


def reviewed_programmes(review: Review) -> Sequence[Programme]:
    """The one that gives the outline first."""
    return [review.programme, *review.also_reviews.exclude(pk=review.programme_id).order_by("slug")]


def _span_json(span: Span) -> list[str]:
    return [span.start.isoformat(), span.end.isoformat()]


def _span(days: Sequence[str]) -> Span:
    return Span(date.fromisoformat(days[0]), date.fromisoformat(days[1]))
