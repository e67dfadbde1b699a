import pytest

from phoihop.reports.checks.registry import rules_as_data
from phoihop.reports.checks.rule_files import Row
from phoihop.reports.enums import Severity
from tests.reports.checks.filled import filled, found

PAIRS = [("F02", "F01"), ("D08", "D07"), ("G02", "G01"), ("H04", "H03"), ("H12", "H11"), ("C08N", "C08D")]


@pytest.mark.parametrize(("part", "whole"), PAIRS)
def test_part_above_its_whole_is_an_error(part: str, whole: str) -> None:
    [finding] = found("part_within_whole", filled({part: "6", whole: "5"}))

    assert (finding.codes, finding.severity) == ((part, whole), Severity.ERROR)


@pytest.mark.parametrize("part", ["C08N", "C08D"])
def test_rated_points_above_those_at_work_are_to_be_explained(part: str) -> None:
    """A point rated in the year may have stopped before its end."""
    [finding] = found("part_within_whole", filled({part: "6", "C02": "5"}))

    assert finding.severity == Severity.WARNING


PARTS = rules_as_data().rules["part_within_whole"].rows


@pytest.mark.parametrize("row", PARTS)
def test_equal_smaller_missing_or_not_applicable_is_fine(row: Row) -> None:
    part, whole = row.codes["part"], row.codes["whole"]
    for cells in ({part: "5", whole: "5"}, {part: "0", whole: "5"}, {part: "6"}, {part: "6", whole: "na"}):
        assert found("part_within_whole", filled(cells)) == []


def test_values_of_different_scopes_are_not_compared() -> None:
    assert found("part_within_whole", filled({"F02": "6", "F01": "5"}, consolidated=["F02"])) == []
