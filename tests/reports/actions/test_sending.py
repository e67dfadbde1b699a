"""What a device sends late, twice, or after another device did."""

from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest

from phoihop.audit.models import AuditEvent
from phoihop.core.errors import Conflict, DomainError, NotAllowed
from phoihop.reports.actions import Sent, accept_report, receive, return_report
from phoihop.reports.content import revision_of
from phoihop.reports.errors import ChecksFailed, FormChanged, NewerVersion
from phoihop.reports.models import Receipt, Report
from phoihop.reports.queries.cells import form_fingerprint
from tests.factories.indicators import indicator
from tests.reports.world import CELLS, World

KEY = UUID("11111111-1111-4111-8111-111111111111")


@pytest.fixture
def report(world: World) -> Report:
    world.open()
    return world.report_of(world.units[0])


def sent(**fields: Any) -> Sent:
    return Sent(**({"key": uuid4(), "cells": CELLS} | fields))


def state(report: Report) -> tuple[str, list[tuple[int, str, dict[str, str]]]]:
    report = Report.objects.get(pk=report.pk)
    return report.state, list(report.versions.values_list("number", "state", "cells"))


def test_what_is_sent_twice_is_written_once_and_answered_the_same(world: World, report: Report) -> None:
    first = sent(key=KEY, is_submission=True, base="", fingerprint=form_fingerprint(report))
    answer = receive(report=report, sent=first, by=world.officer())
    assert receive(report=report, sent=first, by=world.officer()) == answer
    assert state(report) == ("submitted", [(1, "submitted", CELLS)])
    assert AuditEvent.objects.filter(action="submit_report").count() == 1
    assert answer["status"] == "submitted"


def test_the_answer_survives_what_happened_after(world: World, report: Report) -> None:
    first = sent(key=KEY, is_submission=True)
    answer = receive(report=report, sent=first, by=world.officer())
    accept_report(report=report, by=world.provincial_desk)
    assert receive(report=report, sent=first, by=world.officer()) == answer
    assert state(report) == ("accepted", [(1, "accepted", CELLS)])


def test_a_draft_grows_from_what_the_device_had(world: World, report: Report) -> None:
    one = receive(report=report, sent=sent(cells={"B01": "1"}, base=""), by=world.officer())
    two = receive(report=report, sent=sent(cells={"B01": "2"}, base=one["revision"]), by=world.officer())
    assert state(report) == ("draft", [(1, "draft", {"B01": "2"})])
    assert two["revision"] == revision_of(report.versions.get())
    assert one["revision"] != two["revision"]


@pytest.mark.parametrize("is_submission", [False, True])
def test_another_devices_copy_is_never_written_over_unasked(
    world: World, report: Report, is_submission: bool
) -> None:
    receive(report=report, sent=sent(cells={"B01": "1"}, base=""), by=world.officer())
    late = sent(base="", is_submission=is_submission)
    with pytest.raises(NewerVersion):
        receive(report=report, sent=late, by=world.officer())
    assert state(report) == ("draft", [(1, "draft", {"B01": "1"})])
    receive(report=report, sent=replace(late, beside=True, base=None), by=world.officer())
    kept = "submitted" if is_submission else "draft"
    assert state(report) == (kept, [(1, "draft", {"B01": "1"}), (2, kept, CELLS)])


def test_a_changed_form_refuses_a_submission_and_keeps_a_draft(world: World, report: Report) -> None:
    seen = form_fingerprint(report)
    indicator("B03", programme=world.programme)
    report = Report.objects.get(pk=report.pk)
    with pytest.raises(FormChanged):
        receive(report=report, sent=sent(fingerprint=seen, is_submission=True), by=world.officer())
    answer = receive(report=report, sent=sent(fingerprint=seen), by=world.officer())
    assert answer["fingerprint"] == form_fingerprint(Report.objects.get(pk=report.pk)) != seen
    assert state(report) == ("draft", [(1, "draft", CELLS)])


def test_a_refused_submission_writes_nothing_and_may_be_sent_again(world: World, report: Report) -> None:
    wrong = sent(key=KEY, cells={"B01": "-4"}, is_submission=True)
    with pytest.raises(ChecksFailed):
        receive(report=report, sent=wrong, by=world.officer())
    assert (state(report), Receipt.objects.count()) == (("expected", []), 0)
    assert (
        receive(report=report, sent=replace(wrong, cells=CELLS), by=world.officer())["status"] == "submitted"
    )


def test_a_key_belongs_to_one_report_and_one_user(world: World, report: Report) -> None:
    receive(report=report, sent=sent(key=KEY), by=world.officer())
    other = world.report_of(world.units[1])
    with pytest.raises(Conflict, match="1111"):
        receive(report=other, sent=sent(key=KEY), by=world.officer())
    with pytest.raises(NotAllowed):
        receive(report=other, sent=sent(), by=world.officer())
    assert receive(report=other, sent=sent(key=KEY), by=world.officer(1))["status"] == "saved"


def test_after_an_acceptance_a_late_submission_needs_a_reason(world: World, report: Report) -> None:
    receive(report=report, sent=sent(is_submission=True), by=world.officer())
    accept_report(report=report, by=world.provincial_desk)
    late = sent(cells={"B01": "9", "B02": "900"}, is_submission=True)
    with pytest.raises(DomainError):
        receive(report=report, sent=late, by=world.officer())
    receive(report=report, sent=replace(late, reason="Đếm lại"), by=world.officer())
    assert state(report)[1][-1] == (2, "submitted", {"B01": "9", "B02": "900"})


def test_a_withdrawn_report_takes_nothing_more(world: World, report: Report) -> None:
    Report.objects.filter(pk=report.pk).update(state="withdrawn")
    for is_submission in (False, True):
        with pytest.raises(Conflict):
            receive(report=report, sent=sent(is_submission=is_submission), by=world.officer())


def test_a_returned_report_is_corrected_from_the_returned_version(world: World, report: Report) -> None:
    base = receive(report=report, sent=sent(is_submission=True), by=world.officer())["revision"]
    return_report(report=report, reason="Xem lại B01", by=world.provincial_desk)
    receive(
        report=report,
        sent=sent(cells={"B01": "5", "B02": "400"}, base=base, is_submission=True),
        by=world.officer(),
    )
    assert state(report) == (
        "submitted",
        [(1, "returned", CELLS), (2, "submitted", {"B01": "5", "B02": "400"})],
    )
