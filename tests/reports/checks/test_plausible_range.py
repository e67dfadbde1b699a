import pytest

from phoihop.reports.enums import Severity
from tests.reports.checks.filled import cell, filled, found

RANGE = {"commune": [2, 60], "province": [300, 1500], "nation": [1, 500]}


@pytest.mark.parametrize(
    ("level", "text", "fields", "plausible"),
    [
        ("commune", "2", {}, True),
        ("commune", "60", {}, True),
        ("commune", "61", {}, False),
        ("commune", "1", {}, False),
        ("commune", "1", {"is_whole_window": False}, True),  # fewer days, fewer of them
        ("commune", "61", {"is_whole_window": False}, False),
        ("province", "5", {}, True),  # its own part of the whole province's
        ("province", "5", {"consolidated": ["B01"]}, False),
        ("province", "1501", {}, False),
        ("nation", "0", {}, False),
        ("district", "99999", {}, True),  # no range is known
        ("commune", "na", {}, True),
    ],
)
def test_value_outside_the_range_of_its_level_is_to_be_explained(
    level: str, text: str, fields: dict[str, object], plausible: bool
) -> None:
    report = filled({"B01": text}, cell("B01", plausible=RANGE), level=level, **fields)

    findings = found("plausible_range", report)

    assert [finding.severity for finding in findings] == ([] if plausible else [Severity.WARNING])
