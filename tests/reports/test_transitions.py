"""Every action from every state: the table of what is refused, written out."""

from collections.abc import Callable

import pytest

from phoihop.core.errors import Conflict
from phoihop.reports.actions import (
    accept_report,
    correct_report,
    follow_reorganisations,
    lock_reports,
    return_report,
    save_draft,
    submit_report,
)
from phoihop.reports.enums import Origin, ReportState
from phoihop.reports.models import Exemption, Report
from phoihop.reports.transitions import TRANSITIONS, Who
from tests.reports.world import CELLS, World, accepted, submitted

STATES = ["expected", "draft", "submitted", "returned", "accepted", "locked", "withdrawn"]
REFUSED = "refused"
TABLE: dict[str, list[str]] = {
    #           expected     draft        submitted    returned     accepted     locked       withdrawn
    "draft":   ["draft",     "draft",     REFUSED,     "returned",  "accepted",  "locked",    REFUSED],
    "submit":  ["submitted", "submitted", "submitted", "submitted", "submitted", "submitted", REFUSED],
    "correct": [REFUSED,     REFUSED,     REFUSED,     REFUSED,     "submitted", "submitted", REFUSED],
    "return":  [REFUSED,     REFUSED,     "returned",  REFUSED,     REFUSED,     REFUSED,     REFUSED],
    "accept":  [REFUSED,     REFUSED,     "accepted",  REFUSED,     REFUSED,     REFUSED,     REFUSED],
    "lock":    [REFUSED,     REFUSED,     REFUSED,     REFUSED,     "locked",    REFUSED,     REFUSED],
}  # fmt: skip
OTHER = {"B01": "7", "B02": "700"}


def report_in(world: World, state: str) -> Report:
    period = world.open()
    report = world.report_of(world.units[0])
    make: dict[str, Callable[[], object]] = {
        "expected": lambda: None,
        "draft": lambda: save_draft(report=report, cells=CELLS, by=None),
        "submitted": lambda: submitted(report),
        "returned": lambda: return_report(report=submitted(report), reason="Sai", by=None),
        "accepted": lambda: accepted(report),
        "locked": lambda: (accepted(report), lock_reports(period=period, by=None)),
        "withdrawn": lambda: (
            Exemption.objects.create(form=world.form, area=world.communes[0], reason="Lũ"),
            follow_reorganisations(period=period, by=None),
        ),
    }
    make[state]()
    report.refresh_from_db()
    assert report.state == state
    return report


def act(action: str, report: Report) -> None:
    entered = {"report": report, "cells": OTHER, "by": None}
    actions: dict[str, Callable[[], object]] = {
        "draft": lambda: save_draft(**entered),
        "submit": lambda: submit_report(**entered, origin=Origin.FORM, reason="Sửa"),
        "correct": lambda: correct_report(**entered, origin=Origin.FORM, reason="Sửa"),
        "return": lambda: return_report(report=report, reason="Sai", by=None),
        "accept": lambda: accept_report(report=report, by=None),
        "lock": lambda: lock_reports(period=report.period, by=None),
    }
    actions[action]()


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("action", TABLE)
def test_every_action_from_every_state(world: World, action: str, state: str) -> None:
    report = report_in(world, state)
    outcome = TABLE[action][STATES.index(state)]

    if outcome == REFUSED:
        with pytest.raises(Conflict):
            act(action, report)
        report.refresh_from_db()
        assert report.state == state
    else:
        act(action, report)
        report.refresh_from_db()
        assert report.state == outcome


def test_refusal_names_the_state_and_the_states_allowed(world: World) -> None:
    report = report_in(world, "expected")

    with pytest.raises(Conflict, match=r"“Phải nộp”.*tiếp nhận.*Đã nộp\."):
        act("accept", report)


def test_table_covers_every_state_the_model_knows() -> None:
    assert [state.value for state in ReportState] == STATES


def test_no_action_leads_two_ways_from_one_state() -> None:
    seen = [(row.action, state) for row in TRANSITIONS for state in row.sources]

    assert len(seen) == len(set(seen))
    assert {row.who for row in TRANSITIONS} == set(Who)
