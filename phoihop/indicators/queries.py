from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from phoihop.areas.models import Area
from phoihop.indicators.models import Block, Claim, Indicator, IndicatorVersion, RefusedTopic, Source
from phoihop.programmes.models import Programme


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """One version of one indicator, in codes, as the roll-up reads it."""

    code: str
    version: int
    kind: str
    window: str
    over_time: str
    over_units: str
    numerator: str | None
    denominator: str | None
    factor: int
    decimals: int
    levels: tuple[str, ...]
    counting_party: dict[str, str]
    asked_of: dict[str, list[str]]
    valid_from: date | None
    valid_until: date | None


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Claims on one area and one measure that do not say the same."""

    area: Area
    indicator: Indicator | None
    measure_vi: str
    measure_en: str
    claims: tuple[Claim, ...]  # oldest window first
    same_time: bool  # whether two of the different values are said of overlapping days


def blocks() -> QuerySet[Block]:
    return Block.objects.all()


def refused_topics() -> QuerySet[RefusedTopic]:
    return RefusedTopic.objects.all()


def versions_on(day: date) -> QuerySet[IndicatorVersion]:
    """The catalogue as it stands on a day, in its own order."""
    in_force = IndicatorVersion.objects.as_of(day).select_related("indicator", "numerator", "denominator")
    return in_force.order_by("indicator__order", "indicator__code")


def indicator_table() -> list[IndicatorRow]:
    """Every version there ever was: which one applies is a matter of the window's first day."""
    versions = IndicatorVersion.objects.select_related("indicator", "numerator", "denominator")
    return [_row(version) for version in versions.order_by("indicator__order", "indicator__code", "number")]


def _row(version: IndicatorVersion) -> IndicatorRow:
    return IndicatorRow(
        code=version.indicator.code,
        version=version.number,
        kind=version.kind,
        window=version.window,
        over_time=version.over_time,
        over_units=version.over_units,
        numerator=version.numerator.code if version.numerator else None,
        denominator=version.denominator.code if version.denominator else None,
        factor=version.factor,
        decimals=version.decimals,
        levels=tuple(version.levels),
        counting_party=version.counting_party,
        asked_of=version.asked_of,
        valid_from=version.valid_from,
        valid_until=version.valid_until,
    )


def selected_by(programmes: Iterable[Programme]) -> QuerySet[Indicator]:
    """What at least one of the programmes selects, each once, in the catalogue's order."""
    chosen = Indicator.objects.filter(selections__programme__in=list(programmes))
    return chosen.distinct().order_by("order", "code")


def operands_of(codes: Iterable[str]) -> set[str]:
    """The codes together with every part their ratios need, through all versions."""
    parts: dict[str, set[str]] = defaultdict(set)
    pairs = IndicatorVersion.objects.values_list("indicator__code", "numerator__code", "denominator__code")
    for code, numerator, denominator in pairs:
        parts[code] |= {part for part in (numerator, denominator) if part}
    closure: set[str] = set()
    waiting = set(codes)
    while waiting:
        closure |= waiting
        waiting = {part for code in waiting for part in parts[code]} - closure
    return closure


def claims() -> QuerySet[Claim]:
    ordered = Claim.objects.select_related("area", "indicator").prefetch_related("sources")
    return ordered.order_by("area__level", "area__name_sort", "window_from", "key")


def claims_by_source() -> list[tuple[Source, list[Claim]]]:
    """Each source with what it says; a claim two sources make stands under both."""
    by_source: dict[int, list[Claim]] = defaultdict(list)
    for claim in claims():
        for source in claim.sources.all():
            by_source[source.pk].append(claim)
    cited = Source.objects.filter(pk__in=by_source)
    return [(source, by_source[source.pk]) for source in sorted(cited, key=_number_of)]


def _number_of(source: Source) -> tuple[int, str]:
    """S2 before S11, S16a before S16b."""
    digits = "".join(char for char in source.code if char.isdigit())
    return int(digits or 0), source.code


def contradictions() -> list[Contradiction]:
    """Where published figures disagree: the same area and measure, different values, whenever they were said."""
    groups: dict[tuple[int, object], list[Claim]] = defaultdict(list)
    for claim in claims().prefetch_related("indicator__versions"):
        groups[claim.area_id, claim.indicator_id or claim.measure_vi.casefold()].append(claim)
    return [_contradiction(group) for group in groups.values() if len({claim.value for claim in group}) > 1]


def _contradiction(group: list[Claim]) -> Contradiction:
    first = group[0]
    ordered = tuple(sorted(group, key=lambda claim: (claim.window_from or date.min, claim.key)))
    return Contradiction(
        area=first.area,
        indicator=first.indicator,
        measure_vi=first.measure_vi,
        measure_en=first.measure_en,
        claims=ordered,
        same_time=any(_overlap(a, b) for a in group for b in group if a.value != b.value),
    )


def _overlap(a: Claim, b: Claim) -> bool:
    return (a.window_from or date.min) < (b.window_until or date.max) and (b.window_from or date.min) < (
        a.window_until or date.max
    )
