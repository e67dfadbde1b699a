import unicodedata
from datetime import date

import openpyxl
import pytest

from phoihop.indicators.models import Indicator
from phoihop.orgs.models import Organisation
from phoihop.reports.files.numbers import DecimalMark
from phoihop.reports.files.outcomes import LoadState
from tests.factories.areas import area_under, succeed
from tests.factories.indicators import indicator
from tests.factories.orgs import police_of
from tests.reports.files.conftest import versions

LONG = "organisation,period,indicator,value,scope,note"


def long_row(desk, indicator_code="B01", value="5", index=0, period="ADM-2026-H1", scope="", note=""):
    return ",".join([desk.world.units[index].slug, period, indicator_code, value, scope, note])


def only_problem(outcome):
    [problem] = outcome.problems
    return problem


def test_a_long_table_becomes_reports(desk):
    path = desk.table(
        LONG,
        long_row(desk, "B01", "4"),
        long_row(desk, "B02", "400", note="sáu buổi"),
        long_row(desk, "A01", ""),
        long_row(desk, "B01", "0", index=1),
    )

    outcome = desk.load(path)

    assert (outcome.state, outcome.versions_made, outcome.rows_read) == (LoadState.LOADED, 2, 4)
    assert desk.cells() == {"B01": "4", "B02": "400"}
    assert desk.report().latest_version.notes == {"B02": "sáu buổi"}
    assert desk.report().latest_version.origin == "bulk_file"
    assert desk.cells(1) == {"B01": "0"}


def test_a_wide_table_becomes_reports(desk):
    path = desk.table(
        "area_code;party;period;B01;B02;A01",
        f"{desk.code()};police;ADM-2026-H1;4;400;",
        f"{desk.code(1)};Công an;6 tháng đầu năm 2026;6;na;2",
    )

    assert desk.load(path).versions_made == 2
    assert desk.cells() == {"B01": "4", "B02": "400"}
    assert desk.cells(1) == {"B01": "6", "B02": "na", "A01": "2"}


def test_a_workbook_holds_a_table_as_well(desk):
    book = openpyxl.Workbook()
    book.active.append(["Mã địa bàn", "Bên tham gia", "Kỳ báo cáo", "Chỉ tiêu", "Số liệu"])
    book.active.append([desk.code(), "police", "ADM-2026-H1", "B01", 4])
    book.create_sheet("ghi chú").append(["Số liệu do tổ thư ký tổng hợp"])
    book.save(desk.folder / "bulk.xlsx")

    assert desk.load(desk.folder / "bulk.xlsx").versions_made == 1


def test_a_bad_unit_is_left_out_and_the_good_one_loads(desk):
    outcome = desk.load(
        desk.table(
            LONG, long_row(desk, "B01", "4"), long_row(desk, "B02", "x", index=1), long_row(desk, index=1)
        )
    )

    assert outcome.state is LoadState.PARTLY
    assert only_problem(outcome).cell == "D3"
    assert desk.cells() == {"B01": "4"}
    assert desk.cells(1) == {}


