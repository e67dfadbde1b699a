"""What a figure of a review stands on: which indicators, which area, which windows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from phoihop.indicators.enums import IndicatorKind, Rule
from phoihop.indicators.models import IndicatorVersion
from phoihop.periods import Span
from phoihop.reviews.compose.gathering.question import Question
from phoihop.reviews.compose.gathering.windows import taken_windows
from phoihop.reviews.queries.moves import Move


@dataclass(frozen=True, slots=True)
class Entered:
    """A figure somebody enters, or the system counts, with the windows a review's figure takes of it."""

    definition: IndicatorVersion
    windows: frozenset[str]

    @property
    def code(self) -> str:
        return self.definition.indicator.code

    def moving(self, moves: Iterable[Move]) -> list[Move]:
        """Of them those that give another value for it now, and count for it."""
        is_counted = self.definition.kind == IndicatorKind.SYSTEM  # it counts reports, not what they say
        counting, code, windows = self.definition.counting_party, self.code, self.windows
        return [
            move
            for move in moves
            if move.report.period.code in windows
            and (
                (move.before is None or move.after is None)
                if is_counted
                else counting.get(move.report.level) in (None, move.report.party)
                and _given(move.before, code) != _given(move.after, code)
            )
        ]


def _given(version: Any, code: str) -> tuple[str, bool] | None:
    if version is None or code not in version.cells:
        return None
    return version.cells[code], code in version.consolidated


@dataclass(frozen=True, slots=True)
class Scopes:
    question: Question
    definitions: Mapping[str, IndicatorVersion]
    term: Mapping[str, tuple[str, ...]]  # kind of window -> codes, oldest first
    before: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, question: Question) -> "Scopes":
        versions = IndicatorVersion.objects.select_related("indicator", "numerator", "denominator")
        latest = {each.indicator.code: each for each in versions.order_by("number")}
        return cls(question, latest, _codes(question.span), _codes(question.previous))

    def entered(self, key: str, figure: Mapping[str, Any]) -> list[Entered]:
        """Both parts of a ratio or a mean; for the figure of one window only that."""
        base, _mark, part = key.partition("#")
        named, _colon, window = base.partition(":")
        codes = named.split("@")[0].split("/") if "/" in named else [figure["indicator"]]
        kinds = self.before if part == "previous" else self.term
        parts = [part for code in codes for part in self._parts(code)]
        return [Entered(each, self._windows(each, kinds, window)) for each in parts]

    def codes(self, key: str, figure: Mapping[str, Any]) -> set[str]:
        """With the ratio itself."""
        return {figure["indicator"], *(each.code for each in self.entered(key, figure))}

    def _parts(self, code: str) -> list[IndicatorVersion]:
        definition = self.definitions.get(code)
        if definition is None:
            return []
        operands = [each.code for each in (definition.numerator, definition.denominator) if each is not None]
        return [part for each in operands for part in self._parts(each)] if operands else [definition]

    def _windows(
        self, definition: IndicatorVersion, kinds: Mapping[str, tuple[str, ...]], window: str
    ) -> frozenset[str]:
        codes = kinds.get(definition.window, ())
        if window:
            codes = tuple(code for code in codes if code == window or code.startswith(f"{window}-"))
        return frozenset(codes[-1:] if definition.over_time == Rule.LAST else codes)


def _codes(span: Span | None) -> dict[str, tuple[str, ...]]:
    return {kind: taken.codes for kind, taken in taken_windows(span).items()} if span else {}
