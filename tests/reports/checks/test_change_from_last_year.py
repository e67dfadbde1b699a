import pytest

from phoihop.reports.enums import Severity
from tests.reports.checks.filled import filled, found, given


@pytest.mark.parametrize(
    ("before", "now", "plausible"),
    [
        ("100", "150", True),
        ("100", "150.0001", False),
        ("100", "50", True),
        ("100", "49", False),
        ("100", "100", True),
        ("2", "6", True),  # a difference of 4 says nothing
        ("2", "7", False),
        ("0", "400", True),  # nothing compares with 0
        ("na", "400", True),
    ],
)
def test_change_of_more_than_half_is_to_be_explained(before: str, now: str, plausible: bool) -> None:
    findings = found("change_from_last_year", filled({"B01": now}, year_before=given({"B01": before})))

    assert [finding.severity for finding in findings] == ([] if plausible else [Severity.WARNING])


def test_nothing_is_said_without_a_year_before() -> None:
    assert found("change_from_last_year", filled({"B01": "400"})) == []
    assert found("change_from_last_year", filled({"B01": "400"}, year_before=given({"B02": "1"}))) == []


def test_parts_of_windows_do_not_compare() -> None:
    closing = filled({"B01": "10"}, year_before=given({"B01": "100"}), is_whole_window=False)
    after_closing = filled({"B01": "100"}, year_before=given({"B01": "10"}, whole=False))

    assert found("change_from_last_year", closing) == []
    assert found("change_from_last_year", after_closing) == []


def test_scopes_do_not_compare() -> None:
    report = filled({"B01": "900"}, year_before=given({"B01": "10"}), consolidated=["B01"])

    assert found("change_from_last_year", report) == []
