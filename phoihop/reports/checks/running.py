"""Rules at work on one report: each is bound once to the cell or row it is asked of, then only asked."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from operator import attrgetter
from typing import Any

from django.utils.translation import gettext, ngettext

from phoihop.reports.checks.expressions import Constant, Getter, Part, compiled
from phoihop.reports.checks.expressions.compile import getter
from phoihop.reports.checks.expressions.states import literal, state
from phoihop.reports.checks.facts import CELL, REPORT, STANDING, Reading, Standing, standing_of
from phoihop.reports.checks.filled import Filled
from phoihop.reports.checks.rule import PLACEHOLDER, Row, Rule, Sentence
from phoihop.reports.checks.saying import said
from phoihop.reports.enums import Severity
from phoihop.reports.finding import Finding
from phoihop.reports.queries.cells import FormCell

_NOTHING: Row = Row({}, {}, Severity.ERROR)


@dataclass(frozen=True, eq=False)
class Bound:
    """One rule with the names of one cell or row filled in."""

    rule: Rule
    row: Row
    standing: Standing | None  # of the cell it is asked of; None: of a row, or a cell that is not asked
    code: str = ""
    getters: dict[str, Getter] = field(default_factory=dict)

    @cached_property
    def condition(self) -> Part:
        return compiled(self.rule.condition, self.bind)

    @cached_property
    def asks(self) -> Getter:
        return getter(self.condition)

    def finding(self, reading: Reading) -> Finding:
        codes = tuple(self.row.codes[role] for role in self.rule.codes) or ((self.code,) if self.code else ())
        severity = self.row.severity if self.rule.rows else self.rule.severity
        return Finding(self.rule.name, severity, codes, self.sentence(reading))

    def sentence(self, reading: Reading) -> str:
        count, each = next((count, each) for when, count, each in self.sayings if when(reading))
        is_one = count is None or count(reading) == 1
        text = gettext(each.one) if count is None else ngettext(each.one, each.many, 1 if is_one else 2)
        return PLACEHOLDER.sub(lambda match: said(self.named(match[1])(reading)), text)

    @cached_property
    def sayings(self) -> list[tuple[Getter, Getter | None, Sentence]]:
        return [
            (
                getter(compiled(each.when, self.bind)) if each.when else _always,
                getter(compiled(each.count, self.bind)) if each.count else None,
                each,
            )
            for each in self.rule.sentences
        ]

    def named(self, name: str) -> Getter:
        if name not in self.getters:
            let = self.rule.let.get(name)
            self.getters[name] = getter(compiled(let, self.bind) if let else self.bind(name))
        return self.getters[name]

    def bind(self, name: str) -> Part:
        role, dot, fact = name.rpartition(".")
        if role == "report":
            known = self.standing is not None and fact == "level"
            return Constant(self.standing.level) if known and self.standing else REPORT[fact][1]
        if not dot and name in self.row.numbers:
            return Constant(literal(self.row.numbers[name]))
        code = self.row.codes[role] if dot else self.code
        if fact in CELL:
            return CELL[fact][1](code)
        if self.standing:
            return Constant(_standing_value(self.standing, fact))
        return lambda reading: _standing_value(reading.standing(code), fact)


def _always(_reading: Reading) -> bool:
    return True


def _standing_value(standing: Standing, fact: str) -> Any:
    value = attrgetter(fact)(standing)
    return value if STANDING[fact] == "yes or no" else state(value)


class RuleSet:
    def __init__(self, rules: Mapping[str, Rule]) -> None:
        self.rules = rules
        self.of_cells = [rule for rule in rules.values() if rule.each in {"cell", "entry"}]
        self.of_entries = [rule for rule in rules.values() if rule.each == "entry"]
        self.of_rows = [
            Bound(rule, row, None)
            for rule in rules.values()
            if rule.each in {None, "report"}
            for row in rule.rows or [_NOTHING]
        ]
        # Few cells differ in what stands: every form of a catalogue shares them.
        self.of_standing = lru_cache(maxsize=10_000)(self._bound)

    def findings(self, filled: Filled) -> Iterator[Finding]:
        reading = Reading(filled)
        for bound in self.of_rows:
            if bound.asks(reading):
                yield bound.finding(reading)
        asked, level = filled.asked, filled.level
        for code in filled.cells:
            cell = asked.get(code)
            for bound in self._of_cell(cell, level) if cell else self._of_unasked(code):
                if bound.asks(reading):
                    yield bound.finding(reading)

    def _of_cell(self, cell: FormCell, level: str) -> list[Bound]:
        """Kept with the cell too, which many reports share."""
        known: dict[tuple[RuleSet, str], list[Bound]] = vars(cell).setdefault("_bounds", {})
        if (self, level) not in known:
            known[self, level] = self.of_standing(standing_of(cell, level))
        return known[self, level]

    def _bound(self, standing: Standing) -> list[Bound]:
        """Without those that can never speak of such a cell."""
        bounds = [Bound(rule, _NOTHING, standing, standing.code) for rule in self.of_cells]
        return [bound for bound in bounds if bound.condition != Constant(value=False)]

    def _of_unasked(self, code: str) -> list[Bound]:
        return [Bound(rule, _NOTHING, None, code) for rule in self.of_entries]
