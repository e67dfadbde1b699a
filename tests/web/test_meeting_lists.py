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
from phoihop.conferences.models import Conference, Organiser
from phoihop.core import clock
from phoihop.orgs.models import Organisation
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


def cost_of(client: Client, address: str) -> tuple[list[str], int]:
    """The statements by their beginnings, and the length of the page."""
    client.get(address)
    with CaptureQueriesContext(connection) as told:
        answer = client.get(address)
    assert answer.status_code == 200
    page = answer.content.decode()
    return [each["sql"].split(" WHERE ")[0][:60] for each in told], len(page)
