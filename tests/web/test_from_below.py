"""The province's own report: sums of what was accepted below, and the words quoted with their source."""

import pytest

from phoihop.orgs.enums import Role
from phoihop.reports.actions import accept_report, submit_report
from phoihop.reports.enums import Origin
from phoihop.reports.models import Report
from phoihop.web.queries.entry_form import entry_form
from phoihop.web.queries.from_below import SumBelow, from_below
from tests.reports.conftest import world as world  # noqa: PLC0414  the small world of reports
from tests.reports.world import CELLS, World
from tests.web.world import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def own(world: World) -> Report:
    world.open()
    return world.report_of(world.desk)


def hand_in(world: World, index: int, words: str, **cells: str) -> Report:
    return submit_report(
        report=world.report_of(world.units[index]),
        cells={**CELLS, **cells},
        narrative={"results": words} if words else {},
        by=world.officer(index),
        origin=Origin.FORM,
    )


def test_only_accepted_figures_are_summed_and_a_missing_one_is_not_zero(world: World, own: Report) -> None:
    accept_report(report=hand_in(world, 0, "", B01="5", B02="na"), by=world.provincial_desk)
    hand_in(world, 1, "")
    below = from_below(own)
    assert below is not None
    assert (below.expected, below.submitted, below.accepted) == (2, 2, 1)
    assert below.sums["B01"] == SumBelow(5, 1)
    assert "B02" not in below.sums
    rows = {row.code: row.below for section in entry_form(own).sections for row in section.rows}
    assert all(each is None or each.total != 0 for each in rows.values())


def test_a_commune_has_nothing_below(world: World, own: Report) -> None:
    assert from_below(world.report_of(world.units[0])) is None


def test_a_paragraph_is_quoted_with_its_source_beside_what_was_written(world: World, own: Report) -> None:
    hand_in(world, 0, "Ra mắt hai tổ **liên gia**")
    hand_in(world, 1, "")
    officer = world.user(world.desk, Role.REPORTING_OFFICER)
    client = client_of(officer)
    client.post(f"/bao-cao/{own.pk}/nhap/", {"mark": "comma", "s-results": "Tỉnh đã làm", "s-causes": "Mưa"})
    address = f"/bao-cao/{own.pk}/cap-duoi/results/"
    page = client.get(address).content.decode()
    assert "<strong>liên gia</strong>" in page
    version = world.report_of(world.units[0]).latest_version
    client.post(address, {"version": [version.pk, "999999"]})
    draft = Report.objects.get(pk=own.pk).latest_version
    source = world.units[0].name_vi
    assert draft.narrative == {
        "results": f"Tỉnh đã làm\n\n“Ra mắt hai tổ **liên gia**” ({source})",
        "causes": "Mưa",
    }


def test_nothing_chosen_an_unknown_part_and_another_units_report_are_refused(
    world: World, own: Report
) -> None:
    client = client_of(world.user(world.desk, Role.REPORTING_OFFICER))
    assert client.post(f"/bao-cao/{own.pk}/cap-duoi/results/").status_code == 302
    assert Report.objects.get(pk=own.pk).latest_version is None
    assert client.get(f"/bao-cao/{own.pk}/cap-duoi/khac/").status_code == 404
    assert client_of(world.officer()).get(f"/bao-cao/{own.pk}/cap-duoi/results/").status_code in {403, 404}
