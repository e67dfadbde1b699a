"""What forms ask is kept in memory, and seen to have changed whoever changed it and however."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction

from phoihop.indicators.models import Indicator, IndicatorVersion, Selection
from phoihop.programmes.models import Programme
from phoihop.reports.models import FormMark, Report, ReportForm
from phoihop.reports.queries.cells import cells_of, form_fingerprint
from phoihop.reports.queries.kept import form_mark
from tests.factories.indicators import indicator
from tests.reports.world import H1, World


@pytest.fixture
def report(world: World) -> Report:
    world.open()
    return fresh(world.report_of(world.units[0]))


def fresh(report: Report) -> Report:
    """As the next request reads it."""
    return Report.objects.select_related("period__form").get(pk=report.pk)


def by_hand(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def b02() -> Any:
    return IndicatorVersion.objects.filter(indicator__code="B02")


CHANGES: dict[str, Callable[[World], object]] = {
    "a definition more": lambda world: indicator("B03", programme=world.programme),
    "a definition changed in place, in bulk": lambda world: b02().update(name_en="Other"),
    "a definition changed by hand": lambda world: by_hand(
        "UPDATE indicators_indicatorversion SET decimals = 3 WHERE id = %s", b02().get().pk
    ),
    "a definition taken away": lambda world: b02().delete(),
    "an order changed": lambda world: Indicator.objects.filter(code="B02").update(order=7),
    "a selection more": lambda world: Selection.objects.create(
        programme=world.programme, indicator=indicator("B04")
    ),
    "a selection taken away": lambda world: Selection.objects.filter(indicator__code="B02").delete(),
    "a term ended": lambda world: Programme.objects.update(term_until=H1.start),
    "a programme served by the form": lambda world: world.form.programmes.clear(),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_every_change_is_seen_by_a_process_that_keeps_the_form(
    world: World, report: Report, change: Callable[[World], object]
) -> None:
    before, mark = asked(report), form_mark()
    change(world)
    assert form_mark() != mark
    assert asked(fresh(report)) != before
    assert asked(fresh(report)) == read_anew(report)


def asked(report: Report) -> list[tuple[Any, ...]]:
    """With what no key and no number of the definition tells."""
    return [
        (cell.code, cell.version.pk, cell.version.name_en, cell.version.decimals, cell.order)
        for cell in cells_of(report)
    ]


def read_anew(report: Report) -> list[tuple[Any, ...]]:
    FormMark.objects.all().delete()
    return asked(fresh(report))


def test_an_unchanged_form_costs_its_mark_only(report: Report, django_assert_num_queries: Any) -> None:
    known = asked(report), form_fingerprint(report)
    again = fresh(report)
    with django_assert_num_queries(1):
        assert (asked(again), form_fingerprint(again)) == known


def test_what_was_rolled_back_never_stands_for_what_came_after(world: World, report: Report) -> None:
    before, mark = asked(report), form_mark()
    with transaction.atomic():
        b02().update(decimals=3)
        undone = asked(fresh(report))
        transaction.set_rollback(True)
    assert (form_mark(), asked(fresh(report))) == (mark, before)
    b02().update(decimals=2)
    assert asked(fresh(report)) not in (before, undone)


def test_without_the_mark_nothing_is_kept_and_the_next_change_brings_it_back(
    world: World, report: Report
) -> None:
    FormMark.objects.all().delete()
    assert form_mark() is None
    assert asked(fresh(report)) == asked(report)
    b02().update(decimals=3)
    assert (form_mark() is None, asked(fresh(report))[-1][3]) == (False, 3)


def test_two_forms_are_kept_apart(world: World, report: Report) -> None:
    other = ReportForm.objects.create(code="other", title_vi="Khác", title_en="Other", window="half")
    again = fresh(report)
    assert asked(again)
    again.period.form = other
    assert asked(again) == []
