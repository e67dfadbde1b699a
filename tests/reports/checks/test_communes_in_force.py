import pytest

from phoihop.reports.enums import Severity
from tests.reports.checks.filled import codes, filled, found


@pytest.mark.parametrize(
    ("cells", "communes", "refused"),
    [
        ({"E01": "45"}, 45, []),
        ({"E01": "46"}, 45, [("E01",)]),
        ({"F04": "46", "C11N": "46"}, 45, [("F04",), ("C11N",)]),
        ({"E02": "300"}, 45, []),
        ({"E01": "na"}, 45, []),
        ({"E01": "1"}, None, []),  # a commune's own
        ({"E01": "1"}, 0, [("E01",)]),
    ],
)
def test_a_count_of_communes_stays_within_those_in_force(
    cells: dict[str, str], communes: int | None, refused: list[tuple[str, ...]]
) -> None:
    report = filled(cells, level="province", communes_below=communes, consolidated=[*cells])

    assert codes("communes_in_force", report) == refused


def test_more_communes_than_there_are_is_an_error() -> None:
    [finding] = found("communes_in_force", filled({"F04": "46"}, level="province", communes_below=45))

    assert finding.severity == Severity.ERROR