@pytest.mark.parametrize(
    ("row", "cell", "value", "start", "allowed"),
    [
        (("B01", "mười"), "D2", "mười", "“mười” is not a number.", "a number of 0 or more"),
        (("B01", "-5"), "D2", "-5", "-5 is negative", "0 or more"),
        (("P01", "101"), "D2", "101", "101 is above 100 percent", "0 to 100"),
        (("B01", "#REF!"), "D2", "#REF!", "The cell holds the formula error #REF!", "a number of 0 or more"),
        (("B01", "1.5"), "D2", "1.5", "1.5 has too many decimals for the unit “sessions”", "a whole number"),
        (("B01", "9" * 13), "D2", "9" * 13, "9999999999999 is larger than any figure", "at most 12 digits"),
        (("B01", "5", "consolidated"), "E2", "consolidated", "“consolidated” is not a scope", "own"),
        (("N01", "5"), "C2", "N01", "N01 is an indicator of another level (Province, Nation)", "B01"),
        (("F01", "5"), "C2", "F01", "F01 is asked of another party (Fatherland Front)", "B01"),
        (("Y01", "5"), "C2", "Y01", "Y01 is reported by another kind of period (Year)", "B01"),
        (("Z99", "5"), "C2", "Z99", "There is no indicator “Z99”", "B01"),
        (("R01", "5"), "C2", "R01", "R01 is computed from B01, B02. Report those instead.", "B01"),
        (("K01", "5"), "C2", "K01", "K01 is computed by the system", "B01"),
        (("U01", "5"), "C2", "U01", "No programme of the form half asks for U01", "B01"),
    ],
)
def test_a_bad_cell_is_refused_with_its_address_and_what_is_allowed(desk, row, cell, value, start, allowed):
    parts = {"numerator": Indicator.objects.get(code="B01"), "denominator": Indicator.objects.get(code="B02")}
    indicator("R01", "ratio", programme=desk.world.programme, **parts)
    indicator("K01", "system", programme=desk.world.programme)
    indicator("U01")

    outcome = desk.load(
        desk.table(LONG, long_row(desk, *row[:2], scope=row[2] if row[2:] else ""), decimal="point")
    )

    problem = only_problem(outcome)
    below_the_mark = cell.replace("2", "3")
    assert (problem.file, problem.sheet, problem.cell, problem.value) == (
        "bulk.csv",
        "",
        below_the_mark,
        value,
    )
    assert problem.sentence.startswith(start)
    assert problem.allowed.split("; ")[0].startswith(allowed) or allowed in problem.allowed
    assert outcome.state is LoadState.REFUSED
    assert versions() == 0


def test_an_unknown_unit_is_refused_once(desk):
    outcome = desk.load(
        desk.table(LONG, "nowhere,ADM-2026-H1,B01,5,,", "nowhere,ADM-2026-H1,B02,5,,", long_row(desk))
    )

    assert only_problem(outcome).sentence.startswith("There is no organisation with the code “nowhere”.")
    assert outcome.versions_made == 1


def test_an_unknown_area_code_is_refused(desk):
    outcome = desk.load(desk.table("area_code,party,period,B01", "9999,police,ADM-2026-H1,5"))

    assert only_problem(outcome).sentence.startswith(
        "No unit has the code “9999”; the spreadsheet may have dropped"
    )


def test_a_unit_not_in_force_in_the_period_is_refused_and_its_heir_named(desk):
    gone = date(2025, 7, 1)
    old = area_under(desk.world.province, "commune", "Cũ", valid_until=gone)
    police = police_of(old, desk.world.desk)
    Organisation.objects.filter(pk=police.pk).update(valid_until=gone)
    succeed(old, desk.world.communes[0], on=gone)

    by_code = desk.load(
        desk.table("area_code,party,period,B01", f"{old.codes.get().code},police,ADM-2026-H1,5")
    )
    by_slug = desk.load(desk.table(LONG, f"{police.slug},ADM-2026-H1,B01,5,,"))

    assert only_problem(by_code).sentence.startswith(
        "Xã Cũ was not in force in first half of 2026 (15/12/2025–14/06/2026) (in force … – 30/06/2025)"
    )
    assert only_problem(by_code).allowed.startswith("Xã Đăk Hà")
    assert "was not in force in first half of 2026 (15/12/2025–14/06/2026)" in only_problem(by_slug).sentence


def test_a_code_that_two_units_had_in_the_period_is_refused(desk):
    """An official code is no identity: a new unit often reuses an old one's."""
    changed = date(2026, 3, 1)
    old = desk.world.communes[0]
    new = area_under(desk.world.province, "commune", "Mới", valid_from=changed)
    old.codes.update(valid_until=changed)
    new.codes.update(code=desk.code())
    police = police_of(new, desk.world.desk)
    period = desk.report().period
    other = desk.report(1)
    other.organisation, other.area, other.covers_from = police, new, changed
    other.save()

    outcome = desk.load(
        desk.table("area_code,party,period,B01", f"{old.codes.get().code},police,{period.code},5")
    )

    assert "may mean several reports" in only_problem(outcome).sentence
    assert police.slug in only_problem(outcome).allowed


