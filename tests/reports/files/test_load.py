import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from phoihop.audit.models import AuditEvent
from phoihop.orgs.enums import Role
from phoihop.reports.actions import save_draft
from phoihop.reports.files.load import load_report_files, table_files
from phoihop.reports.files.outcomes import LoadState
from phoihop.reports.models import FileLoad, ReportingPeriod
from tests.reports.files.conftest import versions
from tests.reports.files.test_bulk import LONG, long_row
from tests.reports.world import accepted


def test_the_same_bytes_loaded_twice_change_nothing(desk):
    path = desk.table(LONG, long_row(desk))

    first, second = desk.load(path), desk.load(path)

    assert (first.state, second.state) == (LoadState.LOADED, LoadState.KNOWN)
    assert (versions(), FileLoad.objects.count()) == (1, 1)


def test_the_same_values_in_other_bytes_make_no_version(desk):
    desk.load(desk.table(LONG, long_row(desk, "B01", "5"), long_row(desk, "A01", "1")))

    again = desk.load(
        desk.table(LONG, long_row(desk, "A01", " 1 "), long_row(desk, "B01", "5"), name="b.csv")
    )

    assert (again.state, again.unchanged, versions()) == (LoadState.UNCHANGED, 1, 1)


def test_an_accepted_report_loaded_again_as_it_stands_needs_no_reason(desk):
    accepted(desk.report(), {"B01": "5"}, simulated=False)

    again = desk.load(desk.table(LONG, long_row(desk)))

    assert (again.state, again.problems, versions()) == (LoadState.UNCHANGED, [], 1)


def test_a_workbook_saved_again_makes_no_version(desk):
    path = desk.filled({"B01": 4})
    desk.load(path)
    book = openpyxl.load_workbook(path)
    book.properties.title = "saved again"
    book.save(path)

    assert desk.load(path).state is LoadState.UNCHANGED
    assert versions() == 1


def test_an_earlier_file_loaded_again_does_not_bring_back_old_figures(desk):
    first = desk.table(LONG, long_row(desk, "B01", "5"))
    desk.load(first)
    desk.load(desk.table(LONG, long_row(desk, "B01", "6"), name="b.csv"))

    assert desk.load(first).state is LoadState.KNOWN
    assert desk.cells() == {"B01": "6"}


def test_of_a_file_loaded_in_part_only_the_rest_is_tried_again(desk):
    """What stood in the way is gone: the refused unit loads, the other has moved on and stays."""
    period = desk.report().period
    other = ReportingPeriod.objects.get(pk=period.pk)
    other.pk, other.code, other.closed_at = None, "ADM-2025-H2", period.opened_at
    other.save()
    late = desk.report(1)
    late.pk, late.period = None, other
    late.save()
    path = desk.table(
        LONG, long_row(desk, "B01", "5"), long_row(desk, "B01", "7", index=1, period="ADM-2025-H2")
    )

    first = desk.load(path)
    desk.load(desk.table(LONG, long_row(desk, "B01", "6"), name="b.csv"))
    ReportingPeriod.objects.update(closed_at=None)
    second = desk.load(path)

    assert (first.state, first.versions_made, len(first.problems)) == (LoadState.PARTLY, 1, 1)
    assert (second.state, second.versions_made) == (LoadState.LOADED, 1)
    assert desk.cells() == {"B01": "6"}
    assert desk.load(path).state is LoadState.KNOWN


def test_a_refused_file_is_not_remembered(desk):
    path = desk.table(LONG, long_row(desk, "B01", "x"))

    assert desk.load(path).state is LoadState.REFUSED
    assert not FileLoad.objects.exists()


def test_a_load_is_remembered_with_its_problems_and_audited(desk):
    desk.load(desk.table(LONG, long_row(desk), long_row(desk, "B01", "x", index=1)))

    loaded = FileLoad.objects.get()
    assert (loaded.name, loaded.rows_read, loaded.versions_made) == ("bulk.csv", 2, 1)
    assert [problem["cell"] for problem in loaded.problems] == ["D3"]
    assert AuditEvent.objects.get(action="load_report_files").details["sha256"] == loaded.sha256


def test_simulated_figures_are_marked(desk):
    desk.load(desk.table(LONG, long_row(desk)), simulated=True)

    assert desk.report().latest_version.is_simulated


def test_a_reason_given_with_the_load_serves_corrections_without_one(desk):
    accepted(desk.report(), {"B01": "5"}, simulated=False)
    desk.load(desk.table(LONG, long_row(desk, "B01", "6")), reason="Rà soát lại")

    assert desk.report().latest_version.reason == "Rà soát lại"


