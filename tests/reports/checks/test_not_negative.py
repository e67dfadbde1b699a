import pytest

from tests.reports.checks.filled import codes, filled


@pytest.mark.parametrize(("text", "found"), [("-1", True), ("-0.0001", True), ("0", False), ("1", False)])
def test_negative_count_is_an_error(text: str, found: bool) -> None:
    assert codes("not_negative", filled({"B01": text})) == ([("B01",)] if found else [])
