"""Words typed with an act: in its row, under a seal; never in the audit log."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine

from phoihop.audit.models import AuditEvent, WordSeal
from phoihop.audit.words import broken_words
from phoihop.reports.models import ClosingChange, DeadlineChange
from tests.audit.acts import MARK, every_act
from tests.reviews.world import ReviewWorld, review_world

pytestmark = pytest.mark.django_db
SEALED = {
    "accounts.user.post_name",
    "assignments.extension.decision",
    "assignments.extension.reason",
    "assignments.forwarding.reason",
    "assignments.movement.text",
    "assignments.paragraph.text_vi",
    "assignments.passing.reason",
    "assignments.progress.sha256",
    "assignments.progress.text",
    "assignments.proposal.answer",
    "assignments.proposal.text",
    "assignments.proposal.title",
    "events.eventseal.redaction_reason",
    "reports.closingchange.reason",
    "reports.deadlinechange.reason",
    "reports.dutypassing.reason",
    "reports.textseal.redaction_reason",
    "reviews.approval.note",
    "reviews.approval.reason",
    "reviews.issuednumber.reason",
    "reviews.redaction.reason",
    "reviews.review.drafting_unit_vi",
}


@pytest.fixture
def done() -> Iterator[ReviewWorld]:
    with time_machine.travel(datetime(2026, 6, 16, 2, tzinfo=UTC), tick=False):
        world = review_world()
        every_act(world)
        yield world


def test_no_typed_word_stands_in_the_audit_log(done: ReviewWorld) -> None:
    told = {
        f"{event.action}: {json.dumps(event.details, ensure_ascii=False)}"
        for event in AuditEvent.objects.all()
        if MARK.casefold() in json.dumps(event.details, ensure_ascii=False).casefold()
    }
    assert told == set()
    sealed = {f"{each.object_type}.{each.field}" for each in WordSeal.objects.all()}
    assert sealed == SEALED
    assert list(broken_words()) == []


def test_words_changed_behind_the_systems_back_are_found(done: ReviewWorld) -> None:
    DeadlineChange.objects.update(reason="khác")
    assert len(list(broken_words())) == DeadlineChange.objects.count()


def test_a_seal_the_chain_does_not_know_is_found(done: ReviewWorld) -> None:
    change = ClosingChange.objects.get(is_closing=True)
    WordSeal.objects.filter(object_type="reports.closingchange", object_id=change.pk).update(digest="0" * 64)
    assert len(list(broken_words())) == 2
