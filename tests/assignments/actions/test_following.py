"""From given to closed: the states an assignment takes, and the sentences that refuse the others."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction

from phoihop.assignments.actions import (
    acknowledge_assignment,
    add_paragraph,
    ask_extension,
    assign,
    cascade_assignment,
    close_assignment,
    edit_paragraph,
    grant_extension,
    issue_conclusion,
    refuse_extension,
    remove_assignment,
    report_done,
    report_progress,
    return_assignment,
    withdraw_assignment,
)
from phoihop.assignments.enums import Act, AssignmentState, Cell
from phoihop.assignments.models import Assignment, Progress
from phoihop.assignments.queries.asof import tasks_as_of
from phoihop.audit.models import AuditEvent
from phoihop.core import clock
from phoihop.core.errors import Conflict, DomainError, NotAllowed
from phoihop.core.files import FileRefused
from phoihop.orgs.enums import Role
from phoihop.orgs.models import Organisation
from tests.factories.areas import area_under
from tests.factories.assignments import DUE, assigned, closed, drafted, issued, paragraph
from tests.factories.orgs import police_of, user_for
from tests.reports.world import World

TODAY = date(2026, 6, 16)
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
State = AssignmentState


def on(day: date) -> time_machine.travel:
    return time_machine.travel(datetime(day.year, day.month, day.day, 2, tzinfo=UTC), tick=False)


def fresh(task: Assignment) -> Assignment:
    return Assignment.objects.get(pk=task.pk)


def test_a_draft_runs_only_once_it_is_issued(world: World) -> None:
    conclusion = drafted(world.centre, world.programme)
    task = assigned(paragraph(conclusion), world.desk)
    with pytest.raises(Conflict):
        acknowledge_assignment(assignment=task, by=None)
    assert not Assignment.objects.counted().exists()
    issue_conclusion(conclusion=conclusion, by=world.central_desk, number="12/TB")
    task = acknowledge_assignment(assignment=task, by=world.provincial_desk)
    assert (task.state, task.acknowledged_by) == (State.ACKNOWLEDGED, world.provincial_desk)
    assert AuditEvent.objects.filter(action="issue_conclusion", actor=world.central_desk.username).exists()


def test_issued_paragraphs_no_longer_change(world: World, task: Assignment) -> None:
    where = task.paragraph
    for change in (
        lambda: add_paragraph(conclusion=where.conclusion, label="2", text_vi="thêm", by=None),
        lambda: edit_paragraph(paragraph=where, label="1", text_vi="khác", by=None),
        lambda: assigned(where, world.units[0]),
        lambda: remove_assignment(assignment=task, by=None),
        lambda: issue_conclusion(conclusion=where.conclusion, by=None),
    ):
        with pytest.raises(Conflict):
            change()
    where.refresh_from_db()
    assert where.text_vi.startswith("Tiếp tục")


def test_conclusions_without_a_paragraph_are_not_issued(world: World) -> None:
    with pytest.raises(Conflict):
        issue_conclusion(conclusion=drafted(world.centre, world.programme), by=None)


@pytest.mark.parametrize(
    "told",
    [
        {"due_on": date(2026, 3, 10)},  # before the conclusions
        {"due_on": DUE, "review_dates": [DUE]},  # both
        {"due_on": None, "review_dates": []},  # neither
        {"text_vi": "  "},
        {"verb_vi": "x" * 81},
    ],
)
def test_an_assignment_has_a_day_a_text_and_an_end(world: World, told: dict[str, object]) -> None:
    where = paragraph(drafted(world.centre, world.programme))
    usual: dict[str, object] = {"verb_vi": "Tổ chức", "text_vi": "Ngày hội", "due_on": DUE}
    with pytest.raises(DomainError):
        assign(paragraph=where, lead=world.desk, by=None, **{**usual, **told})
    assert not Assignment.objects.exists()


def test_what_would_be_born_overdue_is_refused_until_it_is_confirmed(world: World) -> None:
    conclusion = drafted(world.centre, world.programme)
    where, yesterday = paragraph(conclusion), TODAY - timedelta(days=1)
    for told in ({"due_on": yesterday}, {"review_dates": [yesterday, DUE]}):
        with pytest.raises(DomainError, match="15/06/2026"):
            assigned(where, world.desk, **told)
    assigned(where, world.desk, due_on=TODAY)  # the day itself is in time
    with on(TODAY + timedelta(days=1)):
        with pytest.raises(Conflict, match="16/06/2026"):
            issue_conclusion(conclusion=conclusion, by=None)
        late = assigned(where, world.units[0], due_on=yesterday, is_past_meant=True)
        issue_conclusion(conclusion=conclusion, is_past_meant=True, by=None)
    assert fresh(late).given_at is not None


def test_what_an_only_issuer_gives_to_itself_is_refused(world: World) -> None:
    where = paragraph(drafted(world.centre, world.programme))
    with pytest.raises(DomainError, match="cơ quan"):
        assigned(where, world.centre)


def test_the_whole_way_writes_a_history(world: World, task: Assignment) -> None:
    officer, issuer = world.user(world.desk, Role.REPORTING_OFFICER), world.central_desk
    acknowledge_assignment(assignment=task, by=officer)
    said = report_progress(
        assignment=task,
        text="Đã ban hành",
        link="/su-kien/1/",
        file_name="ke-hoach.pdf",
        content=PDF,
        by=officer,
    )
    assert (said.number, said.name, said.size) == (1, "ke-hoach.pdf", len(PDF))
    report_done(assignment=task, done_on=date(2026, 6, 16), by=officer)
    return_assignment(assignment=task, reason="Chưa có báo cáo", by=issuer)
    assert (fresh(task).done_on, fresh(task).reported_done_on) == (None, None)
    report_done(assignment=task, by=officer)
    close_assignment(assignment=task, by=issuer)
    assert list(task.movements.values_list("act", flat=True)) == [
        Act.ACKNOWLEDGED, Act.REPORTED_DONE, Act.RETURNED, Act.REPORTED_DONE, Act.CLOSED,
    ]  # fmt: skip
    ended = fresh(task)
    assert (ended.state, ended.done_on, ended.closed_by) == (State.CLOSED, TODAY, issuer)
    assert ended.cell_on(TODAY) == Cell.DONE_ON_TIME


ACTS: dict[str, Callable[[Assignment], object]] = {
    "acknowledge": lambda task: acknowledge_assignment(assignment=task, by=None),
    "progress": lambda task: report_progress(assignment=task, text="x", by=None),
    "done": lambda task: report_done(assignment=task, by=None),
    "ask": lambda task: ask_extension(assignment=task, wanted_on=date(2026, 9, 1), reason="x", by=None),
    "close": lambda task: close_assignment(assignment=task, by=None),
    "return": lambda task: return_assignment(assignment=task, reason="x", by=None),
    "withdraw": lambda task: withdraw_assignment(assignment=task, reason="x", by=None),
}
POSSIBLE = {
    State.GIVEN: {"acknowledge", "progress", "done", "ask", "withdraw"},
    State.ACKNOWLEDGED: {"progress", "done", "ask", "withdraw"},
    State.REPORTED_DONE: {"close", "return"},
    State.CLOSED: set(),
    State.WITHDRAWN: set(),
}


@pytest.mark.parametrize("state", list(POSSIBLE))
def test_what_each_state_allows(world: World, state: State) -> None:
    found = set()
    for name, act in ACTS.items():
        task = issued(world.centre, world.programme, world.desk)[0]
        _bring_to(task, state)
        try:
            act(fresh(task))
        except Conflict:
            continue
        found.add(name)
    assert found == POSSIBLE[state]


def _bring_to(task: Assignment, state: State) -> None:
    way = {
        State.GIVEN: (),
        State.ACKNOWLEDGED: ("acknowledge",),
        State.REPORTED_DONE: ("done",),
        State.CLOSED: ("done", "close"),
        State.WITHDRAWN: ("withdraw",),
    }
    for step in way[state]:
        ACTS[step](task)


def test_the_performer_is_told_that_it_never_closes(world: World, task: Assignment) -> None:
    report_done(assignment=task, by=None)
    with pytest.raises(NotAllowed, match=world.centre.name_vi):
        close_assignment(assignment=task, by=world.provincial_desk)
    assert fresh(task).state == State.REPORTED_DONE


def test_done_days_lie_between_the_conclusions_and_today(world: World, task: Assignment) -> None:
    for day in (date(2026, 3, 10), date(2026, 6, 17)):
        with pytest.raises(DomainError):
            report_done(assignment=task, done_on=day, by=None)
    with on(date(2026, 8, 20)):
        closed(task, done_on=date(2026, 8, 10))
    assert fresh(task).cell_on(date(2026, 8, 20)) == Cell.DONE_LATE


def test_what_was_done_between_the_conclusions_and_their_issue_is_done_on_that_day(
    world: World, task: Assignment
) -> None:
    closed(task, done_on=date(2026, 3, 11))
    assert fresh(task).done_on == date(2026, 3, 11)


def test_the_leads_word_ends_nothing_until_the_issuer_closes_it(world: World, task: Assignment) -> None:
    late = date(2026, 8, 20)
    with on(late):
        report_done(assignment=task, done_on=date(2026, 7, 1), by=None)
        waiting = fresh(task)
        assert (waiting.done_on, waiting.cell_on(late)) == (None, Cell.OPEN_OVERDUE)
        assert list(Assignment.objects.in_cell(Cell.OPEN_OVERDUE, late)) == [task]
        close_assignment(assignment=task, by=world.central_desk)
    assert (fresh(task).done_on, fresh(task).cell_on(late)) == (date(2026, 7, 1), Cell.DONE_ON_TIME)


def test_the_issuer_corrects_the_day_with_a_reason_and_never_after_the_report(
    world: World, task: Assignment
) -> None:
    with on(date(2026, 8, 10)):
        report_done(assignment=task, done_on=date(2026, 7, 31), by=None)
    with on(date(2026, 8, 20)):
        for day, note in [
            (date(2026, 8, 5), ""),  # no reason
            (date(2026, 8, 11), "Văn bản ký sau"),  # after the report
            (date(2026, 3, 10), "Đã làm từ trước"),  # before the conclusions
        ]:
            with pytest.raises(DomainError):
                close_assignment(assignment=task, done_on=day, note=note, by=world.central_desk)
        close_assignment(
            assignment=task, done_on=date(2026, 8, 5), note="Theo ngày ký", by=world.central_desk
        )
    said = fresh(task)
    assert (said.reported_done_on, said.done_on) == (date(2026, 7, 31), date(2026, 8, 5))
    assert said.cell_on(date(2026, 8, 20)) == Cell.DONE_LATE
    move = task.movements.get(act=Act.CLOSED)
    assert (move.on, move.text) == (date(2026, 8, 5), "Theo ngày ký")


@pytest.mark.parametrize(
    "fields",
    [
        {"done_on": TODAY},  # done, and nobody closed it
        {"state": "reported_done", "reported_done_at": None, "reported_done_on": TODAY},
        {"state": "reported_done", "reported_done_on": None},
        {"reported_done_on": TODAY},  # nobody reported it
    ],
)
def test_the_table_keeps_no_day_done_without_closing(
    world: World, task: Assignment, fields: dict[str, object]
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Assignment.objects.filter(pk=task.pk).update(**fields)


def test_a_state_secret_and_a_page_elsewhere_are_refused_as_evidence(world: World, task: Assignment) -> None:
    with pytest.raises(FileRefused):
        report_progress(assignment=task, text="x", file_name="TUYỆT MẬT.pdf", content=PDF, by=None)
    for link in ("https://example.org/", "//example.org/", "su-kien/1", "/\\example.org"):
        with pytest.raises(DomainError):
            report_progress(assignment=task, text="x", link=link, by=None)
    assert not Progress.objects.exists()


def test_a_later_date_keeps_the_first_one(world: World, task: Assignment) -> None:
    asked = ask_extension(
        assignment=task, wanted_on=date(2026, 8, 31), reason="Mưa lũ", by=world.provincial_desk
    )
    with pytest.raises(Conflict):  # one request at a time
        ask_extension(assignment=task, wanted_on=date(2026, 9, 30), reason="x", by=None)
    with pytest.raises(NotAllowed):
        grant_extension(extension=asked, by=world.provincial_desk)
    grant_extension(extension=asked, by=world.central_desk)
    moved = fresh(task)
    assert (moved.original_due_on, moved.due_on, moved.is_extended) == (DUE, date(2026, 8, 31), True)
    with pytest.raises(Conflict):
        refuse_extension(extension=asked, reason="x", by=None)
    again = ask_extension(assignment=task, wanted_on=date(2026, 9, 15), reason="Mưa lũ", by=None)
    refuse_extension(extension=again, reason="Đã gia hạn một lần", by=None)
    assert (fresh(task).original_due_on, fresh(task).due_on) == (DUE, date(2026, 8, 31))


@pytest.mark.parametrize(("day", "is_possible"), [(DUE, True), (DUE + timedelta(days=1), False)])
def test_a_later_date_is_decided_only_before_the_date_in_force_passes(
    world: World, task: Assignment, day: date, is_possible: bool
) -> None:
    asked = ask_extension(assignment=task, wanted_on=date(2026, 8, 31), reason="Mưa lũ", by=None)
    with on(day):
        if is_possible:
            grant_extension(extension=asked, by=None)
        else:
            with pytest.raises(Conflict, match="31/07/2026"):
                grant_extension(extension=asked, by=None)
            with pytest.raises(Conflict, match="31/07/2026"):
                ask_extension(assignment=task, wanted_on=date(2026, 9, 1), reason="x", by=None)
    assert fresh(task).is_extended is is_possible


def test_an_earlier_date_is_no_extension(world: World, task: Assignment) -> None:
    for wanted in (DUE, DUE - timedelta(days=1)):
        with pytest.raises(DomainError):
            ask_extension(assignment=task, wanted_on=wanted, reason="x", by=None)


def test_parts_for_every_organisation_in_force_of_the_party_line(world: World, front: Organisation) -> None:
    task = issued(world.centre, world.programme, world.desk)[0]
    ended = police_of(area_under(world.province, "commune", "Đã giải thể"), world.desk)
    Organisation.objects.filter(pk=ended.pk).update(valid_until=TODAY)
    parts = cascade_assignment(
        assignment=task, level="commune", due_on=date(2026, 7, 15), by=world.provincial_desk
    )
    assert {part.lead for part in parts} == set(world.units)
    assert {(part.giver, part.due_on, part.parent) for part in parts} == {
        (world.desk, date(2026, 7, 15), task)
    }
    with pytest.raises(DomainError):  # each has its part already
        cascade_assignment(assignment=task, level="commune", by=None)
    later = police_of(area_under(world.province, "commune", "Mới"), world.desk)
    assert [part.lead for part in cascade_assignment(assignment=task, level="commune", by=None)] == [later]


def test_withdrawing_a_whole_takes_its_open_parts_and_leaves_what_was_done(world: World) -> None:
    task = issued(world.centre, world.programme, world.desk)[0]
    first, second = cascade_assignment(assignment=task, level="commune", by=None)
    report_done(assignment=first, by=None)
    withdraw_assignment(assignment=task, reason="Chỉ đạo mới", by=world.central_desk)
    assert [fresh(each).state for each in (task, first, second)] == [
        State.WITHDRAWN, State.REPORTED_DONE, State.WITHDRAWN,
    ]  # fmt: skip
    assert fresh(second).withdraw_reason == "Chỉ đạo mới"


def test_standing_work_moves_to_its_next_review_date_when_its_lead_reports_on_it(
    world: World, front: Organisation
) -> None:
    dates = [date(2026, 6, 30), date(2026, 12, 31)]
    task = issued(world.centre, world.programme, world.desk, review_dates=dates, co_organisations=[front])[0]
    assert (task.is_standing, task.due_on) == (True, dates[0])
    helper = user_for(front, Role.REPORTING_OFFICER)
    late = date(2026, 7, 5)
    with on(date(2026, 6, 18)):  # a co-organisation's remark is heard, and answers nothing for the lead
        report_progress(assignment=task, text="Đã phối hợp", by=helper)
        told = fresh(task)
        assert (told.due_on, told.cell_on(late)) == (dates[0], Cell.OPEN_OVERDUE)
        assert told.last_updated_at == clock.now()
        asked = tasks_as_of([world.programme], [world.province.pk], on=late, known_at=clock.now())
        assert [(each.due_on, each.cell) for each in asked] == [(dates[0], Cell.OPEN_OVERDUE)]
    assert list(task.review_dates.values_list("answered_on", flat=True)) == [None, None]
    with on(date(2026, 6, 20)):
        report_progress(assignment=task, text="Đã rà soát", by=world.user(world.desk, Role.REPORTING_OFFICER))
    assert fresh(task).due_on == dates[1]
    with on(date(2026, 7, 10)):  # too early for the next one
        report_progress(assignment=task, text="Tiếp tục", by=None)
    assert fresh(task).due_on == dates[1]
    with on(date(2027, 1, 5)):
        assert fresh(task).cell_on(date(2027, 1, 5)) == Cell.OPEN_OVERDUE
        report_progress(assignment=task, text="Chậm", by=None)
        assert fresh(task).cell_on(date(2027, 1, 5)) == Cell.OPEN_IN_TIME
    assert list(task.review_dates.values_list("answered_on", flat=True)) == [
        date(2026, 6, 20), date(2027, 1, 5),
    ]  # fmt: skip
    with pytest.raises(Conflict):
        ask_extension(assignment=fresh(task), wanted_on=date(2028, 1, 1), reason="x", by=None)
