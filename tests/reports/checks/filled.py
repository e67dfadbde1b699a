"""A filled-in report without a database."""

from typing import Any

from phoihop.indicators.models import Indicator, IndicatorVersion
from phoihop.reports.checks.filled import Filled
from phoihop.reports.checks.registry import all_checks
from phoihop.reports.enums import Scope
from phoihop.reports.finding import Finding
from phoihop.reports.queries.cells import FormCell
from phoihop.reports.queries.values import Given

BOTH = frozenset(Scope)


def cell(code: str, *, scopes: frozenset[Scope] = BOTH, **fields: Any) -> FormCell:
    defaults = {"name_vi": f"Chỉ tiêu {code}", "name_en": code, "unit_vi": "cuộc", "kind": "flow"}
    version = IndicatorVersion(indicator=Indicator(code=code), **{**defaults, "over_units": "add", **fields})
    return FormCell(code, version, is_counting=True, scopes_allowed=scopes, order=0)


def filled(cells: dict[str, str], *asked: FormCell, **fields: Any) -> Filled:
    """Every code is asked unless cells are given."""
    at_hand = asked or tuple(cell(code) for code in cells)
    given: dict[str, Any] = {"level": "commune", "known": frozenset(cells), **fields}
    if "consolidated" in given:
        given["consolidated"] = frozenset(given["consolidated"])
    return Filled(asked={each.code: each for each in at_hand}, cells=cells, **given)


def given(cells: dict[str, str], *consolidated: str, whole: bool = True) -> Given:
    return Given(cells, frozenset(consolidated), whole)


def found(check: str, report: Filled) -> list[Finding]:
    return list(all_checks()[check](report))


def codes(check: str, report: Filled) -> list[tuple[str, ...]]:
    return [finding.codes for finding in found(check, report)]
