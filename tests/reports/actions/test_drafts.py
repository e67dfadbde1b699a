import pytest

from phoihop.core.errors import Conflict, NotAllowed
from phoihop.orgs.enums import Role
from phoihop.reports.actions import return_report, save_draft, submit_report
from phoihop.reports.enums import Origin, ReportState, VersionState
from phoihop.reports.models import Report, ReportVersion
from tests.reports.world import CELLS, World, accepted, submitted


def draft(world: World, cells: dict[str, str], index: int = 0) -> Report:
    return save_draft(
        report=world.report_of(world.units[index]), cells=cells, by=world.officer(index), notes={"B01": "x"}
    )


def test_draft_keeps_what_was_typed_right_or_wrong(world: World) -> None:
    world.open()

    report = draft(world, {"B01": "bốn", "B02": " 7.0 ", "Q99": "-1"})

    assert report.state == ReportState.DRAFT
    version = ReportVersion.objects.get(report=report)
    assert version.state == VersionState.DRAFT
    assert version.cells == {"B01": "bốn", "B02": "7", "Q99": "-1"}
    assert report.first_submitted_at is None


def test_draft_is_written_over_and_becomes_the_submitted_version(world: World) -> None:
    world.open()
    draft(world, {"B01": "1"})
    report = draft(world, {"B01": "2"})

    submitted_report = submit_report(report=report, cells=CELLS, by=world.officer(), origin=Origin.FORM)

    version = ReportVersion.objects.get(report=report)
    assert (version.number, version.state, version.cells) == (1, VersionState.SUBMITTED, CELLS)
    assert submitted_report.latest_version == version


def test_draft_after_a_return_is_the_next_version_and_the_reason_stays(world: World) -> None:
    world.open()
    report = return_report(report=submitted(world.report_of(world.units[0])), reason="Sai", by=None)

    redrafted = draft(world, {"B01": "5"})

    assert redrafted.state == ReportState.RETURNED
    assert list(report.versions.values_list("number", "state", "return_reason")) == [
        (1, "returned", "Sai"),
        (2, "draft", ""),
    ]


def test_draft_of_a_correction_leaves_the_report_accepted(world: World) -> None:
    world.open()
    report = accepted(world.report_of(world.units[0]))

    redrafted = draft(world, {"B01": "5"})

    assert (redrafted.state, redrafted.accepted_version) == (ReportState.ACCEPTED, report.accepted_version)
    assert ReportVersion.objects.in_force().get(report=report) == report.accepted_version


def test_submitted_report_takes_no_draft(world: World) -> None:
    world.open()
    submitted(world.report_of(world.units[0]))

    with pytest.raises(Conflict):
        draft(world, {"B01": "5"})


@pytest.mark.parametrize(
    ("where", "role"),
    [("desk", Role.PROVINCIAL_DESK), ("unit", Role.READER), ("unit", Role.AUDITOR), ("other", Role.APPROVER)],
)
def test_only_the_unit_writes_a_draft(world: World, where: str, role: Role) -> None:
    world.open()
    places = {"desk": world.desk, "unit": world.units[0], "other": world.units[1]}

    with pytest.raises(NotAllowed):
        save_draft(report=world.report_of(world.units[0]), cells=CELLS, by=world.user(places[where], role))
