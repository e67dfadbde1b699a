import unicodedata
from datetime import date, time

import openpyxl
import pytest
from django.utils import translation

from phoihop.indicators.models import IndicatorVersion
from phoihop.reports.files.layout import (
    FIRST_ROW,
    NARRATIVE_FIRST_ROW,
    NARRATIVE_TEXT_COLUMN,
    ORGANISATION_CELL,
    REASON_ROW,
    Column,
)
from phoihop.reports.files.outcomes import LoadState
from phoihop.reports.models import ReportingPeriod
from tests.reports.files.conftest import row_of, versions
from tests.reports.world import accepted


def edited(path, change):
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path)
    return path


def sentences(outcome):
    return [problem.sentence for problem in outcome.problems]


def test_a_filled_template_becomes_a_submitted_report(desk):
    path = desk.filled({"B01": 4, "B02": 400, "A01": "na", "M01": 1.25}, note={"B01": "bốn buổi"})

    def write(book):
        book["Thuyết minh"].cell(NARRATIVE_FIRST_ROW + 1, NARRATIVE_TEXT_COLUMN).value = "Còn chậm"

    outcome = desk.load(edited(path, write))

    version = desk.report().latest_version
    assert (outcome.state, outcome.problems) == (LoadState.LOADED, [])
    assert version.cells == {"B01": "4", "B02": "400", "A01": "na", "M01": "1.25"}
    assert (version.notes, version.narrative) == ({"B01": "bốn buổi"}, {"shortcomings": "Còn chậm"})
    assert (version.origin, version.consolidated) == ("workbook", [])
    assert desk.report().state == "submitted"


def test_a_text_number_is_read_by_the_mark_of_the_template(desk):
    assert desk.load(desk.filled({"B01": "10", "B02": "1.234"})).problems == []
    assert desk.cells() == {"B01": "10", "B02": "1234"}


def test_every_bad_cell_is_listed_at_once_and_nothing_is_submitted(desk):
    outcome = desk.load(desk.filled({"B01": "mười", "B02": -5, "P01": 150, "M01": 1.234, "A01": 3}))

    assert [(problem.cell, problem.value) for problem in outcome.problems] == [
        ("G11", "mười"), ("G12", "-5"), ("G13", "1.234"), ("G14", "150"),
    ]  # fmt: skip
    assert {problem.sheet for problem in outcome.problems} == {"Báo cáo"}
    assert (outcome.state, versions()) == (LoadState.REFUSED, 0)


@pytest.mark.parametrize(
    ("value", "start"),
    [
        ("=SUM(1,2)", "The cell holds a formula whose result was not saved."),
        (date(2026, 1, 2), "The cell holds a date or a logical value (2026-01-02)"),
        (time(5, 30), "The cell holds a date or a logical value (05:30:00)"),
        (True, "The cell holds a date or a logical value (True)"),
        ("12 cuộc", "“12 cuộc” is not a number."),
        ("１２", "“１２” is written with digits of another script or width."),
        ("1.23", "The separators in “1.23” do not make a number in this file. Write it like 1.234,5."),
        (0.85, "0.85 has too many decimals"),
        (1e300, "1" + "0" * 59),
    ],
)
def test_a_value_that_is_no_plain_number_is_refused(desk, value, start):
    assert sentences(desk.load(desk.filled({"B01": value})))[0].startswith(start)


def test_a_refused_figure_is_written_with_the_readers_own_decimal_mark(desk):
    path = desk.filled({"B01": "1,234"})

    with translation.override("vi"):
        assert sentences(desk.load(path))[0].startswith("1,234 có quá nhiều chữ số thập phân")
    assert sentences(desk.load(path))[0].startswith("1.234 has too many decimals")


def test_a_formula_error_is_refused_by_name(desk):
    def spoil(book):
        cell = book["Báo cáo"].cell(row_of(book, "B01"), Column.VALUE + 1)
        cell.value, cell.data_type = "#REF!", "e"

    outcome = desk.load(edited(desk.template(), spoil))

    assert outcome.problems[0].value == "#REF!"
    assert sentences(outcome)[0].startswith("The cell holds the formula error #REF!.")


def test_merged_cells_in_the_data_are_refused(desk):
    path = edited(desk.filled({"B01": 4}), lambda book: book["Báo cáo"].merge_cells("G11:G12"))

    outcome = desk.load(path)

    assert [problem.cell for problem in outcome.problems] == ["G11", "G12"]
    assert sentences(outcome)[0].startswith("The cells G11:G12 are merged")


def test_decomposed_text_is_composed_in_notes_and_refused_in_codes(desk):
    nfd = unicodedata.normalize("NFD", "bốn buổi")
    assert desk.load(desk.filled({"B01": 4}, note={"B01": nfd})).problems == []
    assert desk.report().latest_version.notes == {"B01": "bốn buổi"}

    def spoil(book):
        book["Báo cáo"].cell(FIRST_ROW, 1).value = unicodedata.normalize("NFD", "Á01")

    assert "Unicode NFD" in sentences(desk.load(edited(desk.filled({"B01": 4}, index=1), spoil)))[0]


