"""Spans, maps, states, rates, targets and system figures, from reports in the database."""

from datetime import date
from decimal import Decimal

import pytest

from phoihop.areas.actions import rebuild_derived
from phoihop.areas.models import Area
from phoihop.core.errors import DomainError
from phoihop.indicators.models import Indicator, Selection, Target
from phoihop.periods import Span
from phoihop.programmes.models import Programme
from phoihop.reports.models import Report, ReportForm, ReportingPeriod
from phoihop.rollup.compute import compute_coverage, compute_partials, record_run, roll_up
from phoihop.rollup.compute_figures import RollupRow, attainment, change, completeness, percent
from phoihop.rollup.compute_windows import previous_span
from phoihop.rollup.ledger import last_seq
from tests.factories.areas import area_under, nation, put_under, succeed
from tests.factories.indicators import indicator, programme_in
from tests.factories.orgs import police_of
from tests.factories.reports import AT, accepted, enter, expected, half, half_form

pytestmark = pytest.mark.django_db

REFORM = date(2025, 7, 1)
YEAR = Span(date(2024, 12, 15), date(2025, 12, 15))
FIRST_HALF = Span(date(2024, 12, 15), date(2025, 6, 15))


class Country:
    """A nation, a province, communes A and B; both halves of 2025; the police report everywhere."""

    def __init__(self) -> None:
        self.nation = nation()
        self.province = area_under(self.nation, "province", "P")
        self.programme: Programme = programme_in(self.nation)
        self.form: ReportForm = half_form(self.programme)
        self.first, self.second = half(self.form, 2025, 1), half(self.form, 2025, 2)
        self.centre = police_of(self.nation)
        self.desk = police_of(self.province, self.centre)
        self.communes = [self.commune(name) for name in "AB"]

    def commune(self, name: str, **dates: date) -> Area:
        return area_under(self.province, "commune", name, **dates)

    def asks(self, code: str, kind: str = "flow", **fields: object) -> Indicator:
        return indicator(code, kind, programme=self.programme, **fields)

    def due(self, period: ReportingPeriod, area: Area, **fields: object) -> Report:
        organisation = area.organisations.first() or police_of(area, self.desk)
        return expected(period, organisation, **fields)

    def figures(self, span: Span = FIRST_HALF, **options: object) -> dict[tuple[int, str], RollupRow]:
        return roll_up(programmes=[self.programme], span=span, **options).by_area()

    def value(self, area: Area, code: str, span: Span = FIRST_HALF, **options: object) -> Decimal | None:
        return self.figures(span, **options)[area.pk, code].value


@pytest.fixture
def country() -> Country:
    return Country()


def test_figure_climbs_and_says_how_complete_it_is(country: Country) -> None:
    country.asks("B01")
    first, second = (country.due(country.first, area) for area in country.communes)
    accepted(first, {"B01": "12.5"})
    row = country.figures()[country.nation.pk, "B01"]
    assert (row.value, row.reported, row.expected) == (Decimal("12.5"), 1, 2)
    assert completeness(row) == Decimal("50.00")
    assert country.figures()[second.area_id, "B01"].value is None


def test_zero_is_a_value_and_not_applicable_is_none(country: Country) -> None:
    country.asks("B01")
    a, b = (country.due(country.first, area) for area in country.communes)
    accepted(a, {"B01": "0"})
    accepted(b, {"B01": "na"})
    figures = country.figures()
    assert figures[a.area_id, "B01"].value == 0
    assert (figures[b.area_id, "B01"].value, figures[b.area_id, "B01"].reported) == (None, 1)
    assert (figures[country.nation.pk, "B01"].value, figures[country.nation.pk, "B01"].reported) == (0, 2)


def test_flows_add_stocks_take_the_last_window_and_counts_of_one_window_stay_alone(country: Country) -> None:
    country.asks("B01")
    country.asks("C02", "stock")
    country.asks("E01", over_time="none")
    for period, amount in ((country.first, "1"), (country.second, "10")):
        accepted(country.due(period, country.communes[0]), {"B01": amount, "C02": amount, "E01": amount})
    figures = country.figures(YEAR)
    assert figures[country.nation.pk, "B01"].value == 11
    assert figures[country.nation.pk, "C02"].value == 10
    assert (country.nation.pk, "E01") not in figures
    assert country.value(country.nation, "E01", FIRST_HALF) == 1


