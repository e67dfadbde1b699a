from datetime import date

import pytest

from phoihop.indicators.models import IndicatorVersion, Selection
from phoihop.indicators.queries import indicator_table, operands_of, selected_by, versions_on
from tests.factories.areas import nation
from tests.factories.indicators import indicator, programme_in

pytestmark = pytest.mark.django_db


def test_selected_by_lists_each_indicator_once() -> None:
    area = nation()
    first, second = programme_in(area), programme_in(area)
    shared = indicator("B01", programme=first)
    own = indicator("A01", programme=second)
    indicator("C01", programme=programme_in(area))
    Selection.objects.create(programme=second, indicator=shared)
    assert list(selected_by([first, second])) == [own, shared]
    assert list(selected_by([])) == []


def test_operands_close_over_ratios_and_over_versions() -> None:
    for code in ("N1", "D1", "N2"):
        indicator(code)
    made = {version.indicator.code: version.indicator for version in IndicatorVersion.objects.all()}
    ratio = indicator(
        "R", "ratio", numerator=made["N1"], denominator=made["D1"], valid_until=date(2026, 1, 1)
    )
    later = IndicatorVersion.objects.get(indicator=ratio)
    later.pk, later.number, later.numerator = None, 2, made["N2"]
    later.valid_from, later.valid_until = date(2026, 1, 1), None
    later.save()
    assert operands_of(["R"]) == {"R", "N1", "N2", "D1"}
    assert operands_of(["N1"]) == {"N1"}
    assert operands_of([]) == set()


def test_table_has_every_version_in_codes() -> None:
    numerator, denominator = indicator("A1"), indicator("A2", "stock")
    indicator("A3", "ratio", numerator=numerator, denominator=denominator, factor=100, decimals=2)
    rows = {row.code: row for row in indicator_table()}
    assert (rows["A3"].numerator, rows["A3"].denominator, rows["A3"].factor) == ("A1", "A2", 100)
    assert (rows["A2"].kind, rows["A2"].over_time, rows["A2"].over_units) == ("stock", "last", "add")
    assert rows["A1"].counting_party == {"commune": "police", "province": "police", "nation": "police"}


def test_versions_on_a_day_are_those_in_force() -> None:
    indicator("A1", valid_until=date(2026, 1, 1))
    indicator("A2", valid_from=date(2026, 1, 1))
    assert [version.indicator.code for version in versions_on(date(2025, 12, 31))] == ["A1"]
    assert [version.indicator.code for version in versions_on(date(2026, 1, 1))] == ["A2"]
