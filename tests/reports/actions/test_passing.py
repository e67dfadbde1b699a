"""What an abolished organisation had open goes to its heir; a split is for the superior to choose."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from phoihop.audit.models import AuditEvent
from phoihop.audit.words import broken_words
from phoihop.core.errors import Conflict, DomainError, NotAllowed
from phoihop.orgs.enums import Role
from phoihop.orgs.models import Membership, Organisation, OrganisationSuccession
from phoihop.reports.actions import (
    follow_reorganisations,
    pass_to_heir,
    pass_to_only_heirs,
    redact_passing_reason,
    save_draft,
    submit_report,
)
from phoihop.reports.enums import Origin
from phoihop.reports.models import DutyPassing, Report
from phoihop.reports.permissions import can_save_draft
from phoihop.reports.queries.passing import ended_under, heirs_in_force, unpassed_under
from tests.factories.orgs import user_for
from tests.reports.world import CELLS, World

pytestmark = pytest.mark.django_db
LAST, NOW = date(2026, 6, 20), datetime(2026, 6, 25, 3, tzinfo=UTC)


@pytest.fixture
def split(world: World, time_machine: Any) -> World:
    """The first commune's police wrote a draft, then was abolished; both others may be its heirs."""
    world.open()
    ended = world.units[0]
    save_draft(report=world.report_of(ended), cells=CELLS, by=world.officer())
    Organisation.objects.filter(pk=ended.pk).update(valid_until=LAST)
    ended.refresh_from_db()
    for heir in (world.units[1], world.desk):
        OrganisationSuccession.objects.create(predecessor=ended, successor=heir, on=LAST)
    time_machine.move_to(NOW)
    return world


def chosen(split: World, **more: Any) -> DutyPassing:
    asked = {"heir": split.units[1], "by": split.provincial_desk, "reason": "Địa bàn phần lớn về đây"} | more
    return pass_to_heir(organisation=split.units[0], **asked)


def test_the_draft_and_the_officer_pass_to_the_chosen_heir(split: World) -> None:
    report, officer = split.report_of(split.units[0]), split.officer()
    assert not Membership.objects.held_by(officer, LAST).exists()
    passing = chosen(split)
    assert (passing.reports, passing.memberships) == (1, 1)
    report.refresh_from_db()
    assert (report.organisation, report.entered_by) == (split.units[0], split.units[1])
    assert report.latest_version.cells == CELLS
    held = Membership.objects.filter(user=officer).order_by("pk")
    assert [(each.organisation, each.role, each.valid_until) for each in held] == [
        (split.units[0], Role.REPORTING_OFFICER, LAST),
        (split.units[1], Role.REPORTING_OFFICER, None),
    ]
    submit_report(report=report, cells=CELLS, by=officer, origin=Origin.FORM)
    told = AuditEvent.objects.filter(action__in=["pass_to_heir", "pass_membership"])
    assert told.count() == 3


def test_before_the_choice_every_heir_may_enter_it_after_it_only_the_chosen(split: World) -> None:
    report = split.report_of(split.units[0])
    other = user_for(split.desk, Role.REPORTING_OFFICER)
    assert [can_save_draft(user, report) for user in (split.officer(1), other)] == [True, True]
    chosen(split)
    report = Report.objects.get(pk=report.pk)
    assert [can_save_draft(user, report) for user in (split.officer(1), other)] == [True, False]


def test_a_second_choice_replaces_the_first_and_both_are_remembered(split: World) -> None:
    chosen(split)
    chosen(split, heir=split.desk, reason="Xã mới chưa có cán bộ")
    assert split.report_of(split.units[0]).entered_by == split.desk
    assert list(DutyPassing.objects.values_list("heir__slug", flat=True)) == [
        split.desk.slug,
        split.units[1].slug,
    ]


