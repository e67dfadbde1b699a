import pytest

from tests.reports.checks.filled import cell, codes, filled


@pytest.mark.parametrize(
    ("unit", "text", "found"),
    [("%", "100", False), ("%", "100.0001", True), ("%", "250", True), ("cuộc", "250", False)],
)
def test_percent_above_100_is_an_error(unit: str, text: str, found: bool) -> None:
    report = filled({"H08": text}, cell("H08", unit_vi=unit))

    assert codes("percent_at_most_100", report) == ([("H08",)] if found else [])
