from decimal import Decimal

import pytest

from phoihop.reports.queries.outliers import Among, outlier, outliers_of
from tests.factories.areas import area_under
from tests.factories.orgs import police_of
from tests.factories.reports import accepted as accepted_report
from tests.factories.reports import expected, half
from tests.reports.queries.textbook import modified_z
from tests.reports.world import World


def of(*values: int) -> list[Decimal]:
    return [Decimal(value) for value in values]


USUAL = of(38, 40, 42, 39, 41, 40, 44, 36, 40, 40, 41, 39)


@pytest.mark.parametrize(
    ("value", "others", "score"),
    [
        (50, of(1, 2, 3, 4, 5), Decimal("0.6745") * 47),  # median 3, MAD 1
        (3, of(1, 2, 3, 4, 5), Decimal(0)),
        (12, of(2, 2, 2, 2, 7), 10 / Decimal("1.253314")),  # MAD 0: mean deviation 1
        (9, of(4, 4, 4, 4, 4), None),
    ],
)
def test_the_score_is_that_of_the_literature(
    value: int, others: list[Decimal], score: Decimal | None
) -> None:
    assert modified_z(Decimal(value), others) == score


@pytest.mark.parametrize(
    ("value", "others", "is_far"),
    [
        (40, USUAL, False),
        (120, USUAL, True),
        (4, USUAL, True),
        (44, USUAL, False),  # less than five away, whatever the score
        (120, USUAL[:4], False),  # too few to know
        (12, of(10, 10, 10, 10, 10), False),
        (30, of(10, 10, 10, 10, 10), True),
        (3, of(10, 10, 10, 10, 10), True),
        (0, of(0, 0, 0, 0, 0), False),
        (2, of(0, 0, 0, 0, 0), False),
        (20, of(0, 0, 0, 0, 0), True),
    ],
)
def test_what_is_far(value: int, others: list[Decimal], is_far: bool) -> None:
    assert (outlier(Decimal(value), others, Among.OWN) is not None) == is_far


@pytest.mark.parametrize(
    ("value", "others", "among", "sentence"),
    [
        (120, USUAL, Among.OWN, "cao gấp 3 lần trung vị 12 kỳ trước (40)"),
        (4, USUAL, Among.OWN, "bằng 10 % trung vị 12 kỳ trước (40)"),
        (100, USUAL, Among.PEERS, "cao gấp 2,5 lần trung vị 12 đơn vị cùng cấp trong kỳ (40)"),
        (60, USUAL, Among.OWN, "bằng 150 % trung vị 12 kỳ trước (40)"),
        (20, of(0, 0, 0, 0, 0), Among.OWN, "20, trong khi trung vị 5 kỳ trước là 0"),
    ],
)
def test_the_reason_is_said_in_words(value: int, others: list[Decimal], among: Among, sentence: str) -> None:
    far = outlier(Decimal(value), others, among)
    assert far is not None
    assert far.sentence == sentence


@pytest.mark.django_db
def test_a_figure_is_held_against_the_units_own_past_and_its_peers(world: World) -> None:
    unit = world.units[0]
    for year in (2021, 2022, 2023):
        for index in (1, 2):
            accepted_report(expected(half(world.form, year, index), unit), {"B01": "40", "B02": "na"})
    period = half(world.form, 2026, 1)
    for number in range(6):
        peer = police_of(area_under(world.province, "commune", f"Bạn {number}"), world.desk)  # type: ignore[arg-type]
        accepted_report(expected(period, peer), {"B01": str(100 + number), "B02": "5"})
    report = expected(period, unit)
    version = accepted_report(report, {"B01": "120", "B02": "500"})
    report.refresh_from_db()
    found = outliers_of(report, version)
    assert {code: [each.among for each in far] for code, far in found.items()} == {
        "B01": [Among.OWN, Among.PEERS], "B02": [Among.PEERS],
    }  # fmt: skip
    version.consolidated = ["B01"]  # no longer the same kind of figure
    assert "B01" not in outliers_of(report, version)
