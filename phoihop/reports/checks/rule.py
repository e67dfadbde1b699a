"""A rule kept as data, read and found sound: rule_files.py."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from phoihop.reports.checks.expressions import Node
from phoihop.reports.enums import Severity

Each = Literal["cell", "entry", "report"]
PLACEHOLDER = re.compile(r"\{([a-z0-9_.]+)\}")


@dataclass(frozen=True, slots=True)
class Row:
    """What a rule is asked of: codes by their role, numbers by their name."""

    codes: Mapping[str, str]
    numbers: Mapping[str, str]
    severity: Severity


@dataclass(frozen=True, slots=True)
class Sentence:
    when: Node | None
    one: str
    many: str = ""
    count: Node | None = None


@dataclass(frozen=True, eq=False)
class Rule:
    name: str
    severity: Severity
    each: Each | None  # None: asked of its rows
    rows: Sequence[Row]
    condition: Node
    codes: Sequence[str]  # roles; empty: the cell itself
    sentences: Sequence[Sentence]
    let: Mapping[str, Node] = field(default_factory=dict)
