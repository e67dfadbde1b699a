"""A rule as it stands in its file, read and checked: every fault is named with its line and field."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import reduce
from pathlib import Path
from typing import Annotated, Literal

from django.utils.translation import gettext as _
from pydantic import BeforeValidator, Field, model_validator

from phoihop.core.yaml_files import Place, Strict, YamlFile, parse_yaml
from phoihop.core.yaml_sentences import refused_choice
from phoihop.reports.checks.expressions import Kind, Node, Refusal, kind_of, parse, substituted
from phoihop.reports.checks.facts import CELL, REPORT, STANDING, WRITTEN
from phoihop.reports.checks.rule import PLACEHOLDER, Each, Row, Rule, Sentence
from phoihop.reports.enums import Severity

SEVERITY = "severity"  # the one column of a row that is neither a code nor a number


class _Sentence(Strict):
    when: str = ""
    text: str = Field(default="", min_length=1)
    one: str = Field(default="", min_length=1)
    many: str = Field(default="", min_length=1)
    count: str = ""

    @model_validator(mode="after")
    def _is_one_or_the_other(self) -> "_Sentence":
        plural = (self.one, self.many, self.count)
        if bool(self.text) == any(plural) or any(plural) != all(plural):
            raise ValueError(
                _("A sentence has either “text”, or “one”, “many” and “count”. Write one of the two.")
            )
        return self


def _listed(sentence: object) -> object:
    """A rule that always says the same may write the text alone."""
    return [{"text": sentence}] if isinstance(sentence, str) else sentence


class _File(Strict):
    name: str = Field(pattern=r"^[a-z0-9_]+$")
    about: str = ""  # the fact of the trade behind the rule
    severity: Literal["error", "warning"]
    each: Each | None = None
    rows: list[dict[str, str | int | float]] = Field(default_factory=list)
    let: dict[str, str] = Field(default_factory=dict)
    where: str = ""
    finding: str = Field(min_length=1)
    codes: list[str] = Field(default_factory=list)
    sentence: Annotated[list[_Sentence], BeforeValidator(_listed)] = Field(min_length=1)


def read_rule(path: Path) -> Rule:
    """Raises: FileRefused."""
    return parse_rule(path.read_text("utf-8"), name=path.name)


def parse_rule(text: str, *, name: str) -> Rule:
    source = parse_yaml(text, name=name)
    return _Reader(source, source.checked(_File)).rule()


class _Reader:
    def __init__(self, source: YamlFile, file: _File) -> None:
        self.source, self.file = source, file
        self.rows = [_row(row, Severity(file.severity)) for row in file.rows]
        self.names = self._names()
        self.let: dict[str, Node] = {}

    def rule(self) -> Rule:
        file = self.file
        self._check_shape()
        for name, text in file.let.items():
            if (node := self._expression(("let", name), text)) is not None:
                self.names[name] = kind_of(node, self.names)
                self.let[name] = node
        conditions = [self._condition(field) for field in ("where", "finding") if getattr(file, field)]
        sentences = list(self._sentences())
        self.source.refuse_if_faulty()
        condition = reduce(lambda left, right: Node("and", (left, right)), filter(None, conditions))
        return Rule(
            file.name,
            Severity(file.severity),
            file.each,
            self.rows,
            condition,
            file.codes,
            sentences,
            self.let,
        )

    def _names(self) -> dict[str, Kind]:
        report = {f"report.{name}": kind for name, (kind, _get) in REPORT.items()}
        cell = {name: kind for name, (kind, _get) in CELL.items()} | STANDING
        if self.file.each == "report":
            return report
        if self.file.each == "entry":
            return report | {name: kind for name, kind in cell.items() if name in WRITTEN}
        if self.file.each == "cell":
            return report | cell
        roles = {role for row in self.rows for role in row.codes}
        numbers = {name for row in self.rows for name in row.numbers}
        of_roles = {f"{role}.{name}": kind for role in roles for name, kind in cell.items()}
        return report | of_roles | dict.fromkeys(numbers, Kind.NUMBER)

    def _check_shape(self) -> None:
        file, blame = self.file, self.source.blame
        if f"{file.name}.yaml" != self.source.name:
            blame(("name",), _("The name is “%(name)s” and the file %(file)s. They are the same, with .yaml.")
                  % {"name": file.name, "file": self.source.name})  # fmt: skip
        if (file.each is None) != bool(file.rows):
            blame(
                ("each",),
                _("A rule is asked of each cell, entry or report, or of its rows: write “each” or “rows”."),
            )
        for index, row in enumerate(self.rows):
            if (row.codes.keys(), row.numbers.keys()) != (
                self.rows[0].codes.keys(),
                self.rows[0].numbers.keys(),
            ):
                blame(
                    ("rows", index),
                    _("The row has other columns than the first one. Only “severity” may be left out."),
                )
        for index, columns in enumerate(file.rows):
            if columns.get(SEVERITY, file.severity) not in Severity.values:
                sentence = refused_choice(columns[SEVERITY], list(Severity.values))
                blame(("rows", index, SEVERITY), sentence)
        roles = self.rows[0].codes.keys() if self.rows else set()
        if file.rows and not file.codes:
            blame(
                ("codes",),
                _("Say on which cells the finding stands: %(roles)s.") % {"roles": ", ".join(roles)},
            )
        for index, role in enumerate(file.codes):
            if role not in roles:
                blame(("codes", index), _("“%(role)s” is no cell of the rows. Allowed: %(roles)s.")
                      % {"role": role, "roles": ", ".join(roles) or "–"})  # fmt: skip

    def _condition(self, field: str) -> Node | None:
        return self._expression((field,), getattr(self.file, field), Kind.YES_NO)

    def _expression(self, place: Place, text: str, wanted: Kind | None = None) -> Node | None:
        """With the names of `let` replaced by what they stand for."""
        try:
            node = parse(text)
            kind = kind_of(node, self.names)
        except Refusal as refusal:
            sentence = _("sign %(at)d of “%(text)s”: %(sentence)s")
            self.source.blame(
                place, sentence % {"at": refusal.at, "text": text, "sentence": refusal.sentence}
            )
            return None
        if wanted and kind != wanted:
            self.source.blame(place, _("“%(text)s” is not answered by yes or no. Compare it with something.")
                              % {"text": text})  # fmt: skip
        return substituted(node, self.let)

    def _sentences(self) -> Iterator[Sentence]:
        is_alone = isinstance(self.source.root["sentence"], str)
        for index, each in enumerate(self.file.sentence):
            place: Place = ("sentence",) if is_alone else ("sentence", index)
            for text in (each.text, each.one, each.many):
                self._check_placeholders(place, text)
            when = self._expression((*place, "when"), each.when, Kind.YES_NO) if each.when else None
            count = self._expression((*place, "count"), each.count) if each.count else None
            yield Sentence(when, each.text or each.one, each.many, count)

    def _check_placeholders(self, place: Place, text: str) -> None:
        for name in PLACEHOLDER.findall(text):
            if self.names.get(name, Kind.YES_NO) == Kind.YES_NO:
                sayable = sorted(name for name, kind in self.names.items() if kind != Kind.YES_NO)
                sentence = _("{%(name)s} says nothing here. Allowed: %(allowed)s.")
                self.source.blame(place, sentence % {"name": name, "allowed": ", ".join(sayable)})


def _row(row: Mapping[str, str | int | float], severity: Severity) -> Row:
    own = row.get(SEVERITY)
    return Row(
        codes={key: value for key, value in row.items() if isinstance(value, str) and key != SEVERITY},
        numbers={
            key: format(Decimal(str(value)), "f") for key, value in row.items() if not isinstance(value, str)
        },
        severity=Severity(own) if own in Severity.values else severity,
    )
