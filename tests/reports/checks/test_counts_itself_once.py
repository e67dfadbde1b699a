import pytest

from tests.reports.checks.filled import cell, codes, filled


@pytest.mark.parametrize(
    ("kind", "over_units", "consolidated", "text", "found"),
    [
        ("distinct", "add", [], "0", False),
        ("distinct", "add", [], "1", False),
        ("distinct", "add", [], "2", True),
        ("distinct", "add", [], "0.5", True),
        ("distinct", "add", ["E01"], "87", False),  # a province says how many of its communes did
        ("distinct", "none", [], "12", False),  # model types: distinct, not added
        ("flow", "add", [], "12", False),
    ],
)
def test_unit_counts_itself_as_one_or_none(
    kind: str, over_units: str, consolidated: list[str], text: str, found: bool
) -> None:
    asked = cell("E01", kind=kind, over_units=over_units)
    report = filled({"E01": text}, asked, consolidated=consolidated)

    assert codes("counts_itself_once", report) == ([("E01",)] if found else [])
