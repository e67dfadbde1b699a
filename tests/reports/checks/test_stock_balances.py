import pytest

from phoihop.reports.content import SCALE
from phoihop.reports.enums import Severity
from tests.reports.checks.filled import filled, found, given

BEFORE = given({"C02": "10"})


@pytest.mark.parametrize(("stock", "balances"), [("13", True), ("12", False), ("14", False)])
def test_stock_is_the_one_before_plus_new_less_stopped(stock: str, balances: bool) -> None:
    report = filled({"C02": stock, "C06": "5", "C07": "2"}, window_before=BEFORE)

    findings = found("stock_balances", report)

    assert [finding.severity for finding in findings] == ([] if balances else [Severity.WARNING])
    if findings:
        assert findings[0].codes == ("C02",)
        assert "13" in findings[0].sentence


def test_movements_of_the_windows_inside_are_taken() -> None:
    moved = {"C06": 5 * SCALE, "C07": 2 * SCALE}

    assert found("stock_balances", filled({"C02": "13"}, window_before=BEFORE, movements=moved)) == []
    assert len(found("stock_balances", filled({"C02": "10"}, window_before=BEFORE, movements=moved))) == 1


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"window_before": given({"B01": "1"})},
        {"window_before": given({"C02": "na"})},
        {"window_before": given({"C02": "10"}, "C02")},
        {"window_before": BEFORE, "is_whole_window": False},
    ],
)
def test_nothing_is_said_where_a_part_is_missing(fields: dict[str, object]) -> None:
    assert found("stock_balances", filled({"C02": "99", "C06": "5", "C07": "2"}, **fields)) == []


def test_nothing_is_said_without_both_movements() -> None:
    assert found("stock_balances", filled({"C02": "99", "C06": "5"}, window_before=BEFORE)) == []
