"""Acts of every kind with a marked word in all that can be typed with them, for tests of the audit log."""

from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any
from uuid import uuid4

import time_machine

from phoihop.accounts.actions import create_user
from phoihop.areas.enums import Level
from phoihop.assignments import actions as tasks
from phoihop.assignments.models import Assignment
from phoihop.conferences.actions import give_opinion, register_speech, write_note
from phoihop.conferences.enums import ConferenceKind, ConferenceState
from phoihop.conferences.facts import SpeechFacts
from phoihop.events import actions as events
from phoihop.orgs.models import Organisation, OrganisationSuccession
from phoihop.reports import actions as reports
from phoihop.reports.enums import Origin
from phoihop.reviews import actions as reviews
from phoihop.reviews.compose.text import Text
from phoihop.reviews.models import Review, ReviewVersion
from tests.conferences.world import conference_world
from tests.factories.assignments import assigned, drafted, issued
from tests.factories.events import facts
from tests.reports.world import CELLS, World
from tests.reviews.world import ReviewWorld

MARK = "Moc0909"
SAID = f"{MARK} xem lại"
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


def every_act(world: ReviewWorld) -> None:
    create_user(username="can-bo", password="Mot-mat-khau-kho-doan-7", by=None, post_name=SAID)
    _events(world.base)
    _reports(world)
    _assignments(world.base)
    _reviews(world)
    _conferences(world.base)
    with time_machine.travel(datetime(2026, 6, 20, 3, tzinfo=UTC), tick=False):
        _reports_in_the_end(world)


def _events(world: World) -> None:
    unit = world.units[0]
    said = facts(unit, subject=SAID, place=SAID)
    event = events.enter_event(organisation=unit, facts=said, key=uuid4(), by=None, no_names=True)
    again = facts(unit, subject=f"{SAID} nữa", place=SAID)
    event = events.correct_event(event=event, facts=again, reason=SAID, base=1, by=None, no_names=True)
    events.redact_event_text(version=event.versions.latest("number"), place="reason", reason=SAID, by=None)
    events.cancel_event(event=event, reason=SAID, by=None)


def _reports(world: ReviewWorld) -> None:
    texts: dict[str, Any] = {"notes": {"B01": SAID}, "narrative": {"limits": SAID, "results": f"{SAID} nữa"}}
    report = world.base.report_of(world.units[0])
    reports.attach_file(report=report, name=f"{MARK}.pdf", content=PDF, by=None)
    reports.submit_report(report=report, cells=CELLS, by=None, origin=Origin.FORM, **texts)
    reports.return_report(report=report, reason=SAID, by=None)
    world.accept(world.units[0], CELLS, **texts, simulated=False)
    world.accept(world.base.desk, CELLS, narrative={"limits": f"Xã nêu: {SAID}."}, simulated=False)
    changed = {**CELLS, "B01": "5"}
    reports.correct_report(report=report, cells=changed, reason=SAID, by=None, origin=Origin.FORM, **texts)
    version = report.versions.latest("number")
    reports.redact_text(version=version, place="narrative", key="limits", reason=SAID, by=None)
    late = world.base.report_of(world.units[1])
    reports.grant_exception(report=late, until=date(2026, 7, 20), reason=SAID, by=None)
    reports.extend_deadline(
        period=world.period, level=Level.PROVINCE, until=date(2026, 7, 21), reason=SAID, by=None
    )
    reports.add_return_text(organisation=world.base.desk, text=SAID, by=None)


def _reports_in_the_end(world: ReviewWorld) -> None:
    ended, heirs = world.units[0], (world.units[1], world.base.desk)
    Organisation.objects.filter(pk=ended.pk).update(valid_until=date(2026, 6, 18))
    ended.refresh_from_db()
    for heir in heirs:
        OrganisationSuccession.objects.create(predecessor=ended, successor=heir, on=date(2026, 6, 18))
    reports.pass_to_heir(organisation=ended, heir=heirs[0], by=None, reason=SAID)
    report = world.base.report_of(world.units[0])
    if report.state == "submitted":
        reports.accept_report(report=report, by=None)
    with time_machine.travel(datetime(2026, 9, 1, 3, tzinfo=UTC), tick=False):
        reports.close_period(period=world.period, reason=SAID, by=None)
        reports.reopen_period(period=world.period, reason=SAID, by=None)


