from tests.reports.checks.filled import cell, codes, filled


def test_indicator_of_another_level_or_form_is_an_error() -> None:
    report = filled({"B01": "1", "F04": "1"}, cell("B01"), known=frozenset({"B01", "F04"}))

    assert codes("asked_of_this_unit", report) == [("F04",)]


def test_unknown_code_is_left_to_its_own_check() -> None:
    assert codes("asked_of_this_unit", filled({"Q99": "1"}, cell("B01"), known=frozenset({"B01"}))) == []
