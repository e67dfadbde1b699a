from collections.abc import Iterator

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from phoihop.areas.models import AreaCode
from phoihop.orgs.enums import Role
from phoihop.reports.enums import ReportState
from tests.reports.world import World, accepted, submitted

H1 = "First half of 2026 (15/12/2025–14/06/2026)"
ASKED = {"form": "half", "period": "ADM-2026-H1"}


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def test_submitted_reports_under_an_area_are_accepted(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    world.open()
    AreaCode.objects.create(area=world.province, code="51")
    submitted(world.report_of(world.units[0]))

    call_command("decide_reports", "accept", **ASKED, all_under="51", user=world.provincial_desk.username)

    assert capsys.readouterr().out == "1 reports accepted; 2 others left as they are.\n"
    states = [world.report_of(unit).state for unit in (*world.units, world.desk)]
    assert states == [ReportState.ACCEPTED, ReportState.EXPECTED, ReportState.EXPECTED]


def test_a_report_is_returned_with_its_reason(world: World) -> None:
    world.open()
    report = submitted(world.report_of(world.units[0]))

    with pytest.raises(CommandError, match=r"^Give the reason for returning the report"):
        call_command("decide_reports", "return", **ASKED, organisation=world.units[0].slug)
    call_command("decide_reports", "return", **ASKED, organisation=world.units[0].slug, reason="Kiểm tra B02")

    report.refresh_from_db()
    assert (report.state, report.latest_version.return_reason) == (ReportState.RETURNED, "Kiểm tra B02")


def test_who_may_not_decide_is_told_who_can(world: World) -> None:
    world.open()
    report = submitted(world.report_of(world.units[0]))
    officer = world.user(world.units[0], Role.REPORTING_OFFICER)

    with pytest.raises(CommandError, match=r"^You may not decide on the report of"):
        call_command(
            "decide_reports", "accept", **ASKED, organisation=world.units[0].slug, user=officer.username
        )
    with pytest.raises(CommandError, match="There is no active user “nobody”"):
        call_command("decide_reports", "accept", **ASKED, organisation=world.units[0].slug, user="nobody")

    report.refresh_from_db()
    assert report.state == ReportState.SUBMITTED


def test_a_report_that_waits_for_nobody_is_refused_by_name(world: World) -> None:
    world.open()

    with pytest.raises(CommandError, match=r"is now in the state “.*”\. A report can be accepted only in"):
        call_command("decide_reports", "accept", **ASKED, organisation=world.units[0].slug)


def test_a_period_is_followed_frozen_and_locked(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    period = world.open()
    world.form.scopes.filter(level="province").delete()
    accepted(world.report_of(world.units[0]))

    for step in ("follow", "freeze", "lock"):
        call_command("run_period", step, **ASKED)

    assert capsys.readouterr().out.splitlines() == [
        f"{H1}: 0 reports added, 2 with other days or duties, 1 no longer due, 0 due again.",
        f"{H1}: the list of 2 reports due is frozen.",
        f"{H1}: 1 reports are locked.",
    ]
    period.refresh_from_db()
    assert period.list_frozen_at
    with pytest.raises(
        CommandError,
        match=r"^The list of reports due for first half of 2026 \(15/12/2025–14/06/2026\) was frozen",
    ):
        call_command("run_period", "follow", **ASKED)
