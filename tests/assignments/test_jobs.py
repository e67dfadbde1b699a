"""What runs beside the pages looks again whatever happened, and does the one thing where the other is refused."""

import re
from datetime import date
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from phoihop.assignments import jobs
from phoihop.assignments.actions import passing
from phoihop.assignments.jobs import Follower
from phoihop.assignments.management.commands import follow_assignments
from phoihop.assignments.models import Assignment
from phoihop.core.errors import Conflict
from phoihop.orgs.models import Organisation, OrganisationSuccession
from tests.assignments.actions.test_telling import on, told
from tests.factories.assignments import DUE, issued
from tests.reports.world import World


def refused() -> int:
    raise Conflict("an heir was chosen meanwhile")


def broken(**_of: Any) -> int:
    raise ValueError("told to fail")


def two_that_ended(world: World) -> list[Assignment]:
    """Each with a task and the same heir."""
    tasks = issued(world.centre, world.programme, *world.units)
    day = date(2026, 6, 10)
    for ended in world.units:
        Organisation.objects.filter(pk=ended.pk).update(valid_until=day)
        OrganisationSuccession.objects.create(predecessor=ended, successor=world.desk, on=day)
    return tasks


def first_is_refused(monkeypatch: pytest.MonkeyPatch, ended: Organisation, fault: Exception) -> None:
    passes = passing.pass_assignments

    def pass_or_fail(*, organisation: Organisation, **of: Any) -> int:
        if organisation == ended:
            raise fault
        return passes(organisation=organisation, **of)

    monkeypatch.setattr(passing, "pass_assignments", pass_or_fail)


@pytest.mark.parametrize("fault", [Conflict("an heir was chosen meanwhile"), ValueError("told to fail")])
def test_one_that_cannot_be_passed_on_is_named_and_keeps_neither_the_others_nor_the_telling(
    world: World, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], fault: Exception
) -> None:
    first, second = two_that_ended(world)
    first_is_refused(monkeypatch, world.units[0], fault)
    with on(DUE), pytest.raises(CommandError) as refused:
        call_command("follow_assignments")
    assert f"{world.units[0].name_vi}: {fault}" in str(refused.value)
    assert world.units[1].name_vi not in str(refused.value)
    leads = [Assignment.objects.get(pk=each.pk).lead for each in (first, second)]
    assert leads == [world.units[0], world.desk]
    assert (told(first), told(second)) == ([0], [0])
    assert re.findall(r"\d+", capsys.readouterr().out) == ["1", "2"]  # passed, and told


def test_what_ended_passes_where_telling_fails(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    tasks = two_that_ended(world)
    monkeypatch.setattr(follow_assignments, "tell_escalations", broken)
    with pytest.raises(CommandError, match="told to fail"):
        call_command("follow_assignments")
    assert {Assignment.objects.get(pk=each.pk).lead for each in tasks} == {world.desk}


def test_who_is_late_is_told_where_passing_on_is_refused(
    task: Assignment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "pass_to_only_heirs", refused)
    with on(DUE), pytest.raises(Conflict, match="chosen meanwhile"):
        Follower().look()
    assert told(task) == [0]
