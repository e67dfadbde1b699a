import re
from datetime import UTC, date, datetime

import pytest
import time_machine

from phoihop.areas.enums import Level
from phoihop.areas.models import Area, AreaAncestor, AreaParent
from phoihop.audit.models import AuditEvent
from phoihop.core.errors import Conflict, DomainError, NotAllowed
from phoihop.orgs.enums import PartyKind, Role
from phoihop.orgs.models import Organisation, OrganisationSuccession
from phoihop.periods import parse_period
from phoihop.programmes.models import ReportingCalendar
from phoihop.reports.actions import follow_reorganisations, freeze_list, open_period
from phoihop.reports.enums import ReportState
from phoihop.reports.models import Exemption, LedgerEntry, Report
from tests.factories.areas import area_under, put_under
from tests.factories.orgs import police_of
from tests.reports.world import H1, World, accepted, front_of, submitted

ON = date(2026, 3, 1)


def abolish(organisation: Organisation, on: date, heir: Organisation | None = None) -> None:
    for row in (organisation, organisation.area):
        row.valid_until = on
        row.save()
    links = [AreaParent.objects, AreaAncestor.objects]
    for rows in links:
        rows.filter(area=organisation.area).update(valid_until=on)
    if heir:
        OrganisationSuccession.objects.create(predecessor=organisation, successor=heir, on=on)


def new_commune(world: World, name: str, on: date) -> Organisation:
    return police_of(area_under(world.province, Level.COMMUNE, name, valid_from=on), world.desk)


def days(report: Report) -> tuple[date, date]:
    return report.covers_from, report.covers_until


# Opening


def test_opening_expects_a_report_of_every_organisation_asked(world: World) -> None:
    front_of(world.communes[0])  # another party, not asked

    period = world.open()

    assert set(period.reports.values_list("organisation", flat=True)) == {
        world.desk.pk,
        *(unit.pk for unit in world.units),
    }
    assert {days(report) for report in period.reports.all()} == {(H1.start, H1.end)}
    assert {report.state for report in period.reports.all()} == {ReportState.EXPECTED}


def test_opening_stores_a_deadline_per_level_in_working_days(world: World) -> None:
    """The cut-off, 14/6/2026, is a Sunday."""
    world.form.working_days = {"commune": 2, "province": 5}

    period = world.open()

    assert period.deadlines == {"commune": "2026-06-16", "province": "2026-06-19"}
    assert world.report_of(world.desk).deadline == date(2026, 6, 19)
    assert world.report_of(world.units[0]).deadline == date(2026, 6, 16)


def test_opening_gives_a_level_without_its_own_number_the_deadline_of_the_one_below(world: World) -> None:
    assert world.open().deadlines == {"commune": "2026-06-16", "province": "2026-06-16"}


def test_opening_refuses_a_higher_level_due_before_the_lower(world: World) -> None:
    world.form.working_days = {"commune": 5, "province": 2}

    with pytest.raises(DomainError, match="commune"):
        world.open()


def test_opening_names_superiors_along_the_party_line(world: World) -> None:
    world.open()

    assert world.report_of(world.units[0]).superior == world.desk
    assert world.report_of(world.desk).superior is None  # the form does not ask the centre


def test_superior_skips_a_level_without_an_organisation_of_the_party(world: World) -> None:
    district = area_under(world.province, Level.DISTRICT, "Đăk Hà")
    below = area_under(district, Level.COMMUNE, "Ngọk Wang")
    world.ask(Level.DISTRICT, world.province)
    _agree("commune", "district", "province", "nation")
    unit = police_of(below)

    world.open()

    assert world.report_of(unit).superior == world.desk


def _agree(*levels: str, **accept_level: str) -> None:
    ReportingCalendar.objects.update(levels=list(levels), accept_level=accept_level)


