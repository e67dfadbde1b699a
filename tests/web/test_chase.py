"""Chasing a hundred communes before a date: nine pages, each with as many statements for a hundred as for ten."""

from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from phoihop.reports.models import Reminder, Report
from tests.reports.conftest import world as world  # noqa: PLC0414  the small world of reports
from tests.web.chase import KEPT_TEXT, Chase, chase_of
from tests.web.world import client_of

pytestmark = pytest.mark.django_db
DESK, ACT = "/ban-lam-viec/", "/ban-lam-viec/xu-ly/"
STATEMENTS = {
    "missing": 14, "remind, asked": 8, "remind, done": 18, "waiting": 17, "accept, asked": 14, "accept, done": 33,
    "left": 17, "return, asked": 11, "return, done": 18,
}  # fmt: skip


class Sitting:
    """One person at the desk; every page is counted."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.statements: dict[str, int] = {}

    def open(self, page: str, query: str) -> Any:
        return self._counted(page, lambda: self.client.get(DESK + query))

    def press(self, page: str, query: str, **fields: Any) -> Any:
        return self._counted(page, lambda: self.client.post(ACT + query, fields))

    def _counted(self, page: str, ask: Any) -> Any:
        with CaptureQueriesContext(connection) as held:
            answer = ask()
        assert answer.status_code == 200
        self.statements[page] = len(held)
        return answer.context


def chased(told: Chase, capture: Any) -> Sitting:
    """As somebody would who wants to be done before lunch."""
    client = client_of(told.world.provincial_desk)
    client.get(DESK)  # what a process keeps is kept
    sitting = Sitting(client)
    seen = sitting.open("missing", "?tab=missing")["inbox"]
    assert seen.total == len(told.missing)

    asked = sitting.press("remind, asked", "?tab=missing", do="remind-all")
    assert len(asked["reports"]) == len(told.missing)
    with capture(execute=True):
        done = sitting.press(
            "remind, done", "?tab=missing", do="remind-all", confirmed="1", reports=asked["keys"]
        )
    assert (len(done["done"]), len(done["refused"])) == (len(told.missing) * 3 // 4, len(told.missing) // 4)

    seen = sitting.open("waiting", "")["inbox"]
    asked = sitting.press("accept, asked", "", do="accept-all", seen_at=seen.seen_at.isoformat())
    assert {each.pk for each in asked["reports"]} == {each.pk for each in told.clean}
    fields = {"confirmed": "1", "reports": asked["keys"], "seen_at": seen.seen_at.isoformat()}
    done = sitting.press("accept, done", "", do="accept-all", **fields)
    assert (len(done["done"]), done["refused"]) == (len(told.clean), [])

    seen = sitting.open("left", "")["inbox"]
    assert seen.total == len(told.warned) + len(told.blank)
    chosen = told.blank[0].pk
    asked = sitting.press("return, asked", "", do="return", report=chosen, seen_at=seen.seen_at.isoformat())
    assert KEPT_TEXT in [each.text for each in asked["texts"]]
    fields = {
        "confirmed": "1",
        "reports": asked["keys"],
        "seen_at": seen.seen_at.isoformat(),
        "text": KEPT_TEXT,
    }
    done = sitting.press("return, done", "", do="return", **fields)
    assert [each.pk for each in done["done"]] == [chosen]
    return sitting


@pytest.mark.parametrize("communes", [10, 100])
def test_a_province_is_chased_in_nine_pages(
    db: None, time_machine: Any, communes: int, django_capture_on_commit_callbacks: Any
) -> None:
    time_machine.move_to("2026-06-16T02:00:00Z", tick=False)
    told = chase_of(communes)
    mail.outbox.clear()
    sitting = chased(told, django_capture_on_commit_callbacks)

    states = {each.pk: each.state for each in Report.objects.all()}
    wanted = {"expected": told.missing, "accepted": told.clean, "submitted": [*told.warned, *told.blank[1:]]}
    for state, reports in wanted.items():
        assert {states[each.pk] for each in reports} <= {state}
    returned = Report.objects.get(pk=told.blank[0].pk)
    assert (returned.state, returned.latest_version.return_reason) == ("returned", KEPT_TEXT)

    assert sorted(address for each in mail.outbox for address in each.to) == sorted(told.mailed)
    bodies = {each.to[0]: each.body for each in mail.outbox}
    for report in told.missing:
        address = f"truc-{report.pk}@example.org"
        if address in bodies:
            assert report.organisation.name_vi in bodies[address]
    assert Reminder.objects.count() == len(told.missing)  # those reminded before, once
    assert Reminder.objects.filter(mailed_at__isnull=False).count() == len(told.missing) // 2

    assert list(sitting.statements) == list(STATEMENTS)
    assert sitting.statements == STATEMENTS
