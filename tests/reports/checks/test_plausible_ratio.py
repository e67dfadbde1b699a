import pytest

from phoihop.reports.enums import Severity
from tests.reports.checks.filled import filled, found


@pytest.mark.parametrize(
    ("pair", "plausible"),
    [
        ({"B02": "20", "B01": "1"}, True),
        ({"B02": "19", "B01": "1"}, False),
        ({"B02": "5000", "B01": "10"}, True),
        ({"B02": "5001", "B01": "10"}, False),
        ({"B02": "0", "B01": "0"}, True),
        ({"B02": "30", "B01": "0"}, False),  # attendances of no session
        ({"B02": "0", "B01": "3"}, False),
        ({"B02": "30"}, True),
        ({"B02": "na", "B01": "3"}, True),
        ({"D02": "2", "D01": "1"}, True),
        ({"D02": "31", "D01": "1"}, False),
        ({"D04": "1", "D03": "1"}, False),
        ({"D04": "30", "D03": "1"}, True),
    ],
)
def test_ratio_outside_its_band_is_to_be_explained(pair: dict[str, str], plausible: bool) -> None:
    findings = found("plausible_ratio", filled(pair))

    assert [finding.severity for finding in findings] == ([] if plausible else [Severity.WARNING])


def test_finding_names_both_cells_so_that_a_note_on_either_explains_it() -> None:
    [finding] = found("plausible_ratio", filled({"B02": "8", "B01": "4"}))

    assert finding.codes == ("B02", "B01")
