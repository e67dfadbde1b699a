from datetime import date, timedelta
from decimal import Decimal

from phoihop.areas.enums import Level
from phoihop.orgs.enums import PartyKind
from phoihop.reports.actions import follow_reorganisations, return_report, save_draft
from phoihop.reports.models import Exemption
from phoihop.reports.queries.reports import (
    Completeness,
    completeness,
    due_for,
    expected_reports,
    inbox_of,
    overdue_reports,
)
from tests.factories.areas import area_under
from tests.factories.indicators import programme_in
from tests.factories.orgs import police_of
from tests.reports.world import CELLS, LATE, World, accepted, submitted

AFTER = date(2026, 6, 17)


def test_withdrawn_report_is_not_expected(world: World) -> None:
    period = world.open()
    Exemption.objects.create(form=world.form, area=world.communes[0], reason="Lũ")
    follow_reorganisations(period=period, by=None)

    assert {report.organisation for report in expected_reports(period)} == {world.units[1], world.desk}


def test_overdue_is_past_its_deadline_and_still_with_the_unit(world: World) -> None:
    world.open()
    accepted(world.report_of(world.desk))
    submitted(world.report_of(world.units[0]))
    save_draft(report=world.report_of(world.units[1]), cells={"B01": "1"}, by=None)

    def overdue(on: date) -> set[int]:
        return set(overdue_reports(world.form, on).values_list("organisation", flat=True))

    assert overdue(date(2026, 6, 16)) == set()
    assert overdue(AFTER) == {world.units[1].pk}
    return_report(report=world.report_of(world.units[0]), reason="Sai", by=None)
    assert overdue(AFTER) == {world.units[0].pk, world.units[1].pk}
    assert set(overdue_reports(world.programme, AFTER)) == set(overdue_reports(world.form, AFTER))
    assert not overdue_reports(programme_in(world.country), AFTER).exists()


def test_returned_correction_is_not_overdue_while_the_old_version_stands(world: World) -> None:
    world.open()
    report = accepted(world.report_of(world.units[0]))
    return_report(report=submitted(report, {**CELLS, "B01": "5"}, reason="x"), reason="Sai", by=None)

    assert report not in overdue_reports(world.form, AFTER)


def test_due_for_an_heir_includes_the_closing_report(world: World) -> None:
    old, heir = world.units
    old.valid_until = date(2026, 3, 1)
    old.save()
    old.heir_links.create(successor=heir, on=date(2026, 3, 1))
    world.open()

    assert set(due_for(heir)) == {world.report_of(old), world.report_of(heir)}
    submitted(world.report_of(old))
    assert set(due_for(heir)) == {world.report_of(heir)}


def test_inbox_holds_what_waits_oldest_first(world: World) -> None:
    world.open()
    late = submitted(world.report_of(world.units[0]), at=LATE)
    early = submitted(world.report_of(world.units[1]))
    submitted(world.report_of(world.desk))

    assert list(inbox_of(world.desk)) == [early, late]


def test_completeness_counts_by_level_and_party(world: World) -> None:
    period = world.open()
    accepted(world.report_of(world.units[0]))
    submitted(world.report_of(world.units[1]), at=LATE)

    commune, province = completeness(period)

    assert commune == Completeness("commune", PartyKind.POLICE, 2, 2, 1, 1)
    assert (commune.submitted_percent, commune.on_time_percent) == (Decimal(100), Decimal(50))
    assert province == Completeness("province", PartyKind.POLICE, 1, 0, 0, 0)


def test_completeness_of_nothing_due_is_missing_not_zero() -> None:
    assert Completeness("commune", "police", 0, 0, 0, 0).submitted_percent is None


def test_completeness_under_an_area_is_by_the_last_day_covered(world: World) -> None:
    other = area_under(world.country, "province", "Quảng Ngãi")
    police_of(other)
    moved = date(2026, 3, 1)
    world.communes[0].ancestor_links.filter(ancestor=world.province).update(valid_until=moved)
    world.communes[0].ancestor_links.create(ancestor=other, depth=1, valid_from=moved)
    world.ask(Level.COMMUNE, world.country)
    period = world.open()

    def expected(area: object) -> dict[str, int]:
        return {row.level: row.expected for row in completeness(period, under=area)}  # type: ignore[arg-type]

    assert expected(world.province) == {"commune": 1, "province": 1}
    assert expected(other) == {"commune": 1, "province": 1}
    assert expected(world.country) == {"commune": 2, "province": 2}
    assert expected(world.communes[0]) == {"commune": 1}


def test_completeness_takes_a_link_up_to_the_last_day_covered(world: World) -> None:
    period = world.open()
    world.communes[0].ancestor_links.update(valid_until=period.end)
    world.communes[1].ancestor_links.update(valid_until=period.end - timedelta(days=1))

    assert {row.level: row.expected for row in completeness(period, under=world.province)}["commune"] == 1
