"""The event register's pages: who opens them, what they keep and refuse, how they count once."""

import re
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from phoihop.events.actions import merge_events, separate_event
from phoihop.events.models import Event
from phoihop.orgs.enums import Role
from phoihop.orgs.models import Organisation
from tests.events.conftest import front as front  # noqa: PLC0414
from tests.events.conftest import police as police  # noqa: PLC0414
from tests.factories.events import held
from tests.factories.orgs import user_for
from tests.reports.conftest import world as world  # noqa: PLC0414  the small world of reports
from tests.reports.world import World
from tests.web.world import client_of

pytestmark = pytest.mark.django_db
PAGE, NEW, MATCHES, DECIDE = "/su-kien/", "/su-kien/moi/", "/su-kien/trung/", "/su-kien/trung/quyet-dinh/"


@pytest.fixture
def officer(world: World) -> Client:
    return client_of(world.officer())


def told(organisation: Organisation, **fields: Any) -> dict[str, Any]:
    return {
        "kind": "session", "held_on": "2026-05-20", "area": organisation.area.key, "place": "Nhà văn hóa thôn 2",
        "subject": "Phòng, chống ma túy", "lead": organisation.slug, "attendances": "1.200", "key": str(uuid4()),
        **fields,
    }  # fmt: skip


def test_the_form_is_for_those_who_enter(world: World, police: Organisation) -> None:
    people = {
        "officer": world.officer(),
        "provincial desk": world.provincial_desk,
        "central desk": world.central_desk,
        "approver": world.user(police, Role.APPROVER),
        "reader": world.user(police, Role.READER),
        "auditor": user_for(world.centre, Role.AUDITOR),
    }
    assert {name: client_of(user).get(NEW).status_code for name, user in people.items()} == {
        "officer": 200, "provincial desk": 200, "central desk": 200, "approver": 403, "reader": 403, "auditor": 403,
    }  # fmt: skip
    assert {name: client_of(user).get(PAGE).status_code for name, user in people.items()} == dict.fromkeys(
        people, 200
    )
    assert Client().get(PAGE).status_code == 302


def test_an_event_is_entered_once_and_shown(
    officer: Client, police: Organisation, front: Organisation
) -> None:
    said = told(police, co_organisers=[front.slug])
    for _time in range(2):
        page = officer.post(NEW, said, follow=True).content.decode()
    event = Event.objects.get()
    assert (event.said.attendances, list(event.said.co_organisers.all())) == (1200, [front])
    assert "Phòng, chống ma túy" in page
    assert "1.200" in page
    assert f'href="/su-kien/{event.pk}/"' in officer.get(PAGE).content.decode()


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"held_on": "2026-06-17"}, "17/06/2026 ở sau hôm nay"),
        ({"subject": "abc"}, "ít nhất 5 ký tự"),
        ({"attendances": "12,5"}, "số nguyên từ 0 trở lên"),
        ({"attendances": "khoảng 30"}, "khoảng 30"),
        ({"others": "không có"}, "Không có cơ quan nào đang hoạt động tên “không có”"),
        ({"lead": "nowhere"}, "nowhere"),
        ({"area": "nowhere"}, "nowhere"),
        ({"key": ""}, "Chưa lưu"),
    ],
)
def test_a_refusal_keeps_what_was_written(
    officer: Client, police: Organisation, changed: dict[str, Any], sentence: str
) -> None:
    response = officer.post(NEW, told(police, place="Hội trường A", **changed))
    page = response.content.decode()
    assert (response.status_code, Event.objects.count()) == (422, 0)
    assert sentence in page
    assert 'value="Hội trường A"' in page


def test_a_name_is_warned_of_and_confirmed(officer: Client, police: Organisation) -> None:
    said = told(police, place="Nhà ông Nguyễn Văn An")
    page = officer.post(NEW, said).content.decode()
    assert "“ông Nguyễn Văn An” giống tên" in page
    assert 'name="no_names"' in page
    assert officer.post(NEW, {**said, "no_names": "1"}).status_code == 302
    assert Event.objects.count() == 1


def test_a_correction_and_a_cancellation_stay_readable(officer: Client, police: Organisation) -> None:
    event = held(police)
    said = told(police, attendances="", base=1, reason="Không ai đếm", key=str(event.key))
    page = officer.post(f"{PAGE}{event.pk}/sua/", said, follow=True).content.decode()
    assert "Không ai đếm" in page
    assert re.findall(r'<strong class="num">(\d)</strong>', page) == ["2", "1"]
    stale = officer.post(f"{PAGE}{event.pk}/sua/", {**said, "attendances": "5"})
    assert (stale.status_code, "đính chính từ khi anh/chị mở" in stale.content.decode()) == (422, True)

    assert officer.post(f"{PAGE}{event.pk}/huy/", {"reason": " "}).status_code == 400
    page = officer.post(f"{PAGE}{event.pk}/huy/", {"reason": "Nhập nhầm"}, follow=True).content.decode()
    assert "Nhập nhầm" in page
    assert f"{PAGE}{event.pk}/sua/" not in page


def test_another_communes_event_is_not_there(world: World, officer: Client) -> None:
    event = held(world.units[1])
    addresses = ["", "sua/", "huy/", "tach/"]
    posted = [officer.post(f"{PAGE}{event.pk}/{each}").status_code for each in addresses[1:]]
    assert (officer.get(f"{PAGE}{event.pk}/").status_code, posted) == (404, [404, 404, 404])
    assert officer.post(DECIDE, {"one": event.pk, "other": "x"}).status_code == 404


