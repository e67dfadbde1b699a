"""The province's own report: sums of what was accepted below, and the words quoted with their source."""

from datetime import date

import pytest

from phoihop.areas.models import AreaTitle
from phoihop.orgs.enums import Role
from phoihop.orgs.models import Organisation
from phoihop.reports.actions import accept_report, submit_report
from phoihop.reports.enums import Origin, Section
from phoihop.reports.models import Report
from phoihop.web.queries.entry_form import entry_form
from phoihop.web.queries.from_below import SumBelow, from_below, words_below
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
    client.post(address, {"version": [version.pk]})
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
    unchosen = client.post(f"/bao-cao/{own.pk}/cap-duoi/results/")
    assert unchosen.status_code == 422
    assert "Chưa chọn đoạn nào" in unchosen.content.decode()
    assert Report.objects.get(pk=own.pk).latest_version is None
    assert client.get(f"/bao-cao/{own.pk}/cap-duoi/khac/").status_code == 404
    assert client_of(world.officer()).get(f"/bao-cao/{own.pk}/cap-duoi/results/").status_code in {403, 404}


def test_words_that_no_form_could_save_are_refused_with_their_count_and_stay_ticked(
    world: World, own: Report
) -> None:
    for index in (0, 1):
        hand_in(world, index, "x" * 10_000)
    client = client_of(world.user(world.desk, Role.REPORTING_OFFICER))
    address = f"/bao-cao/{own.pk}/cap-duoi/results/"
    first, second = (world.report_of(unit).latest_version.pk for unit in world.units)
    answer = client.post(address, {"version": [first, second]})
    page = answer.content.decode()
    sources = sum(len(unit.name_vi) for unit in world.units)
    length = 20_000 + sources + 2 * len("“” ()") + len("\n\n")
    assert answer.status_code == 422
    assert f"{length:,} ký tự, trong đó 0 ký tự".replace(",", ".", 1) in page
    assert "nhiều nhất 20.000 ký tự" in page
    for pk in (first, second):
        assert f'value="{pk}" checked' in page
    assert Report.objects.get(pk=own.pk).latest_version is None
    assert client.post(address, {"version": [first]}).status_code == 302
    narrative = Report.objects.get(pk=own.pk).latest_version.narrative
    kept = client.post(f"/bao-cao/{own.pk}/nhap/", {"mark": "comma", "s-results": narrative["results"]})
    assert kept.status_code == 302


def test_paragraphs_that_are_gone_are_named_and_nothing_is_quoted_without_them(
    world: World, own: Report
) -> None:
    """A commune corrected its words, and was accepted, while the province was reading."""
    accept_report(report=hand_in(world, 0, "Lời cũ"), by=world.provincial_desk)
    hand_in(world, 1, "Lời khác")
    old, other = (world.report_of(unit).latest_version.pk for unit in world.units)
    corrected = submit_report(
        report=world.report_of(world.units[0]),
        cells=CELLS,
        narrative={"results": "Lời mới"},
        reason="Viết lại",
        by=world.officer(),
        origin=Origin.FORM,
    )
    accept_report(report=corrected, by=world.provincial_desk)
    client = client_of(world.user(world.desk, Role.REPORTING_OFFICER))
    address = f"/bao-cao/{own.pk}/cap-duoi/results/"
    answer = client.post(address, {"version": [old, other, "999999", "x"]})
    assert answer.status_code == 422
    assert f"danh sách này: {world.units[0].name_vi}, 999999, x." in answer.content.decode()
    assert f'value="{other}" checked' in answer.content.decode()
    assert Report.objects.get(pk=own.pk).latest_version is None


def test_a_source_is_named_as_on_the_last_day_of_its_report(world: World, own: Report) -> None:
    """The commune became a ward within the window; lists, lineage and reasons name it as of the last day too."""
    area = world.units[0].area
    area.kind, area.full_name = "phường", "Phường Đăk Hà"
    area.save()
    ward_from = date(2026, 3, 1)
    AreaTitle.objects.create(area=area, kind="xã", full_name="Xã Đăk Hà", valid_until=ward_from)
    AreaTitle.objects.create(area=area, kind="phường", full_name="Phường Đăk Hà", valid_from=ward_from)
    Organisation.objects.filter(pk=world.units[0].pk).update(name_vi="Công an phường Đăk Hà")
    hand_in(world, 0, "Ra mắt tổ liên gia")
    (quote,) = words_below(own, Section.RESULTS)
    assert quote.source == "Công an phường Đăk Hà"
    Report.objects.filter(organisation=world.units[0]).update(covers_until=ward_from)
    (quote,) = words_below(own, Section.RESULTS)
    assert quote.source == "Công an xã Đăk Hà"
