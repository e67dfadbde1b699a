from datetime import date, timedelta
from typing import Any

import pytest
import time_machine

from phoihop.assignments.actions import add_paragraph, assign, issue_conclusion
from phoihop.assignments.enums import AssignmentState, ConclusionKind
from phoihop.assignments.models import Assignment
from phoihop.conferences.actions import (
    close_written_review,
    draft_conclusion,
    give_opinion,
    open_conference,
    remind_bodies,
    send_invitations,
)
from phoihop.conferences.enums import ConferenceKind, ConferenceState
from phoihop.conferences.minutes import draft_of, parts_of
from phoihop.conferences.models import Conference, Opinion
from phoihop.conferences.permissions import Attendee, attendee_of
from phoihop.conferences.queries.written import answerings
from phoihop.core.errors import Conflict, DomainError, NotAllowed
from phoihop.orgs.enums import Role
from phoihop.programmes.models import Programme
from tests.conferences.world import ConferenceWorld, conference_world
from tests.factories.orgs import user_for
from tests.web.world import client_of


@pytest.fixture
def asked(db: None, moment: Any) -> ConferenceWorld:
    """Three provinces' bodies and the centre's own are asked; no agenda, no chair needed."""
    world = conference_world(state=ConferenceState.PREPARING)
    world.conference.kind = ConferenceKind.WRITTEN
    world.conference.save()
    world.conference.items.all().delete()
    send_invitations(conference=world.conference, by=attendee_of(world.conference, world.desk))
    return world


def officer(world: ConferenceWorld, number: int, role: Role = Role.REPORTING_OFFICER) -> Attendee:
    return attendee_of(world.refreshed(), user_for(world.bodies[number], role))


def answer(
    world: ConferenceWorld, number: int, text: str = "Nhất trí", by: Attendee | None = None
) -> Opinion:
    return give_opinion(
        conference=world.conference,
        organisation=world.bodies[number],
        text=text,
        by=by or officer(world, number),
    )


def state(world: ConferenceWorld) -> list[tuple[str, bool, bool]]:
    found = {row.body.pk: (row.has_answered, row.is_late) for row in answerings(world.refreshed())}
    return [(str(number), *found[body.pk]) for number, body in enumerate(world.bodies)]


def test_a_body_answers_and_answers_again_beside(asked: ConferenceWorld) -> None:
    answer(asked, 1)
    answer(asked, 1, "Nhất trí, bổ sung một ý")
    row = next(row for row in answerings(asked.conference) if row.body == asked.bodies[1])
    assert [(each.number, each.text) for each in row.opinions] == [
        (2, "Nhất trí, bổ sung một ý"), (1, "Nhất trí"),
    ]  # fmt: skip
    with pytest.raises(Conflict, match="giống hệt"):
        answer(asked, 1, "Nhất trí, bổ sung một ý")


@pytest.mark.parametrize(
    ("role", "may"),
    [
        (Role.REPORTING_OFFICER, True),
        (Role.APPROVER, True),
        (Role.PROVINCIAL_DESK, True),
        (Role.READER, False),
    ],
)
def test_who_answers_for_a_body(asked: ConferenceWorld, role: Role, may: bool) -> None:
    by = officer(asked, 1, role)
    if may:
        assert answer(asked, 1, by=by).by == by.user
    else:
        with pytest.raises(NotAllowed):
            answer(asked, 1, by=by)


def test_nobody_answers_for_another_body_or_for_one_that_is_not_asked(asked: ConferenceWorld) -> None:
    with pytest.raises(NotAllowed, match="Ý kiến của"):
        answer(asked, 2, by=officer(asked, 1))
    asked.sites[2].delegations.all().delete()
    with pytest.raises(NotAllowed, match="không thuộc diện được lấy ý kiến"):
        answer(asked, 2, by=officer(asked, 1))


def test_an_empty_opinion_is_asked_for(asked: ConferenceWorld) -> None:
    with pytest.raises(DomainError, match="Hãy ghi ý kiến"):
        answer(asked, 1, "   ")


def test_an_answer_after_the_day_counts_as_late(
    asked: ConferenceWorld, moment: time_machine.Traveller
) -> None:
    answer(asked, 0)
    moment.shift(timedelta(days=2))
    answer(asked, 1)
    assert state(asked) == [("0", True, False), ("1", True, True), ("2", False, True), ("3", False, True)]


def test_only_the_silent_are_reminded_and_once_a_day(
    asked: ConferenceWorld, moment: time_machine.Traveller
) -> None:
    desk = attendee_of(asked.refreshed(), asked.desk)
    answer(asked, 1)
    reminded = remind_bodies(conference=asked.conference, by=desk)
    assert {body.pk for body in reminded} == {asked.bodies[number].pk for number in (0, 2, 3)}
    with pytest.raises(Conflict, match="đã được nhắc trong ngày"):
        remind_bodies(conference=asked.conference, by=desk)
    moment.shift(timedelta(days=1))
    assert len(remind_bodies(conference=asked.conference, by=desk)) == 3
    row = next(row for row in answerings(asked.conference) if row.body == asked.bodies[2])
    assert len(row.reminded_at) == 2


