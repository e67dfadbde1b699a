import pytest

from phoihop.reports.enums import Scope
from tests.reports.checks.filled import BOTH, cell, codes, filled

OWN, CONSOLIDATED = frozenset({Scope.OWN}), frozenset({Scope.CONSOLIDATED})


@pytest.mark.parametrize(
    ("scopes", "has_units_below", "consolidated", "found"),
    [
        (BOTH, True, False, False),
        (BOTH, True, True, False),
        (BOTH, False, False, False),
        (BOTH, False, True, True),  # nothing below to stand for
        (OWN, False, True, True),
        (OWN, True, True, True),
        (OWN, False, False, False),
        (CONSOLIDATED, True, True, False),
        (CONSOLIDATED, True, False, True),  # the level enters nothing of its own
    ],
)
def test_scope_of_a_value(
    scopes: frozenset[Scope], has_units_below: bool, consolidated: bool, found: bool
) -> None:
    report = filled(
        {"B01": "1"},
        cell("B01", scopes=scopes),
        has_units_below=has_units_below,
        consolidated=["B01"] if consolidated else [],
    )

    assert codes("scope_allowed", report) == ([("B01",)] if found else [])
