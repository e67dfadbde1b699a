"""The catalogue as its pages show it."""

from collections.abc import Sequence
from dataclasses import dataclass

from phoihop.core import clock
from phoihop.core.text import fold_vi
from phoihop.indicators.models import Block, Claim, Indicator, IndicatorVersion, RefusedTopic
from phoihop.indicators.queries import blocks, claims, refused_topics


@dataclass(frozen=True, slots=True)
class Chapter:
    block: Block
    versions: Sequence[IndicatorVersion]


def chapters(text: str = "", *, core_only: bool = False) -> list[Chapter]:
    """The catalogue in force today by chapter; a search compares without marks, by code, name and definition."""
    versions = IndicatorVersion.objects.as_of(clock.today()).select_related("indicator")
    if core_only:
        versions = versions.filter(indicator__is_core=True)
    wanted = fold_vi(text)
    found = [
        version
        for version in versions.order_by("indicator__order", "indicator__code")
        if not wanted or wanted in _words(version)
    ]
    by_block = [
        Chapter(block, [each for each in found if each.indicator.block == block.code]) for block in blocks()
    ]
    return [chapter for chapter in by_block if chapter.versions]


def _words(version: IndicatorVersion) -> str:
    names = f"{version.indicator.code} {version.name_vi} {version.name_en}"
    return fold_vi(f"{names} {version.definition_vi} {version.definition_en}")


def versions_of(indicator: Indicator) -> list[IndicatorVersion]:
    """Newest first."""
    versions = indicator.versions.select_related("indicator", "numerator", "denominator")
    return list(versions.order_by("-number"))


def claims_on(indicator: Indicator) -> list[Claim]:
    return list(claims().prefetch_related("indicator__versions").filter(indicator=indicator))


def part_of(indicator: Indicator) -> list[IndicatorVersion]:
    """The ratios it is an operand of."""
    today = IndicatorVersion.objects.as_of(clock.today()).select_related("indicator")
    return list(today.filter(numerator=indicator).union(today.filter(denominator=indicator)).order_by("pk"))


def refused() -> list[RefusedTopic]:
    return list(refused_topics())
