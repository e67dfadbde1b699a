"""One check is one function in one file of `rules`, both of the same name; a file there is a check."""

import pkgutil
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module

from phoihop.reports.checks import rules
from phoihop.reports.checks.filled import Filled
from phoihop.reports.checks.finding import Finding
from phoihop.reports.enums import Severity

Check = Callable[[Filled], Iterator[Finding]]


@cache
def all_checks() -> dict[str, Check]:
    names = sorted(module.name for module in pkgutil.iter_modules(rules.__path__))
    return {name: getattr(import_module(f"{rules.__name__}.{name}"), name) for name in names}


def findings_in(filled: Filled) -> list[Finding]:
    """Errors first."""
    found = [finding for check in all_checks().values() for finding in check(filled)]
    return sorted(found, key=lambda finding: finding.severity != Severity.ERROR)