@pytest.mark.parametrize(
    ("header", "row", "start"),
    [
        ("area_code,party,period,B01", "{code},,ADM-2026-H1,5", "An area has organisations of several parties."),
        ("area_code,party,period,B01", "{code},army,ADM-2026-H1,5", "“army” is not a party."),
        ("area_code,party,period,B01", ",police,ADM-2026-H1,5", "The row names no unit."),
        ("area_code,party,period,B01", "{code},police,,5", "The row names no period."),
        ("area_code,party,period,B01", "{code},police,next spring,5", "“next spring” is not a period."),
        ("area_code,party,period,B01", "{code},police,ADM-2027-H1,5", "The period first half of 2027 (15/12/2026–14/06/2027) is not open"),
        ("area_code,party,period,B01", "{code},front,ADM-2026-H1,5", "“{code}/front · ADM-2026-H1” (Xã Đăk Hà) owes no"),
        ("area_code,party,period,form,B01", "{code},police,ADM-2026-H1,other,5", "There is no form “other”."),
        ("organisation,area_code,period,B01", "{slug},{other},ADM-2026-H1,5", "The organisation “{slug}” is of Xã Đăk Hà"),
    ],
)  # fmt: skip
def test_a_row_that_names_no_report_is_refused(desk, header, row, start):
    words = {"code": desk.code(), "other": desk.code(1), "slug": desk.slug}

    outcome = desk.load(desk.table(header, row.format(**words)))

    assert only_problem(outcome).sentence.startswith(start.format(**words))


def test_a_closed_period_takes_no_report(desk):
    period = desk.report().period
    period.closed_at = period.opened_at
    period.save()

    assert only_problem(desk.load(desk.table(LONG, long_row(desk)))).sentence.startswith(
        "The period first half of 2026 (15/12/2025–14/06/2026) is closed."
    )


def test_duplicate_rows_are_refused_even_if_they_agree(desk):
    outcome = desk.load(desk.table(LONG, long_row(desk), long_row(desk)))

    assert only_problem(outcome).sentence.startswith(
        "The same unit and indicator were given before, in cell C2."
    )
    assert versions() == 0


def test_a_unit_given_twice_in_a_wide_table_is_refused(desk):
    header, row = "organisation,period,B01,B02", f"{desk.slug},ADM-2026-H1"

    assert len(desk.load(desk.table(header, f"{row},5,", f"{row},,500")).problems) == 1
    assert versions() == 0


def test_an_ambiguous_number_is_refused_until_the_mark_is_declared(desk):
    rows = (LONG, long_row(desk, "B02", "1.234"), long_row(desk, "B01", "10"))

    assert "1234 where a comma marks decimals" in only_problem(desk.load(desk.table(*rows))).sentence
    assert desk.load(desk.table(*rows, decimal="comma")).versions_made == 1
    assert desk.cells() == {"B01": "10", "B02": "1234"}


def test_the_mark_may_be_given_with_the_load_but_not_against_the_file(desk):
    rows = (LONG, long_row(desk, "M01", "1.25"))

    assert desk.load(desk.table(*rows, decimal="comma"), decimal=DecimalMark.POINT).state is LoadState.REFUSED
    assert desk.load(desk.table(*rows), decimal=DecimalMark.POINT).versions_made == 1
    assert desk.cells() == {"M01": "1.25"}


def test_a_province_may_consolidate(desk):
    slug = desk.world.desk.slug

    outcome = desk.load(
        desk.table(LONG, f"{slug},ADM-2026-H1,N01,7,Số tổng hợp,", f"{slug},ADM-2026-H1,B01,3,own,")
    )

    version = desk.world.report_of(desk.world.desk).latest_version
    assert outcome.problems == []
    assert (version.cells, version.consolidated) == ({"N01": "7", "B01": "3"}, ["N01"])


