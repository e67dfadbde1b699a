import pytest

from tests.reports.checks.filled import cell, codes, filled


@pytest.mark.parametrize(
    ("decimals", "text", "found"),
    [
        (0, "1", False),
        (0, "1.0", False),
        (0, "1.5", True),
        (1, "1.5", False),
        (2, "1.25", False),
        (2, "1.255", True),
        (4, "1.2555", False),
    ],
)
def test_decimals_beyond_those_of_the_indicator_are_an_error(decimals: int, text: str, found: bool) -> None:
    report = filled({"B01": text}, cell("B01", decimals=decimals))

    assert codes("allowed_decimals", report) == ([("B01",)] if found else [])