def test_following_the_map_keeps_what_was_chosen(split: World) -> None:
    chosen(split)
    follow_reorganisations(period=split.report_of(split.units[0]).period, by=None)
    assert split.report_of(split.units[0]).entered_by == split.units[1]


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"by": "officer"}, NotAllowed),
        ({"reason": ""}, DomainError),
        ({"heir": "centre"}, DomainError),
    ],
)
def test_what_is_refused(split: World, wrong: dict[str, Any], error: type[Exception]) -> None:
    named = {"officer": split.officer(1), "centre": split.centre}
    with pytest.raises(error):
        chosen(split, **{key: named.get(value, value) for key, value in wrong.items()})
    assert not DutyPassing.objects.exists()


def test_an_organisation_in_force_keeps_its_duties(split: World) -> None:
    with pytest.raises(Conflict):
        pass_to_heir(organisation=split.units[1], heir=split.desk, by=None, reason="x")


def test_one_heir_needs_no_reason_and_heirs_of_heirs_count(split: World) -> None:
    OrganisationSuccession.objects.filter(successor=split.desk).delete()
    chosen(split, reason="")
    Organisation.objects.filter(pk=split.units[1].pk).update(valid_until=date(2026, 6, 22))
    OrganisationSuccession.objects.create(
        predecessor=split.units[1], successor=split.desk, on=date(2026, 6, 22)
    )
    assert heirs_in_force(split.units[0]) == [split.desk]


def test_a_desk_sees_those_under_it(split: World) -> None:
    assert list(ended_under(split.provincial_desk)) == [split.units[0]]
    assert list(ended_under(split.central_desk)) == [split.units[0]]
    assert list(ended_under(split.officer(1))) == []


def test_a_second_choice_takes_back_what_the_first_gave(split: World) -> None:
    """Who was passed to the wrong heir acts for it no more; whoever acted for it before still does."""
    officer, there = split.officer(), split.officer(1)
    chosen(split)
    chosen(split, heir=split.desk, reason="Xã mới chưa có cán bộ")
    today = NOW.date()
    held = Membership.objects.held_by(officer, today).values_list("organisation", flat=True)
    assert list(held) == [split.desk.pk]
    assert Membership.objects.held_by(there, today).filter(organisation=split.units[1]).exists()
    told = AuditEvent.objects.filter(action="take_back_membership")
    assert [(each.organisation, each.details["user"]) for each in told] == [
        (split.units[1].slug, officer.username)
    ]


def test_all_with_one_heir_pass_at_once_and_a_choice_waits(split: World) -> None:
    second = split.units[1]
    Organisation.objects.filter(pk=second.pk).update(valid_until=LAST)
    OrganisationSuccession.objects.filter(successor=second).update(successor=split.centre)
    OrganisationSuccession.objects.create(predecessor=second, successor=split.desk, on=LAST)
    waiting = unpassed_under(split.provincial_desk)
    assert {each.pk for each in waiting} == {split.units[0].pk, second.pk}
    passed = pass_to_only_heirs(organisations=waiting, by=split.provincial_desk)
    assert [(each.organisation, each.heir) for each in passed] == [(second, split.desk)]
    assert list(unpassed_under(split.provincial_desk)) == [split.units[0]]
    assert pass_to_only_heirs(organisations=[second], by=split.provincial_desk) == []


def test_the_reason_of_a_passing_is_taken_out_of_every_row_that_gives_it(split: World) -> None:
    chosen(split, reason="Theo ý kiến của bà B")
    chosen(split, reason="Theo ý kiến của bà B")
    taken = redact_passing_reason(
        ended=split.units[0], heir=split.units[1], words="Theo ý kiến của bà B", reason="Nêu tên", by=None
    )
    assert (len(taken), {each.reason for each in DutyPassing.objects.all()}) == (2, {"[…]"})
    assert list(broken_words()) == []
    with pytest.raises(NotAllowed):
        redact_passing_reason(
            ended=split.units[0], heir=split.units[1], words="[…]", reason="x", by=split.provincial_desk
        )
