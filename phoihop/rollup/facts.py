"""A version's cells as fact rows, and the rules that say which of them count (docs/figures.md, "What counts").

A fact repeats a cell and nothing else, so an immutable segment never goes stale: whether it counts depends on
the list of reports due and on the catalogue, and is decided where it is used, by `Rule` and `Duty`.
"""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from phoihop.areas.enums import LEVEL_ORDER, Level
from phoihop.indicators.enums import IndicatorKind
from phoihop.reports.content import NOT_APPLICABLE, scaled
from phoihop.rollup.errors import unknown_indicator


class Fact(NamedTuple):
    """One cell of one version.

    Units:   ten-thousandths, exact.
    Missing: `value` is None for "na", which counts as reported and adds nothing.
    """

    version_id: int
    indicator_id: int
    value: int | None
    consolidated: bool


class Below(NamedTuple):
    """A kind of report due somewhere below a unit in the same window."""

    party: str
    level: str
    covers_last_day: bool


@dataclass(frozen=True, slots=True)
class Duty:
    """All that the rules ask about a report."""

    party: str
    level: str
    covers_last_day: bool = True
    below: frozenset[Below] = frozenset()


@dataclass(frozen=True, slots=True)
class Rule:
    """All that a version of an indicator says about its values."""

    indicator_id: int
    kind: str
    levels: frozenset[str]
    counting_party: Mapping[str, str]
    asked_of: Mapping[str, Container[str]]
    climbs: bool = True  # added over units; a distinct count never leaves its unit


def explode(
    version_id: int,
    cells: Mapping[str, str],
    consolidated: Iterable[str],
    indicators: Mapping[str, int],
) -> list[Fact]:
    """The cells of a version, one fact each, by indicator.

    Raises: DomainError for a code the catalogue does not have, or a text that is no number.
    """
    whole = frozenset(consolidated)
    facts = []
    for code, text in cells.items():
        if code not in indicators:
            raise unknown_indicator(code)
        value = None if text == NOT_APPLICABLE else scaled(text)
        facts.append(Fact(version_id, indicators[code], value, code in whole))
    return sorted(facts, key=lambda fact: fact.indicator_id)


def is_counted(rule: Rule, duty: Duty, *, consolidated: bool) -> bool:
    """Whether a value enters totals."""
    if not _is_counting_party(rule, duty):
        return False
    return not is_asked_below(rule, duty) if consolidated else duty.level in rule.levels


def is_owed(rule: Rule, duty: Duty) -> bool:
    """Whether a report is expected to give the indicator: own at its level, or for all the units below, unasked."""
    if not _is_counting_party(rule, duty):
        return False
    if duty.level in rule.levels:
        return duty.party in rule.asked_of.get(duty.level, ())
    return not duty.below and _is_above_entry(rule, duty.level)


def is_asked_below(rule: Rule, duty: Duty) -> bool:
    """Whether a report below gives the indicator: own, or in its turn for the units below it.

    A report of the counting party between the unit and the lowest level of entry either stands for those below
    it or has one of them below it: either way a consolidated value above would count them twice.
    """
    return any(_is_counting_party(rule, below) and _can_give(rule, below.level) for below in duty.below)


def _is_counting_party(rule: Rule, report: Duty | Below) -> bool:
    """A stock belongs to the units in force on the window's last day."""
    in_time = report.covers_last_day or rule.kind != IndicatorKind.STOCK
    return in_time and rule.counting_party.get(report.level) == report.party


def _can_give(rule: Rule, level: str) -> bool:
    return level in rule.levels or _is_above_entry(rule, level)


def _is_above_entry(rule: Rule, level: str) -> bool:
    return any(LEVEL_ORDER[Level(level)] < LEVEL_ORDER[Level(entry)] for entry in rule.levels)