def _assignments(world: World) -> None:
    words = {"verb_vi": SAID, "text_vi": SAID, "product_vi": SAID, "text_en": SAID}
    draft = drafted(world.centre, world.programme, title_vi=SAID, title_en=SAID)
    where = tasks.add_paragraph(conclusion=draft, label="1", text_vi=SAID, by=None)
    tasks.edit_paragraph(paragraph=where, label="1", text_vi=f"{SAID} nữa", by=None)
    tasks.remove_assignment(assignment=assigned(where, world.desk, **words), by=None)
    first, second = issued(world.centre, world.programme, world.desk, world.units[0], **words)
    _followed(first)
    tasks.withdraw_assignment(assignment=second, reason=SAID, by=None)
    issued(world.centre, world.programme, world.units[0], slug="con-lai", **words)
    _proposed(world)


def _followed(task: Assignment) -> None:
    tasks.acknowledge_assignment(assignment=task, by=None)
    tasks.report_progress(assignment=task, text=SAID, by=None, file_name=f"{MARK}.pdf", content=PDF)
    asked = tasks.ask_extension(assignment=task, wanted_on=date(2026, 8, 31), reason=SAID, by=None)
    tasks.refuse_extension(extension=asked, reason=SAID, by=None)
    asked = tasks.ask_extension(assignment=task, wanted_on=date(2026, 9, 30), reason=SAID, by=None)
    tasks.grant_extension(extension=asked, note=SAID, by=None)
    tasks.report_done(assignment=task, by=None, text=SAID)
    tasks.return_assignment(assignment=task, reason=SAID, by=None)
    tasks.report_done(assignment=task, by=None, text=SAID)
    tasks.close_assignment(assignment=task, note=SAID, by=None)


def _proposed(world: World) -> None:
    proposal = tasks.send_proposal(
        sender=world.units[0], receiver=world.desk, programme=world.programme, title=SAID, text=SAID,
        answer_by=date(2026, 8, 1), by=None,
    )  # fmt: skip
    proposal = tasks.forward_proposal(proposal=proposal, receiver=world.centre, reason=SAID, by=None)
    tasks.answer_proposal(proposal=proposal, answer=SAID, by=None)


def _reviews(world: ReviewWorld) -> None:
    review = world.composed(title=Text(SAID, SAID))
    reviews.set_drafting_unit(review=review, unit=Text(SAID, SAID), by=None)
    reviews.set_drafting_unit(review=review, unit=Text(f"{SAID} nữa", SAID), by=None)
    limits = review.sections.get(key="limits")
    said = [{"kind": "sentence", "vi": f"Hạn chế: {SAID}.", "en": f"{SAID}."}]
    reviews.edit_section(section=limits, blocks=said, by=None)
    version = reviews.freeze_review(review=review, by=None, render=False)
    reviews.add_uploaded_file(version=version, name=f"{MARK}.pdf", stream=BytesIO(PDF), by=None)
    _signed(review, version)
    reviews.redact_words(review=review, words=f"{SAID}.", reason=SAID, by=None)
    reviews.redact_file(file=version.files.get(kind="uploaded"), reason=SAID, by=None)


def _signed(review: Review, version: ReviewVersion) -> None:
    body = review.issuers.first().organisation
    told: dict[str, Any] = {"version": version, "organisation": body, "by": None}
    reviews.approve_version(audience="public", note=SAID, **told)
    number = reviews.give_number(number=3, reason=SAID, **told)
    reviews.cancel_number(held=number, reason=SAID, by=None)
    reviews.withdraw_approval(reason=SAID, **told)


def _conferences(world: World) -> None:
    held = conference_world(centre=world.centre)
    speech = SpeechFacts(title_vi=SAID, title_en=SAID, speaker_post=SAID, text=SAID)
    delegation = held.sites[1].delegations.first()
    register_speech(delegation=delegation, facts=speech, by=None)
    write_note(site=held.sites[1], text=SAID, by=None)
    held.conference.kind, held.conference.state = ConferenceKind.WRITTEN, ConferenceState.INVITED
    held.conference.save()
    give_opinion(conference=held.conference, organisation=delegation.organisation, text=SAID, by=None)
