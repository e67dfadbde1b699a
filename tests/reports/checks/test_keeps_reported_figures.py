from typing import Any

import pytest

from phoihop.reports.actions import Submission, return_report, save_draft, submit_reports
from phoihop.reports.enums import Origin, Severity
from phoihop.reports.errors import ExplanationNeeded
from phoihop.reports.queries.values import handed_in_last
from tests.reports.checks.filled import cell, filled, found, given
from tests.reports.world import CELLS, World, accepted, submitted

ASKED = (cell("B01"), cell("B02"))


def test_figure_left_out_is_named_with_its_value() -> None:
    report = filled({"B01": "4"}, *ASKED, handed_in=given({"B01": "4", "B02": "1400"}))

    [finding] = found("keeps_reported_figures", report)

    assert (finding.severity, finding.codes) == (Severity.WARNING, ("B02",))
    assert "B02 (Chỉ tiêu B02) đã báo cáo 1.400" in finding.sentence


@pytest.mark.parametrize(
    ("before", "now"),
    [
        (None, {"B01": "4"}),
        ({"B01": "4"}, {"B01": "5"}),
        ({"B01": "4", "B02": "400"}, {"B01": "4", "B02": "na"}),  # said to be not applicable
        ({"B01": "4", "B02": "na"}, {"B01": "4"}),
        ({"B01": "4", "B09": "9"}, {"B01": "4"}),  # no longer asked
    ],
)
def test_nothing_lost_is_nothing_said(before: dict[str, str] | None, now: dict[str, str]) -> None:
    report = filled(now, *ASKED, handed_in=given(before) if before else None)

    assert found("keeps_reported_figures", report) == []


@pytest.mark.parametrize("how", ["submitted", "returned", "accepted", "with a draft since"])
def test_what_was_handed_in_is_known_whatever_became_of_it(world: World, how: str) -> None:
    world.open()
    report = world.report_of(world.units[0])
    accepted(report) if how == "accepted" else submitted(report)
    if how in {"returned", "with a draft since"}:
        return_report(report=report, reason="Xem lại B01", by=None)
    if how == "with a draft since":
        save_draft(report=report, cells={"B01": "5"}, by=None)

    with pytest.raises(ExplanationNeeded) as refusal:
        submitted(report, {"B01": "5"}, reason="Đếm lại")

    assert [finding.codes for finding in refusal.value.findings] == [("B02",)]
    noted = submitted(report, {"B01": "5"}, reason="Đếm lại", notes={"B02": "Chưa thống kê xong"})
    assert noted.latest_version is not None
    waiver = noted.latest_version.waivers.get()
    assert (waiver.check_code, waiver.indicator_code) == ("keeps_reported_figures", "B02")


def test_many_reports_are_read_once_and_first_ones_not_at_all(
    world: World, django_assert_num_queries: Any
) -> None:
    period = world.open()
    due = list(period.reports.all())
    with django_assert_num_queries(0):
        assert handed_in_last(period, due) == {}
    given_in = [Submission(report, CELLS) for report in due]
    submit_reports(submissions=given_in, by=None, origin=Origin.BULK_FILE, simulated=True)
    due = list(period.reports.all())

    with django_assert_num_queries(1):
        known = handed_in_last(period, due)

    assert {key: each.cells for key, each in known.items()} == {report.pk: CELLS for report in due}