def test_a_window_is_not_opened_for_a_level_the_calendar_does_not_name(world: World) -> None:
    _agree("province", "nation")
    with pytest.raises(Conflict, match="Cấp xã"):
        world.open()
    _agree("commune", "province", "nation", commune="nation")
    with pytest.raises(Conflict, match="Toàn quốc"):  # by the form the province accepts
        world.open()
    _agree("commune", "province", "nation", commune="province")
    assert world.open().reports.count() == 3


def test_opening_knows_who_has_units_below_that_report(world: World) -> None:
    bare = police_of(area_under(world.country, Level.PROVINCE, "Hà Giang"))
    area_under(bare.area, Level.COMMUNE, "Không cơ quan")

    world.open()

    assert world.report_of(world.desk).has_children_asked
    assert not world.report_of(bare).has_children_asked
    assert not world.report_of(world.units[0]).has_children_asked


def test_units_that_left_before_the_last_day_are_below_no_more(world: World) -> None:
    """Both communes go to another province; their figures stand where they were on the last day."""
    other = area_under(world.country, Level.PROVINCE, "Quảng Ngãi")
    heir = police_of(other, world.centre)
    world.ask(Level.COMMUNE, world.country)
    for commune in world.communes:
        for rows in (AreaParent.objects, AreaAncestor.objects):
            rows.filter(area=commune).update(valid_until=ON)
        put_under(commune, other, valid_from=ON)

    world.open()

    assert not world.report_of(world.desk).has_children_asked
    assert world.report_of(heir).has_children_asked


def test_opening_expects_nothing_of_the_exempt(world: World) -> None:
    Exemption.objects.create(form=world.form, area=world.communes[0], reason="Đặc khu chưa có dân cư")

    period = world.open()

    assert not period.reports.filter(organisation=world.units[0]).exists()
    assert period.reports.filter(organisation=world.units[1]).exists()


def test_exemption_that_ended_before_the_last_day_counts_no_more(world: World) -> None:
    Exemption.objects.create(form=world.form, area=world.communes[0], reason="Lũ", valid_until=ON)

    assert world.open().reports.filter(organisation=world.units[0]).exists()


def test_abolished_organisation_owes_a_closing_report_and_its_heir_the_rest(world: World) -> None:
    heir = new_commune(world, "Đăk Hà mới", ON)
    abolish(world.units[0], ON, heir)

    period = world.open()

    closing, rest = world.report_of(world.units[0]), world.report_of(heir)
    assert days(closing) == (H1.start, ON)
    assert closing.is_closing
    assert closing.entered_by == heir
    assert closing.superior == world.desk
    assert closing.deadline == rest.deadline
    assert days(rest) == (ON, H1.end)
    assert rest.entered_by is None
    assert period.reports.count() == 4


def test_closing_report_is_entered_by_the_last_of_a_line_of_heirs(world: World) -> None:
    middle = new_commune(world, "Tạm", date(2026, 2, 1))
    last = new_commune(world, "Sau cùng", ON)
    abolish(world.units[0], date(2026, 2, 1), middle)
    abolish(middle, ON, last)

    world.open()

    assert world.report_of(world.units[0]).entered_by == last
    assert days(world.report_of(middle)) == (date(2026, 2, 1), ON)


def test_organisation_abolished_at_the_cut_off_owes_no_closing_report(world: World) -> None:
    abolish(world.units[0], H1.end)

    world.open()

    assert not world.report_of(world.units[0]).is_closing


def test_scope_asks_while_it_is_valid(world: World) -> None:
    world.ask(Level.COMMUNE, world.province, PartyKind.FRONT, valid_until=ON)
    front = front_of(world.communes[0])

    world.open()

    assert days(world.report_of(front)) == (H1.start, ON)