def test_it_closes_without_a_session_and_takes_no_more(
    asked: ConferenceWorld, moment: time_machine.Traveller
) -> None:
    desk = attendee_of(asked.refreshed(), asked.desk)
    with pytest.raises(Conflict, match="không có phiên họp để khai mạc"):
        open_conference(conference=asked.conference, by=asked.chair)
    with pytest.raises(Conflict, match="Chưa có cơ quan nào trả lời"):
        close_written_review(conference=asked.conference, by=desk)
    for number in range(4):
        answer(asked, number)
    close_written_review(conference=asked.conference, by=desk, reason="không cần")
    held = asked.refreshed()
    assert (held.state, held.opened_at) == (ConferenceState.CLOSED, held.invited_at)
    with pytest.raises(Conflict, match="đã bế mạc"):
        answer(asked, 2, "Thêm")
    told = held.events.get(type="close_written_review").payload
    assert told == {"asked": 4, "answered": 4, "last_day": held.ends_at.isoformat(), "reason": ""}


@pytest.mark.parametrize(
    ("answered", "reason", "days", "closes"),
    [(1, "", 0, False), (1, " ", 0, False), (1, "Đủ căn cứ", 0, True), (1, "", 2, True), (4, "", 0, True)],
)
def test_it_closes_early_only_with_a_reason_or_every_answer(
    asked: ConferenceWorld,
    moment: time_machine.Traveller,
    answered: int,
    reason: str,
    days: int,
    closes: bool,
) -> None:
    for number in range(answered):
        answer(asked, number)
    moment.shift(timedelta(days=days))
    desk = attendee_of(asked.refreshed(), asked.desk)
    if closes:
        close_written_review(conference=asked.conference, by=desk, reason=reason)
        assert asked.refreshed().events.get(type="close_written_review").payload["reason"] == reason
    else:
        with pytest.raises(Conflict, match="3 cơ quan chưa trả lời"):
            close_written_review(conference=asked.conference, by=desk, reason=reason)


def test_the_page_asks_for_the_reason_and_takes_it_confirmed_only(asked: ConferenceWorld) -> None:
    answer(asked, 1)
    client, page = client_of(asked.desk), "/hoi-nghi/hoi-nghi-thu/chuan-bi/y-kien/"
    assert 'name="confirmed" required' in client.get(page).content.decode()
    client.post(f"{page}khoa/", {"key": "a", "reason": "Đủ căn cứ"})
    assert asked.refreshed().state == ConferenceState.INVITED
    client.post(f"{page}khoa/", {"key": "b", "reason": "Đủ căn cứ", "confirmed": "on"})
    assert asked.refreshed().state == ConferenceState.CLOSED


def test_the_minutes_say_why_it_closed_early(asked: ConferenceWorld) -> None:
    answer(asked, 1)
    desk = attendee_of(asked.refreshed(), asked.desk)
    close_written_review(conference=asked.conference, by=desk, reason="Đủ căn cứ tổng hợp")
    parts = parts_of(draft_of(asked.refreshed(), asked.conference.last_seq), {}, "vi")
    assert [each.key for each in parts] == ["opening", "presiding", "closing"]
    assert parts[0].lines == (
        "Lấy ý kiến bằng văn bản từ ngày 16 tháng 6 năm 2026 đến ngày 16 tháng 6 năm 2026; 1/4 cơ quan được hỏi đã trả lời.",
        "Kết thúc lấy ý kiến trước hạn ngày 16 tháng 6 năm 2026. Lý do: Đủ căn cứ tổng hợp",
    )


def test_a_meeting_takes_no_opinions_in_writing(world: ConferenceWorld) -> None:
    with pytest.raises(Conflict, match="ý kiến được nêu tại hội nghị"):
        give_opinion(conference=world.conference, organisation=world.bodies[1], text="x", by=None)
    assert not Conference.objects.filter(kind=ConferenceKind.WRITTEN).exists()


def test_what_was_answered_in_writing_is_concluded_like_a_meeting(asked: ConferenceWorld) -> None:
    """No meeting, and the same conclusions, whose paragraphs become assignments."""
    area = asked.conference.area
    asked.conference.programmes.add(
        Programme.objects.create(
            slug="thu", number="01", kind="joint", title_vi="Thử", title_en="Trial", area=area
        )
    )
    for number in range(len(asked.bodies)):
        answer(asked, number)
    close_written_review(conference=asked.refreshed(), by=attendee_of(asked.refreshed(), asked.desk))
    by = attendee_of(asked.refreshed(), asked.desk)
    drafted = draft_conclusion(conference=asked.refreshed(), by=by)
    assert (drafted.origin, drafted.lead_issuer) == ("conference:hoi-nghi-thu", asked.centre)
    paragraph = add_paragraph(conclusion=drafted, label="1", text_vi="Tiếp tục nhân rộng.", by=asked.desk)
    given = assign(
        paragraph=paragraph, verb_vi="Nhân rộng", text_vi="mô hình", product_vi="Báo cáo", lead=asked.bodies[1],
        due_on=date(2026, 12, 14), by=asked.desk,
    )  # fmt: skip
    issued = issue_conclusion(conclusion=drafted, by=None)
    given.refresh_from_db()
    assert (issued.kind, issued.stage) == (ConclusionKind.WRITTEN_REVIEW, "issued")
    assert (given.state, given.giver, given.lead) == (AssignmentState.GIVEN, asked.centre, asked.bodies[1])
    assert list(Assignment.objects.open()) == [given]