def test_stock_is_not_carried_forward(country: Country) -> None:
    country.asks("C02", "stock")
    accepted(country.due(country.first, country.communes[0]), {"C02": "7"})
    country.due(country.second, country.communes[0])
    row = country.figures(YEAR)[country.nation.pk, "C02"]
    assert (row.value, row.reported, row.expected) == (None, 0, 1)


def test_stock_of_a_closing_report_is_neither_counted_nor_expected(country: Country) -> None:
    country.asks("C02", "stock")
    country.asks("B01")
    closing = country.due(country.second, country.communes[0], covers_until=REFORM)
    accepted(closing, {"C02": "7", "B01": "3"})
    accepted(country.due(country.second, country.communes[1]), {"C02": "5", "B01": "2"})
    figures = country.figures(YEAR)
    stock, flow = figures[country.nation.pk, "C02"], figures[country.nation.pk, "B01"]
    assert (stock.value, stock.reported, stock.expected) == (5, 1, 1)
    assert (flow.value, flow.reported, flow.expected) == (5, 2, 2)


def test_consolidated_value_counts_only_where_nothing_below_is_asked(country: Country) -> None:
    country.asks("C02", levels=["commune"], counting_party=dict.fromkeys(["commune", "province"], "police"))
    of_province = country.due(country.first, country.province)
    accepted(of_province, {"C02": "40"}, consolidated=["C02"])
    alone = country.figures()[country.nation.pk, "C02"]
    assert (alone.value, alone.reported, alone.expected) == (40, 1, 1)
    country.due(country.first, country.communes[0])
    joined = country.figures()[country.nation.pk, "C02"]
    assert (joined.value, joined.reported, joined.expected) == (None, 0, 1)


def test_value_of_another_party_is_not_added(country: Country) -> None:
    country.asks("B01")
    accepted(country.due(country.first, country.communes[0], party="front"), {"B01": "99"})
    accepted(country.due(country.first, country.communes[1]), {"B01": "1"})
    row = country.figures()[country.nation.pk, "B01"]
    assert (row.value, row.reported, row.expected) == (1, 1, 1)


def test_distinct_count_is_shown_by_its_own_unit_only(country: Country) -> None:
    country.asks("C01", "distinct", over_time="last")
    accepted(country.due(country.first, country.province), {"C01": "48"})
    figures = country.figures()
    assert figures[country.province.pk, "C01"].value == 48
    assert (country.nation.pk, "C01") not in figures


def test_ratio_is_divided_once_and_rounded_half_up(country: Country) -> None:
    part, whole = country.asks("F02"), country.asks("F01")
    country.asks("F03", "ratio", numerator=part, denominator=whole, factor=100, decimals=2)
    a, b = (country.due(country.first, area) for area in country.communes)
    accepted(a, {"F02": "1", "F01": "100"})
    accepted(b, {"F02": "0", "F01": "100"})
    row = country.figures()[country.nation.pk, "F03"]
    assert (row.numerator, row.denominator, row.value) == (1, 200, Decimal("0.50"))
    accepted(b, {"F02": "0", "F01": "700"})
    assert country.value(country.nation, "F03") == Decimal("0.13")  # 0.125


def test_ratio_without_a_denominator_is_missing(country: Country) -> None:
    part, whole = country.asks("F02"), country.asks("F01")
    country.asks("F03", "ratio", numerator=part, denominator=whole, factor=100)
    accepted(country.due(country.first, country.communes[0]), {"F02": "0", "F01": "0"})
    assert country.value(country.nation, "F03") is None


