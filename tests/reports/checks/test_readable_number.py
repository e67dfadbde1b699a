import pytest

from tests.reports.checks.filled import codes, filled, found


@pytest.mark.parametrize("text", ["0", "12", "12.5", "na"])
def test_figures_and_not_applicable_are_read(text: str) -> None:
    assert codes("readable_number", filled({"B01": text})) == []


@pytest.mark.parametrize("text", ["bốn", "1,5", "1.234.567", "1.23456", "NaN", "#REF!", "99999999999999"])
def test_text_in_a_number_is_an_error_that_quotes_it(text: str) -> None:
    [finding] = found("readable_number", filled({"B01": text}))

    assert finding.codes == ("B01",)
    assert text in finding.sentence
    assert "B01 (Chỉ tiêu B01)" in finding.sentence


def test_text_of_an_unknown_code_is_found_too() -> None:
    assert codes("readable_number", filled({"Q9": "x"}, known=frozenset())) == [("Q9",)]
