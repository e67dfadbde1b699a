"""A file in `rules` is a check of the same name: YAML where the report's own facts suffice, else Python.

A Python rule is one function of its file's name.
"""

import pkgutil
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

from phoihop.reports.checks import rules
from phoihop.reports.checks.filled import Filled
from phoihop.reports.checks.rule_files import read_rule
from phoihop.reports.checks.running import RuleSet
from phoihop.reports.enums import Severity
from phoihop.reports.finding import Finding

Check = Callable[[Filled], Iterator[Finding]]


@cache
def rules_as_data() -> RuleSet:
    """Raises: FileRefused."""
    paths = sorted(Path(rules.__path__[0]).glob("*.yaml"))
    return RuleSet({path.stem: read_rule(path) for path in paths})


@cache
def rules_in_python() -> dict[str, Check]:
    names = sorted(module.name for module in pkgutil.iter_modules(rules.__path__))
    return {name: getattr(import_module(f"{rules.__name__}.{name}"), name) for name in names}


@cache
def all_checks() -> dict[str, Check]:
    as_data = {name: RuleSet({name: rule}).findings for name, rule in rules_as_data().rules.items()}
    return dict(sorted({**as_data, **rules_in_python()}.items()))


def findings_in(filled: Filled) -> list[Finding]:
    """Errors first, then by the check's name."""
    found = [finding for check in rules_in_python().values() for finding in check(filled)]
    found += rules_as_data().findings(filled)
    return sorted(found, key=lambda finding: (finding.severity != Severity.ERROR, finding.check))