def test_target_is_asked_once_a_window(country: Country) -> None:
    country.asks("B01")
    selection = Selection.objects.get(programme=country.programme)
    Target.objects.create(selection=selection, level="nation", value=Decimal(8))
    for period in (country.first, country.second):
        accepted(country.due(period, country.communes[0]), {"B01": "6"})
    row = country.figures(YEAR)[country.nation.pk, "B01"]
    assert (row.value, row.target, attainment(row)) == (12, 16, Decimal("75.00"))


def test_change_is_against_the_term_before(country: Country) -> None:
    country.asks("B01")
    accepted(country.due(country.first, country.communes[0]), {"B01": "8"})
    accepted(country.due(country.second, country.communes[0]), {"B01": "10"})
    second_half = Span(date(2025, 6, 15), date(2025, 12, 15))
    now = country.figures(second_half)[country.nation.pk, "B01"]
    before = country.figures(previous_span(second_half))[country.nation.pk, "B01"]
    assert change(now, before) == Decimal("25.00")
    assert change(now, None) is None


@pytest.mark.parametrize(
    ("span", "before"),
    [
        (YEAR, Span(date(2023, 12, 15), date(2024, 12, 15))),
        (FIRST_HALF, Span(date(2024, 6, 15), date(2024, 12, 15))),
        (Span(date(2025, 1, 1), date(2025, 1, 11)), Span(date(2024, 12, 22), date(2025, 1, 1))),
    ],
)
def test_previous_span_ends_where_the_span_begins(span: Span, before: Span) -> None:
    assert previous_span(span) == before


def test_correction_replaces_and_withdrawal_takes_away(country: Country) -> None:
    country.asks("B01")
    report = country.due(country.first, country.communes[0])
    accepted(report, {"B01": "5"})
    until = last_seq()
    accepted(report, {"B01": "9"})
    assert country.value(country.nation, "B01") == 9
    assert country.value(country.nation, "B01", upto=until) == 5
    report.state = "withdrawn"
    report.save()
    enter(report, None)
    assert (country.nation.pk, "B01") not in country.figures()


def test_merger_moves_figures_and_changes_no_national_total(country: Country) -> None:
    country.asks("B01")
    a = country.commune("A old", valid_until=REFORM)
    b = country.commune("B old", valid_until=REFORM)
    merged = country.commune("AB", valid_from=REFORM)
    succeed(a, merged, on=REFORM)
    succeed(b, merged, on=REFORM)
    rebuild_derived()
    accepted(country.due(country.first, a), {"B01": "3"})
    accepted(country.due(country.first, b), {"B01": "4"})
    accepted(country.due(country.second, merged, covers_from=REFORM), {"B01": "10"})
    today, before = (country.figures(YEAR, map_key=key) for key in ("2025-07-01", "open"))
    assert today[merged.pk, "B01"].value == 17
    assert (before[a.pk, "B01"].value, before[b.pk, "B01"].value) == (3, 4)
    assert before[country.province.pk, "B01"].unallocated == 10
    assert today[country.nation.pk, "B01"].value == before[country.nation.pk, "B01"].value == 17


def test_split_stays_at_the_unit_that_holds_every_heir(country: Country) -> None:
    country.asks("B01")
    old = country.commune("old", valid_until=REFORM)
    heirs = [country.commune(name, valid_from=REFORM) for name in ("north", "south")]
    succeed(old, *heirs, on=REFORM)
    rebuild_derived()
    accepted(country.due(country.first, old), {"B01": "5"})
    figures = country.figures(map_key="2025-07-01")
    province = figures[country.province.pk, "B01"]
    assert (province.value, province.unallocated) == (5, 5)
    assert not any((heir.pk, "B01") in figures for heir in heirs)
    assert figures[country.nation.pk, "B01"].unallocated == 0


def test_reported_map_keeps_the_parent_of_the_last_day_covered(country: Country) -> None:
    country.asks("B01")
    other = area_under(country.nation, "province", "Q")
    moving = country.commune("moving", valid_until=None)
    moving.parent_links.update(valid_until=REFORM)
    moving.ancestor_links.filter(ancestor=country.province).update(valid_until=REFORM)
    put_under(moving, other, valid_from=REFORM)
    rebuild_derived()
    accepted(country.due(country.first, moving), {"B01": "1"})
    accepted(country.due(country.second, moving), {"B01": "10"})
    figures = country.figures(YEAR)
    assert figures[country.province.pk, "B01"].value == 1
    assert figures[other.pk, "B01"].value == 10
    assert figures[moving.pk, "B01"].value == 11