def test_decomposed_text_is_composed_in_notes_and_refused_in_keys(desk):
    nfd = unicodedata.normalize("NFD", "sáu buổi")
    note = desk.load(desk.table(LONG, long_row(desk, note=nfd)))
    key = desk.load(desk.table(LONG, long_row(desk, "E\u030201", index=1), name="key.csv"))

    assert note.versions_made == 1
    assert desk.report().latest_version.notes == {"B01": "sáu buổi"}
    assert "Unicode NFD" in only_problem(key).sentence
    assert desk.cells(1) == {}


def test_a_decomposed_unit_leaves_that_unit_out(desk):
    slug = unicodedata.normalize("NFD", "công-an-xã")
    Organisation.objects.filter(slug=desk.slug).update(slug="công-an-xã")

    outcome = desk.load(desk.table(LONG, "công-an-xã,ADM-2026-H1,B01,5,,", f"{slug},ADM-2026-H1,B02,500,,"))

    assert "Unicode NFD" in only_problem(outcome).sentence
    assert versions() == 0


def test_merged_cells_in_the_data_are_refused_and_leave_their_unit_out(desk):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(LONG.split(","))
    for row in (long_row(desk, "B01"), long_row(desk, "B02", "500"), long_row(desk, "B01", index=1)):
        sheet.append(row.split(","))
    sheet.merge_cells("A2:A3")
    book.save(desk.folder / "bulk.xlsx")

    outcome = desk.load(desk.folder / "bulk.xlsx")

    assert [problem.cell for problem in outcome.problems] == ["A2", "A3"]
    assert {problem.sentence.split(",")[0] for problem in outcome.problems} == {"The cells A2:A3 are merged"}
    assert (desk.cells(), desk.cells(1)) == ({}, {"B01": "5"})


def test_an_area_code_in_a_number_cell_is_refused_unless_it_is_whole(desk):
    desk.world.communes[0].codes.update(code="24328")
    book = openpyxl.Workbook()
    book.active.append(["area_code", "party", "period", "B01"])
    book.active.append([24328, "police", "ADM-2026-H1", 5])
    book.active.append([328, "police", "ADM-2026-H1", 5])
    book.save(desk.folder / "bulk.xlsx")

    outcome = desk.load(desk.folder / "bulk.xlsx")

    assert only_problem(outcome).sentence.startswith("328 is a number cell, so leading zeros")
    assert outcome.versions_made == 1


@pytest.mark.parametrize(
    ("header", "start"),
    [
        ("organisation,indicator,value", "“bulk.csv” has no table of reports."),
        (
            "organisation,period,indicator,value,wert",
            "“bulk.csv”: the heading “wert” in cell E1 is not known.",
        ),
        ("organisation,period,B01,Q77", "“bulk.csv”: the heading “Q77” in cell D1 is not known."),
        ("organisation,period,B01,B01", "“bulk.csv” has the heading “B01” twice (cell D1)."),
        ("organisation,period,indicator,value,value", "“bulk.csv” has the heading “value” twice (cell E1)."),
    ],
)
def test_a_wrong_heading_refuses_the_table(desk, header, start):
    outcome = desk.load(desk.table(header, "x,y,z,1,w"))

    assert any(problem.sentence.startswith(start) for problem in outcome.problems)
    assert outcome.state is LoadState.REFUSED


def test_a_row_with_more_cells_than_headings_is_refused(desk):
    assert (
        "more cells than there are headings"
        in only_problem(
            desk.load(desk.table("organisation,period,B01", f"{desk.slug},ADM-2026-H1,1,5"))
        ).sentence
    )


def test_the_other_half_of_a_file_with_a_spoilt_sheet_still_loads(desk):
    book = openpyxl.Workbook()
    book.active.append(["organisation", "period", "B01"])
    book.active.append([desk.slug, "ADM-2026-H1", 5])
    spoilt = book.create_sheet("more")
    spoilt.append(["organisation", "period", "Q77"])
    spoilt.append([desk.world.units[1].slug, "ADM-2026-H1", 5])
    book.save(desk.folder / "bulk.xlsx")

    outcome = desk.load(desk.folder / "bulk.xlsx")

    assert outcome.state is LoadState.PARTLY
    assert only_problem(outcome).sheet == "more"
