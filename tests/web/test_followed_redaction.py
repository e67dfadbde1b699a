"""The page that takes a person's data out of what was typed about an assignment, a proposal or draft conclusions."""

from datetime import date

import pytest

from phoihop.assignments.actions import add_paragraph, report_progress, send_proposal
from phoihop.audit.models import WordSeal
from tests.assignments.conftest import task as task  # noqa: PLC0414  given to the province's police
from tests.assignments.conftest import world as world  # noqa: PLC0414
from tests.factories.assignments import drafted
from tests.reports.world import World
from tests.web.world import client_of

NAMED = "Bà Trần Thị B, 0901234567"
WHY = "Có số điện thoại của công dân"
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


@pytest.fixture
def address(world: World, request: pytest.FixtureRequest) -> str:
    """Of the thing's own page; its words name a person."""
    if request.param == "nhiem-vu":
        task = request.getfixturevalue("task")
        report_progress(assignment=task, text=NAMED, by=None)
        return f"/nhiem-vu/{task.pk}/"
    if request.param == "kien-nghi":
        proposal = send_proposal(
            sender=world.desk, receiver=world.centre, programme=world.programme, title="Kiến nghị", text=NAMED,
            answer_by=date(2026, 8, 1), by=None,
        )  # fmt: skip
        return f"/kien-nghi/{proposal.pk}/"
    draft = drafted(world.centre, world.programme)
    add_paragraph(conclusion=draft, label="1", text_vi=NAMED, by=None)
    return f"/ket-luan/{draft.slug}/"


@pytest.mark.parametrize("address", ["nhiem-vu", "kien-nghi", "ket-luan"], indirect=True)
def test_the_words_are_listed_taken_out_and_leave_a_tombstone(world: World, address: str) -> None:
    centre, here = client_of(world.central_desk), f"{address}go-noi-dung/"
    assert here in centre.get(address).content.decode()
    text = next(each for each in centre.get(here).context["texts"] if each.text == NAMED)
    fields = {"version": text.version, "place": text.place, "key": ""}
    refused = centre.post(here, {**fields, "reason": " "}, follow=True).content.decode()
    assert (NAMED in refused, "Hãy nêu lý do" in refused or "lý do" in refused) == (True, True)
    done = centre.post(here, {**fields, "reason": WHY}, follow=True).content.decode()
    assert (NAMED in done, WHY in done, world.centre.name_vi in done) == (False, True, True)
    said = centre.get(address).content.decode()
    assert (NAMED in said, "[…]" in said, WHY in said) == (False, True, True)
    assert WordSeal.objects.filter(redacted_at__isnull=False).count() == 1


@pytest.mark.parametrize("address", ["nhiem-vu", "kien-nghi", "ket-luan"], indirect=True)
def test_nobody_but_the_central_desk(world: World, address: str) -> None:
    desk, here = client_of(world.provincial_desk), f"{address}go-noi-dung/"
    assert here not in desk.get(address).content.decode()
    assert [desk.get(here).status_code, desk.post(here, {"reason": WHY}).status_code] == [403, 403]


def test_a_file_is_listed_by_its_name_and_gone_from_the_page(world: World, task: object) -> None:
    said = report_progress(assignment=task, text="Đã làm", by=None, file_name="ba-b.pdf", content=PDF)
    page = f"/nhiem-vu/{said.assignment_id}/"
    centre = client_of(world.central_desk)
    text = next(
        each for each in centre.get(f"{page}go-noi-dung/").context["texts"] if each.place == "evidence"
    )
    assert text.text == "ba-b.pdf"
    fields = {"version": text.version, "place": text.place, "key": "", "reason": WHY}
    centre.post(f"{page}go-noi-dung/", fields)
    assert "ba-b.pdf" not in centre.get(page).content.decode()
    assert centre.get(f"{page}tien-do/1/tep/").status_code == 404