def test_confirmed_rests_on_what_the_superior_pinned(country: Country) -> None:
    country.asks("B01")
    below = country.due(country.first, country.communes[0])
    above = country.due(country.first, country.province)
    first = accepted(below, {"B01": "5"})
    assert (country.nation.pk, "B01") in country.figures()
    assert country.value(country.nation, "B01", state="confirmed") is None
    accepted(above, {"B01": "100"}).pins.add(first)
    assert country.value(country.nation, "B01", state="confirmed") == 105
    second = accepted(below, {"B01": "6"})
    assert country.value(country.nation, "B01") == 106
    assert country.value(country.nation, "B01", state="confirmed") == 105
    accepted(above, {"B01": "100"}).pins.add(second)
    assert country.value(country.nation, "B01", state="confirmed") == 106


def test_confirmation_goes_level_after_level(country: Country) -> None:
    country.asks("B01")
    commune, province, centre = (
        country.due(country.first, area) for area in (country.communes[0], country.province, country.nation)
    )
    low = accepted(commune, {"B01": "1"})
    middle = accepted(province, {"B01": "10"})
    middle.pins.add(low)
    assert country.value(country.nation, "B01", state="confirmed") is None
    accepted(centre, {"B01": "100"}).pins.add(middle)
    assert country.value(country.nation, "B01", state="confirmed") == 111


def test_system_figures_count_reports_and_communes(country: Country) -> None:
    due, done, timely = (country.asks(code, "system", over_time="add") for code in ("K05D", "K05N", "K06N"))
    country.asks("K05", "system", numerator=done, denominator=due, factor=100, decimals=2)
    country.asks("K06", "system", numerator=timely, denominator=due, factor=100, decimals=2)
    country.asks("K00", "system", over_time="last")
    country.asks("B01")
    a, b, c = (country.due(country.first, area) for area in (*country.communes, country.province))
    accepted(a, {"B01": "1"})
    accepted(b, {"B01": "1"})
    Report.objects.filter(pk=b.pk).update(is_on_time=False)
    waiting = {"state": "submitted", "first_submitted_at": AT, "is_on_time": True}
    Report.objects.filter(pk=c.pk).update(**waiting)
    figures = country.figures()
    nation_row = {code: figures[country.nation.pk, code].value for code in ("K05", "K06", "K00")}
    assert nation_row == {"K05": Decimal("66.67"), "K06": Decimal("33.33"), "K00": Decimal(2)}
    assert figures[c.area_id, "K05"].denominator == 3


def test_units_in_force_are_counted_on_the_map_of_the_window(country: Country) -> None:
    country.asks("K00", "system", over_time="last")
    a = country.commune("A old", valid_until=REFORM)
    b = country.commune("B old", valid_until=REFORM)
    merged = country.commune("AB", valid_from=REFORM)
    succeed(a, merged, on=REFORM)
    succeed(b, merged, on=REFORM)
    rebuild_derived()
    assert country.value(merged, "K00", FIRST_HALF, map_key="2025-07-01") == 2
    assert country.value(merged, "K00", YEAR, map_key="2025-07-01") == 1
    assert country.value(country.nation, "K00", FIRST_HALF) == 4


def test_levels_asked_for_are_the_levels_shown(country: Country) -> None:
    country.asks("B01")
    accepted(country.due(country.first, country.communes[0]), {"B01": "5"})
    rows = list(roll_up(programmes=[country.programme], span=FIRST_HALF, levels=["province"]))
    assert [(row.level, row.value, row.unallocated) for row in rows] == [("province", 5, 0)]


