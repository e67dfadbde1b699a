"""A person's data goes out of what was typed about assignments, drafts and proposals, everywhere and for good."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.apps import apps

from phoihop.areas.enums import Level
from phoihop.assignments import actions
from phoihop.assignments.models import Assignment, Conclusion, Passing, Progress, Proposal
from phoihop.assignments.sealing import Thing
from phoihop.audit.actions import broken_links, seal_events
from phoihop.audit.models import AuditEvent, WordSeal
from phoihop.audit.words import TAKEN_OUT, broken_words
from phoihop.core import storage
from phoihop.core.errors import DomainError, NotAllowed
from phoihop.orgs.models import Organisation, OrganisationSuccession
from tests.factories.assignments import assigned, drafted
from tests.reports.world import World

NAMED = "Bà Trần Thị B, 0901234567"
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
WHY = "Có dữ liệu cá nhân"
LATER = date(2026, 8, 31)


def said_anywhere() -> list[str]:
    """The models in whose rows the words still stand."""
    return [
        model.__name__
        for model in apps.get_models()
        for row in model._default_manager.values()
        if "0901234567" in json.dumps(row, default=str, ensure_ascii=False)
    ]


def progressed(world: World, task: Assignment) -> Thing:
    actions.report_progress(assignment=task, text=NAMED, by=None)
    return task


def asked(world: World, task: Assignment) -> Thing:
    actions.ask_extension(assignment=task, wanted_on=LATER, reason=NAMED, by=None)
    return task


def refused(world: World, task: Assignment) -> Thing:
    extension = actions.ask_extension(assignment=task, wanted_on=LATER, reason="Mưa lũ", by=None)
    actions.refuse_extension(extension=extension, reason=NAMED, by=None)
    return task


def returned(world: World, task: Assignment) -> Thing:
    actions.report_done(assignment=task, by=None)
    actions.return_assignment(assignment=task, reason=NAMED, by=None)
    return task


def closed(world: World, task: Assignment) -> Thing:
    actions.report_done(assignment=task, by=None)
    actions.close_assignment(assignment=task, note=NAMED, by=None)
    return task


def withdrawn(world: World, task: Assignment) -> Thing:
    """With a part of it: the reason stands in four rows."""
    actions.cascade_assignment(assignment=task, level=Level.COMMUNE, by=None)
    actions.withdraw_assignment(assignment=task, reason=NAMED, by=None)
    return task


def passed(world: World, task: Assignment) -> Thing:
    ended = world.desk
    Organisation.objects.filter(pk=ended.pk).update(valid_until=date(2026, 6, 16))
    ended.refresh_from_db()
    for heir in world.units:
        OrganisationSuccession.objects.create(predecessor=ended, successor=heir, on=date(2026, 6, 16))
    actions.pass_assignments(organisation=ended, heir=world.units[0], reason=NAMED, by=None)
    return task


def proposed(world: World, **told: Any) -> Proposal:
    usual = {"title": "Kiến nghị", "text": "Đề nghị hướng dẫn", "answer_by": LATER, "by": None}
    sides = {"sender": world.units[0], "receiver": world.desk, "programme": world.programme}
    return actions.send_proposal(**{**sides, **usual, **told})


def answered(world: World, task: Assignment) -> Thing:
    return actions.answer_proposal(proposal=proposed(world), answer=NAMED, by=None)


def forwarded(world: World, task: Assignment) -> Thing:
    return actions.forward_proposal(proposal=proposed(world), receiver=world.centre, reason=NAMED, by=None)


def written(world: World, task: Assignment) -> Thing:
    draft = drafted(world.centre, world.programme)
    actions.add_paragraph(conclusion=draft, label="1", text_vi=NAMED, by=None)
    return draft


def tasked(world: World, task: Assignment) -> Thing:
    draft = drafted(world.centre, world.programme)
    where = actions.add_paragraph(conclusion=draft, label="1", text_vi="Đẩy mạnh", by=None)
    assigned(where, world.desk, text_vi=NAMED)
    return draft


KINDS: dict[str, Callable[[World, Assignment], Thing]] = {
    "progress": progressed,
    "extension": asked,
    "decision": refused,
    "movement": returned,
    "withdrawal": withdrawn,
    "passing": passed,
    "title": lambda world, task: proposed(world, title=NAMED),
    "proposal": lambda world, task: proposed(world, text=NAMED),
    "answer": answered,
    "forwarding": forwarded,
    "paragraph": written,
    "task": tasked,
}


def place_of(thing: Thing, place: str) -> dict[str, Any]:
    from phoihop.assignments.sealing import texts_of

    return next(
        {"thing": thing, "place": place, "pk": row.pk}
        for each, row in texts_of(type(thing)._default_manager.get(pk=thing.pk))
        if each.words == place and NAMED in getattr(row, each.field)
    )


@pytest.mark.parametrize("place", KINDS)
def test_words_are_gone_from_every_row_and_the_chain_still_holds(
    world: World, task: Assignment, place: str
) -> None:
    thing = KINDS[place](world, task)
    seal_events()
    assert said_anywhere() != []
    taken = actions.redact_assigned_words(**place_of(thing, place), reason=WHY, by=world.central_desk)
    assert said_anywhere() == []
    assert {(each.salt, each.redaction_reason, each.redacted_by) for each in taken} == {
        ("", WHY, world.central_desk.username)
    }
    told = AuditEvent.objects.get(action="redact_assigned_words")
    assert (told.actor, told.details["place"], WHY in str(told.details)) == (
        world.central_desk.username, place, False,
    )  # fmt: skip
    seal_events()
    assert [*broken_words(), *broken_links()] == []


def test_a_note_of_closing_goes_and_the_state_stays(world: World, task: Assignment) -> None:
    thing = closed(world, task)
    actions.redact_assigned_words(**place_of(thing, "movement"), reason=WHY, by=None)
    task.refresh_from_db()
    assert (task.state, task.movements.get(act="closed").text) == ("closed", TAKEN_OUT)


def test_a_withdrawal_of_many_parts_loses_its_reason_in_all_of_them(world: World, task: Assignment) -> None:
    withdrawn(world, task)
    part = task.children.first()
    taken = actions.redact_assigned_words(**place_of(part, "withdrawal"), reason=WHY, by=None)
    rows = Assignment.objects.filter(state="withdrawn")
    assert (len(taken), set(rows.values_list("withdraw_reason", flat=True))) == (
        2 * rows.count(),
        {TAKEN_OUT},
    )


def test_another_assignment_that_says_the_same_keeps_its_words(world: World, task: Assignment) -> None:
    progressed(world, task)
    draft = drafted(world.centre, world.programme)
    where = actions.add_paragraph(conclusion=draft, label="1", text_vi="Đẩy mạnh", by=None)
    other = assigned(where, world.desk)
    actions.issue_conclusion(conclusion=draft, by=None)
    actions.report_progress(assignment=other, text=NAMED, by=None)
    actions.redact_assigned_words(**place_of(task, "progress"), reason=WHY, by=None)
    assert [each.text for each in Progress.objects.order_by("pk")] == [TAKEN_OUT, NAMED]


def test_an_evidence_file_goes_with_its_bytes(
    world: World, task: Assignment, django_capture_on_commit_callbacks: Any
) -> None:
    said = actions.report_progress(
        assignment=task, text="Đã làm", by=None, file_name=f"{NAMED}.pdf", content=PDF
    )
    place = storage.place_of(said.path)
    with django_capture_on_commit_callbacks(execute=True):
        actions.redact_assigned_words(thing=task, place="evidence", pk=said.pk, reason=WHY, by=None)
    said.refresh_from_db()
    assert (said.text, said.name, said.path, said.sha256, place.exists()) == ("Đã làm", "", "", "", False)
    assert (said_anywhere(), list(broken_words())) == ([], [])


def test_a_file_that_lies_elsewhere_too_keeps_its_bytes(
    world: World, task: Assignment, django_capture_on_commit_callbacks: Any
) -> None:
    draft = drafted(world.centre, world.programme)
    where = actions.add_paragraph(conclusion=draft, label="1", text_vi="Đẩy mạnh", by=None)
    other = assigned(where, world.desk)
    actions.issue_conclusion(conclusion=draft, by=None)
    held = {"text": "Đã làm", "by": None, "file_name": "a.pdf", "content": PDF}
    one, _two = (actions.report_progress(assignment=each, **held) for each in (task, other))
    with django_capture_on_commit_callbacks(execute=True):
        actions.redact_assigned_words(thing=task, place="evidence", pk=one.pk, reason=WHY, by=None)
    assert storage.place_of(one.path).exists()


def test_a_paragraph_written_again_after_it_was_taken_out_is_sealed_anew(
    world: World, task: Assignment
) -> None:
    draft = written(world, task)
    assert isinstance(draft, Conclusion)
    actions.redact_assigned_words(**place_of(draft, "paragraph"), reason=WHY, by=None)
    actions.edit_paragraph(paragraph=draft.paragraphs.get(), label="1", text_vi="Đẩy mạnh", by=None)
    assert list(broken_words()) == []
    seals = WordSeal.objects.filter(field="text_vi", object_id=draft.paragraphs.get().pk).order_by("pk")
    assert [each.redacted_at is None for each in seals] == [False, True]
    actions.remove_paragraph(paragraph=draft.paragraphs.get(), by=None)
    assert list(broken_words()) == []


def test_texts_of_issued_conclusions_are_not_taken_out_whole(world: World, task: Assignment) -> None:
    where = task.paragraph
    with pytest.raises(DomainError, match="Đoạn"):
        actions.redact_assigned_words(
            thing=where.conclusion, place="paragraph", pk=where.pk, reason=WHY, by=None
        )


def test_only_the_centre_with_a_reason_and_at_a_place_where_words_stand(
    world: World, task: Assignment
) -> None:
    at = place_of(progressed(world, task), "progress")
    refusals: list[tuple[dict[str, Any], type[Exception]]] = [
        (at | {"by": world.provincial_desk, "reason": WHY}, NotAllowed),
        (at | {"by": world.officer(), "reason": WHY}, NotAllowed),
        (at | {"by": world.central_desk, "reason": " "}, DomainError),
        (at | {"by": None, "reason": WHY, "pk": 0}, DomainError),
        (at | {"by": None, "reason": WHY, "place": "elsewhere"}, DomainError),
    ]
    for given, refusal in refusals:
        with pytest.raises(refusal):
            actions.redact_assigned_words(**given)
    assert task.progress.get().text == NAMED


def test_one_passing_loses_its_reason_in_every_assignment_that_passed(world: World, task: Assignment) -> None:
    draft = drafted(world.centre, world.programme)
    where = actions.add_paragraph(conclusion=draft, label="1", text_vi="Đẩy mạnh", by=None)
    assigned(where, world.desk)
    actions.issue_conclusion(conclusion=draft, by=None)
    with time_machine.travel(datetime(2026, 6, 17, 2, tzinfo=UTC), tick=False):
        passed(world, task)
        actions.redact_assigned_words(**place_of(task, "passing"), reason=WHY, by=None)
    assert [each.reason for each in Passing.objects.all()] == [TAKEN_OUT, TAKEN_OUT]
