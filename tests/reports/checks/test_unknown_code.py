from tests.reports.checks.filled import cell, codes, filled


def test_code_of_no_indicator_in_force_is_an_error() -> None:
    report = filled({"B01": "1", "Q99": "1"}, cell("B01"), known=frozenset({"B01"}))

    assert codes("unknown_code", report) == [("Q99",)]


def test_code_in_force_but_not_asked_is_known() -> None:
    assert codes("unknown_code", filled({"F01": "1"}, cell("B01"), known=frozenset({"F01"}))) == []