def test_rows_come_from_the_nation_down_in_the_catalogue_s_order(country: Country) -> None:
    for code, order in (("B02", 2), ("B01", 1)):
        Indicator.objects.filter(pk=country.asks(code).pk).update(order=order)
    accepted(country.due(country.first, country.communes[0]), {"B01": "5", "B02": "6"})
    rows = [(row.level, row.indicator) for row in roll_up(programmes=[country.programme], span=FIRST_HALF)]
    levels = ("nation", "province", "commune")
    assert rows == [(level, code) for level in levels for code in ("B01", "B02")]


def test_indicator_of_another_programme_is_left_out(country: Country) -> None:
    country.asks("B01")
    indicator("B02")
    accepted(country.due(country.first, country.communes[0]), {"B01": "5", "B02": "6"})
    assert {code for _, code in country.figures()} == {"B01"}


def test_area_without_a_place_on_the_map_is_refused(country: Country) -> None:
    country.asks("B01")
    rebuild_derived()
    accepted(country.due(country.first, country.commune("later")), {"B01": "5"})
    with pytest.raises(DomainError, match="open"):
        country.figures(map_key="open")


def test_span_without_a_whole_window_is_refused(country: Country) -> None:
    with pytest.raises(DomainError, match="14/01/2025"):
        country.figures(Span.of(date(2025, 1, 1), date(2025, 1, 14)))


def test_unknown_engine_is_refused(country: Country) -> None:
    with pytest.raises(DomainError, match="abacus"):
        country.figures(engine="abacus")


def test_run_notes_what_it_takes_to_repeat_it(country: Country) -> None:
    country.asks("B01")
    accepted(country.due(country.first, country.communes[0]), {"B01": "5"})
    rollup = roll_up(programmes=[country.programme], span=FIRST_HALF, state="confirmed")
    run = record_run(rollup=rollup, programmes=[country.programme])
    assert (run.span_from, run.span_until, run.map_key) == (FIRST_HALF.start, FIRST_HALF.end, "reported")
    assert (run.state, run.ledger_seq, run.engine) == ("confirmed", 1, "duckdb")
    assert run.sql_hash == rollup.sql_hash
    assert set(run.libraries) == {"duckdb", "pyarrow"}
    assert list(run.programmes.all()) == [country.programme]


def test_partials_of_a_window_do_not_depend_on_how_windows_are_batched(
    country: Country, monkeypatch: pytest.MonkeyPatch
) -> None:
    country.asks("B01")
    for period in (country.first, country.second):
        accepted(country.due(period, country.communes[0]), {"B01": "5"})
    together = compute_partials(map_keys=["reported"], states=["received", "confirmed"])
    monkeypatch.setattr("phoihop.rollup.compute.REPORTS_A_BATCH", 0)
    assert compute_partials(map_keys=["reported"], states=["received", "confirmed"]).equals(together)
    only = compute_partials(map_keys=["reported"], states=["received"], periods=[country.first])
    assert set(only["period_id"].to_pylist()) == {country.first.pk}


def test_coverage_counts_reports_by_party_and_level(country: Country) -> None:
    a, b = (country.due(country.first, area) for area in country.communes)
    country.due(country.first, country.province)
    version = accepted(a, {})
    Report.objects.filter(pk=a.pk).update(is_on_time=False)
    rows = compute_coverage(map_keys=["reported"]).to_pylist()
    found = {(row["area_id"], row["level"]): row for row in rows}
    communes = found[country.nation.pk, "commune"]
    counts = ("expected", "submitted", "on_time", "accepted", "timely", "confirmed")
    assert [communes[name] for name in counts] == [2, 1, 0, 1, 0, 0]
    assert found[country.province.pk, "province"]["expected"] == 1
    assert found[b.area_id, "commune"]["accepted"] == 0
    assert version.report_id == a.pk


@pytest.mark.parametrize(
    ("part", "whole", "share"), [(1, 3, "33.33"), (2, 3, "66.67"), (1, 800, "0.13"), (0, 5, "0.00")]
)
def test_percent_rounds_half_up(part: int, whole: int, share: str) -> None:
    assert percent(part, whole) == Decimal(share)


def test_percent_of_nothing_is_missing() -> None:
    assert percent(1, 0) is None
    assert percent(None, 3) is None