def test_a_hidden_row_is_read(desk):
    def hide(book):
        book["Báo cáo"].row_dimensions[row_of(book, "B01")].hidden = True

    assert desk.load(edited(desk.filled({"B01": 4}), hide)).versions_made == 1


def test_another_years_template_is_refused(desk):
    path = desk.filled({"B01": 4})
    ReportingPeriod.objects.update(code="ADM-2025-H1")

    assert sentences(desk.load(path)) == [
        "The period first half of 2026 (15/12/2025–14/06/2026) is not open for reports. Load figures of an open period."
    ]


def test_a_template_of_a_closed_period_is_refused(desk):
    path = desk.filled({"B01": 4})
    period = desk.report().period
    period.closed_at = period.opened_at
    period.save()

    [problem] = desk.load(path).problems
    assert problem.sentence.startswith(
        "The period first half of 2026 (15/12/2025–14/06/2026) is closed. Make the template of an open period"
    )


def test_a_template_whose_period_was_rewritten_by_hand_is_refused(desk):
    other = desk.report(1)
    ReportingPeriod.objects.create(
        form=other.period.form, code="ADM-2025-H1", start=date(2024, 12, 15), end=date(2025, 6, 15),
        opened_at=other.period.opened_at,
    )  # fmt: skip

    def rewrite(book):
        book["meta"]["B3"] = "ADM-2025-H1"

    [sentence] = sentences(desk.load(edited(desk.filled({"B01": 4}), rewrite)))
    assert "owes no report in first half of 2025 (15/12/2024–14/06/2025)" in sentence


def test_figures_in_another_units_template_are_refused(desk):
    def rename(book):
        book["Báo cáo"].cell(*ORGANISATION_CELL).value = desk.report(1).organisation.slug

    [sentence] = sentences(desk.load(edited(desk.filled({"B01": 4}), rename)))
    assert f"but the template was made for “{desk.slug}”" in sentence


def test_a_template_made_before_the_form_changed_is_refused(desk):
    path = desk.filled({"B01": 4})
    IndicatorVersion.objects.filter(indicator__code="B01").update(number=2)

    assert "its form has changed since" in sentences(desk.load(path))[0]


def test_a_template_made_before_the_unit_was_cut_short_is_refused(desk):
    path = desk.filled({"B01": 4})
    report = desk.report()
    report.covers_until = date(2026, 3, 1)
    report.save()

    assert "made for another year or unit, or its form has changed" in sentences(desk.load(path))[0]


def test_a_removed_row_and_a_double_row_are_refused(desk):
    def shuffle(book):
        sheet = book["Báo cáo"]
        sheet.cell(row_of(book, "B02"), 1).value = "B01"

    problems = sentences(desk.load(edited(desk.filled({"B01": 4}), shuffle)))

    assert problems[0].startswith("The indicator B01 stands in two rows.")
    assert problems[1].startswith("The row of the indicator B02 is gone.")


def test_an_indicator_of_another_level_typed_into_a_template_is_refused(desk):
    def write(book):
        book["Báo cáo"].cell(row_of(book, "B02"), 1).value = "N01"

    assert "another level" in sentences(desk.load(edited(desk.filled({"B01": 4}), write)))[0]


def test_a_scope_the_level_does_not_have_is_refused(desk):
    outcome = desk.load(desk.filled({"B01": 4}, scope={"B01": "Số tổng hợp"}))

    assert sentences(outcome) == [
        "“Số tổng hợp” is not a scope this cell may have. Choose: own (Số của đơn vị)."
    ]


def test_a_correction_carries_its_reason(desk):
    accepted(desk.report(), {"B01": "4"})
    path = desk.filled({"B01": 5})
    refused = desk.load(path)

    def write(book):
        book["Thuyết minh"].cell(REASON_ROW, NARRATIVE_TEXT_COLUMN).value = "Bổ sung một cuộc"

    corrected = desk.load(edited(path, write))

    assert "Give the reason why its figures change" in sentences(refused)[0]
    assert corrected.versions_made == 1
    assert desk.report().latest_version.reason == "Bổ sung một cuộc"


def test_a_report_the_checks_refuse_is_listed_at_its_cell_until_a_note_explains_it(desk):
    """B02 is far out of proportion to B01: a question to the desk."""
    figures = {"B01": 1, "B02": 99_999}

    refused = desk.load(desk.filled(figures))
    explained = desk.load(desk.filled(figures, note={"B02": "Mít tinh toàn tỉnh"}))

    assert refused.problems[0].cell in {"G11", "G12"}
    assert (explained.problems, explained.versions_made) == ([], 1)