def test_unit_that_changes_province_is_asked_once_for_all_its_days(world: World) -> None:
    other = area_under(world.country, Level.PROVINCE, "Quảng Ngãi")
    heir = police_of(other, world.centre)
    world.form.scopes.filter(level=Level.COMMUNE).update(valid_until=ON)
    world.ask(Level.COMMUNE, other, valid_from=ON)
    for rows in (AreaParent.objects, AreaAncestor.objects):
        rows.filter(area=world.communes[0]).update(valid_until=ON)
    AreaParent.objects.create(area=world.communes[0], parent=other, valid_from=ON)
    AreaAncestor.objects.create(area=world.communes[0], ancestor=other, depth=1, valid_from=ON)

    world.open()

    report = world.report_of(world.units[0])
    assert days(report) == (H1.start, H1.end)
    assert report.superior == heir


def test_period_opens_from_its_first_day_on(world: World) -> None:
    coming = parse_period("ADM-2026-H2")
    with time_machine.travel(datetime(2026, 6, 14, 16, 59, tzinfo=UTC)), pytest.raises(Conflict):
        world.open(coming)  # 23:59 on 14/6 in Viet Nam

    with time_machine.travel(datetime(2026, 6, 14, 17, tzinfo=UTC)):
        assert world.open(coming).code == "ADM-2026-H2"


@pytest.mark.parametrize("code", ["ADM-2026", "ADM-2026-Q1", "W1101-2026"])
def test_form_refuses_windows_of_another_kind(world: World, code: str) -> None:
    period = parse_period(code)

    with pytest.raises(DomainError, match=re.escape(period.label())):
        world.open(period)


def test_period_is_opened_once(world: World) -> None:
    world.open()

    with pytest.raises(Conflict):
        world.open()
    assert Report.objects.count() == 3


def test_form_that_asks_nobody_cannot_be_opened(world: World) -> None:
    world.form.scopes.all().delete()

    with pytest.raises(DomainError, match="half"):
        world.open()


@pytest.mark.parametrize(
    ("who", "may"),
    [("centre", True), ("province", False), ("officer", False)],
)
def test_only_the_central_desk_opens(world: World, who: str, may: bool) -> None:
    users = {"centre": world.central_desk, "province": world.provincial_desk, "officer": world.officer()}

    if may:
        assert open_period(form=world.form, period=H1, by=users[who]).reports.count() == 3
    else:
        with pytest.raises(NotAllowed):
            open_period(form=world.form, period=H1, by=users[who])


def test_opening_is_audited(world: World) -> None:
    open_period(form=world.form, period=H1, by=world.central_desk)

    event = AuditEvent.objects.get(action="open_period")
    assert event.actor == world.central_desk.username
    assert event.details == {"period": "ADM-2026-H1", "expected": 3}


# Following reorganisations


def test_following_adds_the_heir_and_shortens_the_closing_report(world: World) -> None:
    period = world.open()
    heir = new_commune(world, "Đăk Hà mới", ON)
    abolish(world.units[0], ON, heir)

    change = follow_reorganisations(period=period, by=None)

    assert [report.organisation_id for report in change.added] == [heir.pk]
    assert [report.organisation_id for report in change.changed] == [world.units[0].pk]
    closing = world.report_of(world.units[0])
    assert (days(closing), closing.entered_by) == ((H1.start, ON), heir)
    assert AuditEvent.objects.filter(object_id=str(closing.pk), action="follow_reorganisations").count() == 1


def test_following_twice_changes_nothing(world: World) -> None:
    period = world.open()
    abolish(world.units[0], ON, new_commune(world, "Đăk Hà mới", ON))
    follow_reorganisations(period=period, by=None)

    again = follow_reorganisations(period=period, by=None)

    assert (again.added, again.changed, again.withdrawn, again.restored) == ([], [], [], [])


def test_following_withdraws_and_restores_but_never_deletes(world: World) -> None:
    period = world.open()
    report = accepted(world.report_of(world.units[0]))
    exemption = Exemption.objects.create(form=world.form, area=world.communes[0], reason="Lũ")

    follow_reorganisations(period=period, by=None)
    report.refresh_from_db()
    assert report.state == ReportState.WITHDRAWN
    assert list(LedgerEntry.objects.order_by("seq").values_list("seq", "version")) == [
        (1, report.accepted_version_id),
        (2, None),
    ]

    exemption.delete()
    follow_reorganisations(period=period, by=None)
    report.refresh_from_db()
    assert report.state == ReportState.ACCEPTED
    assert LedgerEntry.objects.get(seq=3).version == report.accepted_version


