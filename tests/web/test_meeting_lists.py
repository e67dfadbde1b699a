"""Lists of conferences, conclusions, assignments and proposals cost the database the same for three rows and for thirty."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from phoihop.areas.actions.derived import rebuild_derived
from phoihop.assignments.actions import ask_extension, grant_extension, send_proposal
from phoihop.assignments.models import Assignment
from phoihop.assignments.queries.duties import assignment_duties
from phoihop.conferences.models import Conference, Organiser
from phoihop.core import clock
from phoihop.orgs.models import Organisation, OrganisationSuccession
from phoihop.programmes.models import Programme
from tests.factories.areas import area_under
from tests.factories.assignments import DUE, issued
from tests.factories.indicators import programme_in
from tests.factories.orgs import police_of
from tests.reports.world import World, new_world
from tests.web.world import client_of

FEW, MANY = 3, 30
OVERDUE = date(2026, 6, 1)


@pytest.fixture
def world(db: None) -> Iterator[World]:
    with time_machine.travel(datetime(2026, 6, 16, 2, tzinfo=UTC), tick=False):
        made = new_world()
        rebuild_derived()
        yield made


def body(world: World, name: str) -> Organisation:
    """Of a new commune: every row has others than the one before."""
    return police_of(area_under(world.province, "commune", name), world.desk)


def local_version(world: World) -> Programme:
    """Without a number of its own: it is called by its area and by what it carries out."""
    made = programme_in(world.province)
    Programme.objects.filter(pk=made.pk).update(number="", localises=world.programme)
    return Programme.objects.get(pk=made.pk)


def conferences(world: World, number: int) -> None:
    start = clock.now() + timedelta(days=number)
    state = ("invited", "open", "closed")[number % 3]
    held = Conference.objects.create(
        slug=f"hoi-nghi-{number}", kind="online", title_vi=f"Hội nghị {number}", area=area_under(world.province, "commune", f"H{number}"),
        starts_at=start, ends_at=start + timedelta(hours=2), state=state,
        opened_at=None if state == "invited" else start, closed_at=start if state == "closed" else None,
    )  # fmt: skip
    held.programmes.set([world.programme, local_version(world)])
    for order, each in enumerate((world.centre, body(world, f"T{number}"))):
        Organiser.objects.create(conference=held, organisation=each, order=order)


def conclusions(world: World, number: int) -> None:
    programme = local_version(world)
    task = issued(
        body(world, f"K{number}"), programme, body(world, f"L{number}"), audience="public", slug=f"k-{number}"
    )[0]
    task.paragraph.conclusion.programmes.add(world.programme)


def assignments(world: World, number: int) -> None:
    """Of other conclusions each, with a co-organisation, moved dates, parts, overdue."""
    task = issued(world.centre, world.programme, world.desk, co_organisations=[body(world, f"C{number}")])[0]
    asked = ask_extension(assignment=task, wanted_on=DUE + timedelta(days=9), reason="Mưa lũ", by=None)
    grant_extension(extension=asked, by=None)
    Assignment.objects.filter(pk=task.pk).update(due_on=OVERDUE, original_due_on=OVERDUE)


def proposals(world: World, number: int) -> None:
    send_proposal(
        sender=body(world, f"P{number}"), receiver=world.centre, programme=local_version(world), title=f"Kiến nghị {number}",
        text="Bố trí kinh phí", answer_by=DUE, by=None,
    )  # fmt: skip


def fallen(world: World, number: int) -> None:
    """Its giver ended and its lead is the only heir of that: a co-issuer that ended too, or who is above, closes it."""
    giver, lead, joined = (body(world, f"{name}{number}") for name in ("G", "H", "J"))
    joint = [joined] if number % 3 == 0 else []
    task = issued(giver, world.programme, lead, co_issuers=joint)[0]
    Assignment.objects.filter(pk=task.pk).update(due_on=OVERDUE, original_due_on=OVERDUE)
    for ended, heir in ((giver, lead), (joined, world.centre)):
        Organisation.objects.filter(pk=ended.pk).update(valid_until=OVERDUE)
        OrganisationSuccession.objects.create(predecessor=ended, successor=heir, on=OVERDUE)
    if number % 3 == 1:
        Organisation.objects.filter(pk__in=[giver.pk, lead.pk]).update(parent=None)
    else:
        Organisation.objects.filter(pk=lead.pk).update(parent=world.centre)


@pytest.mark.parametrize(
    ("make", "address"),
    [
        (conferences, "/hoi-nghi/"),
        (conclusions, "/ket-luan/"),
        (assignments, "/nhiem-vu/?scope=all"),
        (assignments, "/nhiem-vu/?scope=all&extended=1&sort=updated"),
        (assignments, "/nhiem-vu/qua-han/"),
        (assignments, "/nhiem-vu/co-quan/{desk}/"),
        (assignments, "/nhiem-vu/?scope=all&download=csv"),
        (fallen, "/nhiem-vu/?scope=given"),
        (proposals, "/kien-nghi/?box=all"),
        (proposals, "/kien-nghi/"),
    ],
)
def test_a_list_costs_the_same_for_three_rows_and_for_thirty(
    world: World, make: Callable[[World, int], None], address: str
) -> None:
    client = client_of(world.central_desk)
    where = address.format(desk=world.desk.slug)
    for number in range(FEW):
        make(world, number)
    few, shorter = cost_of(client, where)
    for number in range(FEW, MANY):
        make(world, number)
    many, longer = cost_of(client, where)
    assert many == few
    assert longer > 2 * shorter  # the rows are there


def test_what_waits_on_the_first_page_costs_the_same_however_much_fell_to_its_own_giver(world: World) -> None:
    costs = []
    for first, last in ((0, 6), (6, 12)):
        for number in range(first, last):
            fallen(world, number)
        assignment_duties(world.central_desk)  # once what a process keeps is kept
        with CaptureQueriesContext(connection) as told:
            assert assignment_duties(world.central_desk).late_given_total == last
        costs.append(len(told))
    assert costs[0] == costs[1]


def cost_of(client: Client, address: str) -> tuple[list[str], int]:
    """The statements by their beginnings, and the length of the page."""
    client.get(address)
    with CaptureQueriesContext(connection) as told:
        answer = client.get(address)
    assert answer.status_code == 200
    page = answer.content.decode()
    return [each["sql"].split(" WHERE ")[0][:60] for each in told], len(page)