def test_a_row_may_carry_its_own_reason(desk):
    accepted(desk.report(), {"B01": "5"}, simulated=False)
    desk.load(desk.table(f"{LONG},reason", long_row(desk, "B01", "6") + ",Cộng sót"))

    assert desk.report().latest_version.reason == "Cộng sót"


@pytest.mark.parametrize(
    ("role", "is_taken"), [(Role.APPROVER, True), (Role.READER, False), (Role.AUDITOR, False)]
)
def test_only_who_may_submit_the_report_may_load_it(desk, role, is_taken):
    user = desk.world.user(desk.world.units[0], role)
    [outcome] = load_report_files(paths=[desk.filled({"B01": 4})], by=user).files

    assert (outcome.versions_made == 1) is is_taken
    assert is_taken or "You may not enter the report" in outcome.problems[0].sentence


def test_the_desk_above_may_load_a_table_for_its_units_but_not_another_desks(desk):
    path = desk.table(LONG, long_row(desk), long_row(desk, index=1))
    [outcome] = load_report_files(paths=[path], by=desk.world.provincial_desk).files

    assert outcome.versions_made == 2


def test_a_check_that_refuses_is_listed_at_the_figure_it_speaks_of(desk):
    outcome = desk.load(
        desk.table(
            LONG, long_row(desk, "B01", "10"), long_row(desk, "B02", "999999"), long_row(desk, index=1)
        )
    )

    assert outcome.versions_made == 1
    assert {problem.cell for problem in outcome.problems} <= {"D2", "D3"}
    assert outcome.problems[0].unit == f"{desk.slug} · ADM-2026-H1"


def test_folders_are_searched_for_tables(tmp_path):
    (tmp_path / "deep").mkdir()
    for name in ("b.csv", "deep/a.XLSX", "deep/old.xls", "readme.md", ".hidden.csv", "~$b.xlsx"):
        (tmp_path / name).write_bytes(b"x")

    found = table_files([tmp_path, tmp_path / "readme.md", tmp_path / "b.csv"])

    assert [path.name for path in found] == ["b.csv", "a.XLSX", "old.xls", "readme.md"]


def test_one_bad_file_does_not_lose_the_others(desk):
    spoilt = desk.folder / "a.xlsx"
    spoilt.write_bytes(b"PK\x03\x04")
    outcome = load_report_files(paths=[desk.folder, desk.table(LONG, long_row(desk))], by=None)

    assert [each.state for each in outcome.files] == [LoadState.REFUSED, LoadState.LOADED]
    assert outcome.versions_made == 1


def test_the_look_ups_of_a_file_do_not_grow_with_its_rows(desk):
    few = [long_row(desk, "A01", "5", index) for index in (0, 1)]
    many = [long_row(desk, code, "5", index) for code in ("A01", "M01", "P01") for index in (0, 1)]
    counts = []
    desk.load(desk.table(LONG, *(long_row(desk, "A01", "4", index) for index in (0, 1)), name="first.csv"))
    for number, rows in enumerate((few, many)):
        with CaptureQueriesContext(connection) as queries:
            assert desk.load(desk.table(LONG, *rows, name=f"{number}.csv")).versions_made == 2
        counts.append(len(queries))

    assert counts[0] == counts[1]


@pytest.mark.parametrize("stood", [None, {"B01": "3"}])
def test_a_downloaded_workbook_does_not_write_over_what_was_typed_since(desk, stood):
    if stood:
        save_draft(report=desk.report(), cells=stood, by=None)
    path = desk.filled_in(desk.downloaded(), {"B01": 5})
    save_draft(report=desk.report(), cells={"B01": "4"}, by=None)

    outcome = desk.load(path)

    [problem] = outcome.problems
    assert (outcome.state, outcome.unchanged, desk.cells()) == (LoadState.REFUSED, 0, {"B01": "4"})
    assert problem.sentence == (
        f"The report of {desk.report().organisation.name_vi} was changed since this workbook was downloaded. "
        "Download it again, or upload this one on the report's own page, where both copies can be compared."
    )


def test_a_downloaded_workbook_of_the_draft_that_stands_is_submitted(desk):
    save_draft(report=desk.report(), cells={"B01": "4"}, by=None)

    outcome = desk.load(desk.filled_in(desk.downloaded(), {"B01": 5}))

    assert (outcome.state, desk.report().state, desk.cells()) == (LoadState.LOADED, "submitted", {"B01": "5"})


def test_a_downloaded_workbook_that_says_what_stands_is_no_conflict(desk):
    path = desk.filled_in(desk.downloaded(), {"B01": 5})
    desk.load(desk.table(LONG, long_row(desk, "B01", "5")))

    assert desk.load(path).state is LoadState.UNCHANGED