def test_withdrawn_report_without_an_accepted_version_leaves_no_ledger_entry(world: World) -> None:
    period = world.open()
    submitted(world.report_of(world.units[0]))
    Exemption.objects.create(form=world.form, area=world.communes[0], reason="Lũ")

    follow_reorganisations(period=period, by=None)

    assert world.report_of(world.units[0]).state == ReportState.WITHDRAWN
    assert not LedgerEntry.objects.exists()


def test_withdrawing_a_report_puts_the_superior_out_of_step(world: World) -> None:
    period = world.open()
    accepted(world.report_of(world.units[0]))
    above = accepted(world.report_of(world.desk))
    assert not above.is_out_of_step
    Exemption.objects.create(form=world.form, area=world.communes[0], reason="Lũ")

    follow_reorganisations(period=period, by=None)

    assert world.report_of(world.desk).is_out_of_step


@pytest.mark.parametrize(
    ("make", "state", "entries"),
    [(submitted, ReportState.RETURNED, 0), (accepted, ReportState.RETURNED, 2)],
)
def test_figures_given_for_days_that_changed_go_back_to_the_unit(
    world: World, make: object, state: ReportState, entries: int
) -> None:
    """What was accepted stays in force, and is entered again: its days are others now."""
    period = world.open()
    before = make(world.report_of(world.units[0]))  # type: ignore[operator]
    abolish(world.units[0], ON, new_commune(world, "Đăk Hà mới", ON))

    follow_reorganisations(period=period, by=None)

    report = world.report_of(world.units[0])
    assert report.state == state
    assert report.latest_version == before.latest_version
    assert report.accepted_version == before.accepted_version
    assert report.latest_version is not None
    assert (report.latest_version.covers_from, report.latest_version.covers_until) == (H1.start, H1.end)
    assert report.ledger_entries.count() == entries


def test_following_gives_a_level_asked_since_the_opening_its_deadline(world: World) -> None:
    period = world.open()
    world.ask(Level.NATION, world.country)

    change = follow_reorganisations(period=period, by=None)

    assert [report.organisation_id for report in change.added] == [world.centre.pk]
    period.refresh_from_db()
    assert period.deadlines["nation"] == "2026-06-16"
    assert world.report_of(world.desk).superior == world.centre


def test_frozen_list_stands(world: World) -> None:
    period = world.open()
    frozen = freeze_list(period=period, by=None)
    assert frozen.list_frozen_at is not None
    abolish(world.units[0], ON)

    for action in (follow_reorganisations, freeze_list):
        with pytest.raises(Conflict):
            action(period=period, by=None)
    assert not world.report_of(world.units[0]).is_closing


def test_list_is_frozen_after_the_cut_off_only(world: World) -> None:
    period = world.open(parse_period("ADM-2026-H2"))

    with pytest.raises(Conflict, match="14/12/2026"):
        freeze_list(period=period, by=None)


def test_freezing_follows_a_last_time(world: World) -> None:
    period = world.open()
    abolish(world.units[0], ON)

    freeze_list(period=period, by=None)

    assert world.report_of(world.units[0]).is_closing


def test_only_the_central_desk_follows_and_freezes(world: World) -> None:
    period = world.open()

    for action in (follow_reorganisations, freeze_list):
        with pytest.raises(NotAllowed):
            action(period=period, by=world.user(world.desk, Role.PROVINCIAL_DESK))


def test_organisation_does_not_outlive_its_area(world: World) -> None:
    Area.objects.filter(pk=world.communes[0].pk).update(valid_until=ON)

    world.open()

    assert days(world.report_of(world.units[0])) == (H1.start, ON)
