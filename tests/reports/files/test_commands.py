import csv

import openpyxl
import pytest
from django.core.management import CommandError, call_command

from phoihop.reports.files.layout import FIRST_ROW, Column
from tests.reports.files.conftest import versions
from tests.reports.files.test_bulk import LONG, long_row

ASKED = {"form": "half", "period": "ADM-2026-H1"}


def fill(path, value):
    book = openpyxl.load_workbook(path)
    book.worksheets[0].cell(FIRST_ROW, Column.VALUE + 1).value = value
    book.save(path)


def test_templates_of_a_province_are_written_filled_in_and_loaded(desk, capsys):
    code = desk.world.province.codes.get().code
    call_command("report_template", **ASKED, all_under=code, party="police", out=desk.folder / "out")
    paths = sorted((desk.folder / "out").glob("*.xlsx"))
    assert len(paths) == 3
    for path in paths:
        fill(path, 3)

    call_command("load_reports", str(desk.folder / "out"))

    assert versions() == 3
    assert "3 files read: 3 report versions submitted" in capsys.readouterr().out


@pytest.mark.parametrize("who", ["organisation", "area"])
def test_one_template_by_organisation_or_by_area_and_party(desk, capsys, who):
    named = {"organisation": desk.slug} if who == "organisation" else {"area": desk.code(), "party": "police"}

    call_command("report_template", **ASKED, **named, out=desk.folder, lang="both")

    path = desk.folder / f"half-ADM-2026-H1-{desk.slug}.xlsx"
    assert capsys.readouterr().out.strip() == str(path)
    assert openpyxl.load_workbook(path).sheetnames[0] == "Báo cáo"


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"organisation": "nowhere"}, "There is no organisation with the code “nowhere”."),
        ({"area": "99999", "party": "police"}, "No unit has the code “99999”."),
        ({"area": "{code}"}, "Write the party beside the area's code."),
        ({"all_under": "99999"}, "No unit has the code “99999”."),
        ({"all_under": "{code}", "party": "front"}, "No unit there owes this report."),
    ],
)
def test_a_template_for_nobody_is_refused_with_a_sentence(desk, options, sentence):
    given = {key: value.format(code=desk.code()) for key, value in options.items()}

    with pytest.raises(CommandError) as caught:
        call_command("report_template", **ASKED, **given, out=desk.folder)
    assert sentence in str(caught.value)


def test_one_table_for_many_units_is_written(desk):
    code = desk.world.province.codes.get().code
    call_command("report_template", **ASKED, all_under=code, shape="wide", out=desk.folder)

    assert (desk.folder / "half-ADM-2026-H1-wide.xlsx").exists()


def test_problems_are_shown_written_and_make_the_command_fail(desk, capsys):
    path = desk.table(LONG, long_row(desk, "B01", "=cmd()"), long_row(desk, index=1))
    with pytest.raises(CommandError) as caught:
        call_command("load_reports", str(path), problems=desk.folder / "problems.csv")

    assert str(caught.value) == "1 problems were found; what they concern was not loaded."
    assert caught.value.returncode == 1
    assert versions() == 1
    shown = capsys.readouterr()
    assert "1 report versions submitted" in shown.out
    assert "D2" in shown.err
    with (desk.folder / "problems.csv").open(encoding="utf-8-sig") as source:
        [row] = csv.DictReader(source)
    assert (row["cell"], row["value"]) == ("D2", "'=cmd()")


def test_the_mark_the_user_and_the_reason_reach_the_load(desk):
    user = desk.world.provincial_desk
    path = desk.table(LONG.replace(",", ";"), f"{desk.slug};ADM-2026-H1;M01;1,25;;")
    call_command("load_reports", str(path), decimal="comma", user=user.username, simulated=True)

    version = desk.report().latest_version
    assert (version.cells, version.submitted_by, version.is_simulated) == ({"M01": "1.25"}, user, True)


@pytest.mark.parametrize(
    ("options", "sentence"), [({"user": "nobody"}, "no active user"), ({}, "No workbook or CSV")]
)
def test_nothing_to_do_is_said(desk, options, sentence):
    with pytest.raises(CommandError) as caught:
        call_command("load_reports", str(desk.folder), **options)
    assert sentence in str(caught.value)
