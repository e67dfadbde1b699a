"""A conference's conclusions: drafted for its organisers, with what the minutes say, then issued as a notice."""

from datetime import date

import pytest
from django.test import Client

from phoihop.assignments.actions import add_paragraph, assign, issue_conclusion
from phoihop.assignments.models import Assignment, Conclusion
from phoihop.conferences.actions import (
    begin_item,
    close_conference,
    draft_conclusion,
    draft_minutes,
    edit_minutes,
    make_notice,
)
from phoihop.conferences.enums import Duty, ItemKind
from phoihop.conferences.models import NoticeFile, Organiser
from phoihop.conferences.permissions import attendee_of
from phoihop.core import storage
from phoihop.core.errors import Conflict, NotAllowed
from phoihop.programmes.models import Programme
from tests.conferences.world import ConferenceWorld


@pytest.fixture
def held(world: ConferenceWorld) -> ConferenceWorld:
    programme = Programme.objects.create(
        slug="thu",
        number="01",
        kind="joint",
        title_vi="Thử",
        title_en="Trial",
        area=world.conference.area,
    )
    world.conference.programmes.add(programme)
    world.in_session()
    begin_item(item=world.items[3], by=world.chair)
    close_conference(conference=world.conference, by=world.chair)
    return world


@pytest.mark.parametrize("kind", [ItemKind.CONCLUSION, ItemKind.DIRECTIVE])
def test_what_the_minutes_say_of_the_concluding_item_becomes_paragraphs(
    held: ConferenceWorld, kind: ItemKind
) -> None:
    """Or of the directive speech; of no other item."""
    held.conference.items.filter(pk=held.items[3].pk).update(kind=kind)
    secretary = held.official(Duty.SECRETARY)
    minutes = draft_minutes(conference=held.conference, by=secretary)
    said = "- Đổi mới tuyên truyền.\n\n- Củng cố lực lượng nòng cốt."
    for item, text in ((held.items[0], "Lời khai mạc."), (held.items[3], said)):
        edit_minutes(minutes=minutes, part=f"item-{item.pk}", texts={"vi": text}, by=secretary)
    drafted = draft_conclusion(conference=held.conference, by=attendee_of(held.conference, held.desk))
    told = [(each.label, each.text_vi) for each in drafted.paragraphs.all()]
    assert told == [("1", "Đổi mới tuyên truyền."), ("2", "Củng cố lực lượng nòng cốt.")]
    assert (drafted.origin, drafted.lead_issuer) == ("conference:hoi-nghi-thu", held.centre)
    assert drafted.concluded_on == date(2026, 6, 16)


def test_a_conference_may_have_further_conclusions(held: ConferenceWorld) -> None:
    by = attendee_of(held.conference, held.desk)
    slugs = [draft_conclusion(conference=held.conference, by=by).slug for _number in range(2)]
    assert slugs == ["ket-luan-hoi-nghi-thu", "ket-luan-hoi-nghi-thu-2"]


def test_whoever_has_no_part_in_concluding_is_refused(held: ConferenceWorld) -> None:
    with pytest.raises(NotAllowed, match="Chủ trì"):
        draft_conclusion(conference=held.conference, by=held.official(Duty.SECRETARY))
    Organiser.objects.all().delete()
    with pytest.raises(Conflict, match="chưa ghi cơ quan tổ chức"):
        draft_conclusion(conference=held.conference, by=None)


def test_the_notice_is_made_once_issued_and_kept_by_its_hash(held: ConferenceWorld, client: Client) -> None:
    by = attendee_of(held.conference, held.desk)
    drafted = draft_conclusion(conference=held.conference, by=by)
    paragraph = add_paragraph(conclusion=drafted, label="1", text_vi="Đổi mới tuyên truyền.", by=None)
    assign(
        paragraph=paragraph, verb_vi="Tổ chức", text_vi="thực hiện", lead=held.bodies[1], due_on=date(2026, 9, 1), by=None
    )  # fmt: skip
    with pytest.raises(Conflict, match="là dự thảo"):
        make_notice(conclusion=drafted, conference=held.conference, by=by)
    issued = issue_conclusion(conclusion=drafted, by=None)
    make_notice(conclusion=issued, conference=held.conference, by=by)
    files = list(NoticeFile.objects.filter(conclusion=issued))
    assert [(each.kind, each.language) for each in files] == [
        ("docx", "vi"), ("pdf", "vi"), ("docx", "en"), ("pdf", "en"),
    ]  # fmt: skip
    assert all(storage.hash_of(storage.place_of(each.path)) == each.sha256 for each in files)
    assert Assignment.objects.get().lead == held.bodies[1]
    client.force_login(held.heads[1])
    page = client.get("/hoi-nghi/hoi-nghi-thu/ket-luan/").content.decode()
    assert files[0].name in page
    assert Conclusion.objects.get().title_vi in page