def test_two_entries_are_decided_and_counted_once(
    officer: Client, police: Organisation, front: Organisation
) -> None:
    theirs, own = held(front, lead=police), held(police)
    assert "Có 1 cặp mục" in officer.get(PAGE).content.decode()
    assert "Là một: tính một lần" in officer.get(MATCHES).content.decode()
    said = {"one": own.pk, "other": theirs.pk, "counted": own.pk, "verdict": "same"}
    assert officer.post(DECIDE, said).status_code == 302
    assert [event.pk for event in Event.objects.counted()] == [own.pk]
    counted_only = officer.get(f"{PAGE}?counted=1").content.decode()
    assert (f"/su-kien/{own.pk}/" in counted_only, f"/su-kien/{theirs.pk}/" in counted_only) == (True, False)
    assert "tính ở mục khác" in officer.get(PAGE).content.decode()
    assert "Không có hai mục nào" in officer.get(MATCHES).content.decode()

    officer.post(f"{PAGE}{theirs.pk}/tach/")
    assert Event.objects.counted().count() == 2
    assert "Đã xác định là khác với" in officer.get(f"{PAGE}{own.pk}/").content.decode()


@pytest.mark.parametrize("counted", ["own", "theirs"])
def test_the_entry_that_was_chosen_counts(
    officer: Client, police: Organisation, front: Organisation, counted: str
) -> None:
    theirs, own = held(front, lead=police), held(police)
    chosen = {"own": own, "theirs": theirs}[counted]
    officer.post(DECIDE, {"one": own.pk, "other": theirs.pk, "counted": chosen.pk, "verdict": "same"})
    assert list(Event.objects.counted()) == [chosen]


def test_only_a_reader_sees_but_does_not_decide(
    world: World, police: Organisation, front: Organisation
) -> None:
    one, other = held(police), held(front, lead=police)
    reader = client_of(world.user(police, Role.READER))
    page = reader.get(MATCHES).content.decode()
    assert "đầu mối cấp trên của cả hai quyết định" in page
    assert "Là một: tính một lần" not in page
    said = {"one": one.pk, "other": other.pk, "verdict": "same"}
    assert reader.post(DECIDE, said).status_code == 403


def test_the_register_is_searched_narrowed_and_downloaded(officer: Client, police: Organisation) -> None:
    drugs, forum = (
        held(police),
        held(police, kind="forum", subject="Lắng nghe ý kiến", held_on=date(2026, 6, 1)),
    )
    found = {
        query: [event.pk for event in (drugs, forum) if f"/su-kien/{event.pk}/" in officer.get(PAGE + query).content.decode()]
        for query in ("?q=ma tuy", "?q=y+kien+nha+van+hoa", "?kind=forum", "?from=2026-06-01", "?to=2026-05-31", "?q=zzz")
    }  # fmt: skip
    assert found == {
        "?q=ma tuy": [drugs.pk],
        "?q=y+kien+nha+van+hoa": [forum.pk],
        "?kind=forum": [forum.pk],
        "?from=2026-06-01": [forum.pk],
        "?to=2026-05-31": [drugs.pk],
        "?q=zzz": [],
    }
    assert "Không có sự kiện nào khớp" in officer.get(f"{PAGE}?q=zzz").content.decode()
    assert officer.get(f"{PAGE}?from=hôm+qua").status_code == 400
    file = officer.get(f"{PAGE}?download=csv").content.decode("utf-8-sig").splitlines()
    assert [line.split(",")[0] for line in file[1:]] == ["Lắng nghe ý kiến", '"Phòng']


def test_an_empty_register_says_what_to_do(world: World, officer: Client, police: Organisation) -> None:
    assert "Hãy nhập sự kiện đầu tiên" in officer.get(PAGE).content.decode()
    reader = client_of(world.user(police, Role.READER))
    assert "Địa bàn anh/chị phụ trách chưa có sự kiện nào" in reader.get(PAGE).content.decode()


def test_the_list_asks_the_database_no_more_for_more_rows(
    world: World, police: Organisation, front: Organisation, django_assert_num_queries: Any
) -> None:
    for number in range(8):
        held(police, co_organisers=[front], subject=f"Nội dung số {number}")
        held(front, lead=police, subject=f"Nội dung số {number}")
    client = client_of(world.provincial_desk)
    with django_assert_num_queries(19):
        client.get(PAGE)
    with django_assert_num_queries(11):
        client.get(MATCHES)


def test_the_register_names_everyone_who_held_a_merged_event(
    world: World, police: Organisation, front: Organisation
) -> None:
    """The entry that counts may not have named the other party; its row does."""
    own, theirs = held(police), held(front, lead=police, held_on=date(2026, 5, 21))
    merge_events(counted=own, other=theirs, by=None)
    desk = client_of(world.provincial_desk)
    rows = {row.cells[0].href: row.cells[5].text for row in desk.get(PAGE).context["table"].rows}
    assert rows[f"{PAGE}{own.pk}/"] == front.name_vi
    alone = client_of(world.provincial_desk).get(f"{MATCHES}").context["pairs"]
    assert alone == []
    separate_event(event=theirs, by=None)
    rows = {row.cells[0].href: row.cells[5].text for row in desk.get(PAGE).context["table"].rows}
    assert rows[f"{PAGE}{own.pk}/"] == "–"


def test_a_pair_a_day_apart_shows_both_days(world: World, police: Organisation, front: Organisation) -> None:
    held(police)
    held(front, lead=police, held_on=date(2026, 5, 21))
    page = client_of(world.provincial_desk).get(MATCHES).content.decode()
    assert "ngày khác nhau" in page
    assert "20/05/2026 / 21/05/2026" in page
