"""Many reports are judged as each of them by itself, without measuring every figure against every other."""

from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from phoihop.areas.enums import Level
from phoihop.orgs.models import Organisation
from phoihop.reports.actions import correct_report
from phoihop.reports.content import SCALE, unscaled
from phoihop.reports.enums import Origin
from phoihop.reports.models import Report
from phoihop.reports.queries.far import is_far
from phoihop.reports.queries.outliers import outliers_of
from phoihop.reports.queries.unusual import unusual_in
from tests.factories.areas import area_under
from tests.factories.orgs import police_of
from tests.factories.reports import accepted, expected, half
from tests.reports.queries import textbook
from tests.reports.world import World

numbers = st.integers(-30, 60).map(lambda each: each * SCALE) | st.integers(-(10**17), 10**17)
alike = st.lists(st.sampled_from([each * SCALE for each in (0, 1, 7, 7, 7, 40)]), max_size=40)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(numbers, st.lists(numbers, max_size=40) | alike)
def test_the_short_way_finds_what_measuring_each_finds(value: int, others: list[int]) -> None:
    measured = textbook.is_far(unscaled(value), [unscaled(each) for each in others])
    assert is_far(value, sorted(others)) == measured


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(numbers, st.lists(numbers, min_size=1, max_size=40) | alike.filter(bool), st.randoms())
def test_one_of_them_may_be_left_out(value: int, every: list[int], random: Random) -> None:
    out = random.choice(every)
    others = [*every]
    others.remove(out)
    assert is_far(value, sorted(every), out) == is_far(value, sorted(others))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 2**32))
def test_figures_as_a_country_has_them_are_judged_the_same(seed: int) -> None:
    """Around one size, many of them zero: where scores lie on both sides of the limit."""
    random = Random(seed)  # noqa: S311 figures of a test
    usual, spread, empty = random.choice([(3, 2), (40, 9), (900, 300)]), random.random(), random.random()
    others = [
        0 if random.random() < empty / 2 else round(random.gauss(usual[0], usual[1] * spread) * SCALE)
        for _number in range(random.randrange(5, 80))
    ]
    for value in [round(usual[0] * random.uniform(-1, 6)) * SCALE for _number in range(10)]:
        measured = textbook.is_far(unscaled(value), [unscaled(each) for each in others])
        assert is_far(value, sorted(others)) == measured
        out = random.choice(others)
        assert is_far(value, sorted([*others, out]), out) == measured


@pytest.fixture
def units(world: World) -> list[Organisation]:
    communes = [area_under(world.province, Level.COMMUNE, f"Xã {number}") for number in range(12)]
    return [*world.units, *(police_of(commune, world.desk) for commune in communes)]


def waiting(period: object) -> list[Report]:
    Report.objects.filter(period=period).update(state="submitted")
    reports = Report.objects.filter(period=period).order_by("pk")
    return list(reports.select_related("latest_version", "period__form"))


def alone(reports: list[Report]) -> dict[int, int]:
    return {each.pk: len(outliers_of(each, each.latest_version)) for each in reports if each.latest_version}


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(4))
def test_unusual_figures_of_many_are_those_of_each(
    world: World, units: list[Organisation], seed: int
) -> None:
    random = Random(seed)  # noqa: S311 figures of a test

    def cells() -> dict[str, str]:
        usual, spread = random.choice([(4, 1), (400, 40), (0, 0)])
        given = {code: round(random.gauss(usual, spread)) for code in ("B01", "B02")}
        if random.random() < 0.2:
            given["B01"] = random.choice([90, -50, 3_000])
        return {
            code: random.choice([str(number), str(number), f"{number}.5", "na"])
            for code, number in given.items()
        }

    for earlier in [half(world.form, year, 1) for year in range(2019, 2026)]:
        for unit in units:
            accepted(expected(earlier, unit), cells())
    period = half(world.form, 2026, 1)
    for unit in units:
        version = accepted(expected(period, unit), cells())
        version.consolidated = random.choice([[], [], ["B02"]])
        version.save()
    reports = waiting(period)
    found = unusual_in(reports)
    assert found == alone(reports)
    assert any(found.values())


@pytest.mark.django_db
def test_a_correction_is_held_against_others_only_not_against_what_it_corrects(
    world: World, units: list[Organisation]
) -> None:
    period = half(world.form, 2026, 1)
    for unit in units[:6]:
        accepted(expected(period, unit), {"B01": "4", "B02": "400"})
    report = Report.objects.filter(period=period).order_by("pk")[0]
    correct_report(
        report=report,
        cells={"B01": "20", "B02": "400"},
        reason="Đếm sót",
        by=None,
        origin=Origin.FORM,
        simulated=True,
    )
    reports = waiting(period)
    assert unusual_in(reports) == alone(reports) == {report.pk: 1} | {each.pk: 0 for each in reports[1:]}


@pytest.mark.django_db
def test_unusual_figures_of_many_cost_two_queries(
    world: World, units: list[Organisation], django_assert_num_queries: object
) -> None:
    period = half(world.form, 2026, 1)
    for unit in units:
        accepted(expected(period, unit), {"B01": "4", "B02": "400"})
    reports = waiting(period)
    with django_assert_num_queries(2):  # type: ignore[operator]
        unusual_in(reports)
