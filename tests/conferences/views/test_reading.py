"""A conference's own page, and the list."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from phoihop.conferences.actions import close_conference, give_opinion, open_conference
from phoihop.conferences.codes import code_for
from phoihop.conferences.enums import ConferenceKind, ConferenceState, GrantKind, Visibility
from phoihop.conferences.models import AgendaItem, Conference
from phoihop.conferences.permissions import attendee_of
from phoihop.core import clock
from phoihop.orgs.enums import Role
from tests.conferences.views.test_door import typed
from tests.conferences.world import ConferenceWorld
from tests.factories.orgs import UserFactory, user_for
from tests.web.world import client_of

PAGE = "/hoi-nghi/hoi-nghi-thu/"


def text_of(client: Client, page: str = PAGE) -> str:
    return str(client.get(page).content.decode())


def status(world: ConferenceWorld) -> dict[str, int]:
    """The desk, a chair, a head, an officer of an invited body, somebody who signs in, nobody."""
    people = {
        "desk": world.desk, "chair": world.officials["chair"], "head": world.heads[1],
        "officer": user_for(world.bodies[1], Role.REPORTING_OFFICER), "other": UserFactory(),
    }  # fmt: skip
    found = {name: client_of(user).get(PAGE).status_code for name, user in people.items()}
    return {**found, "nobody": Client().get(PAGE).status_code}


def test_who_sees_it_follows_its_state(world: ConferenceWorld) -> None:
    seen = {}
    world.conference.state = ConferenceState.PREPARING
    world.conference.save()
    seen["preparing"] = status(world)
    world.conference.state = ConferenceState.INVITED
    world.conference.save()
    seen["invited"] = status(world)
    open_conference(conference=world.conference, by=world.chair)
    close_conference(conference=world.conference, by=world.chair)
    seen["closed"] = status(world)
    own = {"desk": 200, "chair": 200, "head": 200}
    assert seen == {
        "preparing": {**own, "officer": 404, "other": 404, "nobody": 302},
        "invited": {**own, "officer": 200, "other": 404, "nobody": 302},
        "closed": {**own, "officer": 200, "other": 200, "nobody": 302},
    }


def test_items_closed_to_the_reader_are_not_on_the_page(world: ConferenceWorld) -> None:
    for item, visibility in zip(world.items[:2], (Visibility.INTERNAL, Visibility.HIDDEN), strict=True):
        AgendaItem.objects.filter(pk=item.pk).update(visibility=visibility)
    world.conference.items.create(parent=world.items[1], kind="speech", title_vi="Phần kín", order=1)
    viewer, room = Client(), Client()
    for client, kind in ((viewer, GrantKind.VIEW), (room, GrantKind.ROOM)):
        typed(client, code_for(kind.value, world.sites[1].pk, 1), kind=kind.value)
    shown = {
        name: [title in text_of(client) for title in ("Nội dung 1", "Nội dung 2", "Phần kín", "Nội dung 3")]
        for name, client in {"viewer": viewer, "room": room, "desk": client_of(world.desk)}.items()
    }
    assert shown == {
        "viewer": [False, False, False, True], "room": [True, False, False, True], "desk": [True, True, True, True],
    }  # fmt: skip


def test_a_speech_of_a_closed_item_is_told_to_nobody_outside_and_its_text_to_delegates(
    world: ConferenceWorld,
) -> None:
    for item, title in ((world.items[1], "Tham luận kín"), (world.items[2], "Tham luận mở")):
        world.conference.speeches.create(
            delegation=world.sites[1].delegations.get(),
            item=item,
            title_vi=title,
            text="Toàn văn",
            registered_at=clock.now(),
        )
    AgendaItem.objects.filter(pk=world.items[1].pk).update(visibility=Visibility.HIDDEN)
    viewer = Client()
    typed(viewer, code_for("view", world.sites[1].pk, 1), kind="view")
    seen = {
        name: [text_of(client).count(each) > 0 for each in ("Tham luận kín", "Tham luận mở", "Toàn văn")]
        for name, client in {"viewer": viewer, "head": client_of(world.heads[1])}.items()
    }
    assert seen == {"viewer": [False, True, False], "head": [False, True, True]}


def test_the_page_tells_sites_and_delegates_by_bloc(world: ConferenceWorld) -> None:
    page = " ".join(text_of(client_of(world.heads[1])).split())
    assert '<span class="num">4</span> điểm cầu; <span class="num">48</span> đại biểu được mời.' in page
    assert '<td class="num">4</td><td class="num">48</td>' in page
    assert "10:20" in page


@pytest.mark.parametrize(
    ("who", "labels"),
    [
        ("desk", ["Chuẩn bị"]),
        ("secretary", ["Chuẩn bị"]),
        ("chair", ["Sắp xếp chương trình"]),
        ("head", ["Đăng ký tham luận"]),
    ],
)
def test_the_ways_on_are_those_of_the_readers_duty(
    world: ConferenceWorld, who: str, labels: list[str]
) -> None:
    user = {"desk": world.desk, "head": world.heads[1]}.get(who) or world.officials[who]
    page = text_of(client_of(user))
    ways = page.partition('<p class="row no-print">')[2].partition("</p>")[0]
    of_mine = [
        each for each in ("Chuẩn bị", "Sắp xếp chương trình", "Đăng ký tham luận") if f">{each}<" in ways
    ]
    assert of_mine == labels


def test_the_page_asks_no_more_for_more_sites(world: ConferenceWorld, django_assert_num_queries: Any) -> None:
    for number in range(60):
        site = world.conference.sites.create(
            slug=f"xa-{number}", level="commune", area=world.sites[1].area, name_vi=f"Xã {number}"
        )
        site.delegations.create(title_vi="Đoàn", invited=3)
        world.conference.items.create(kind="speech", title_vi=f"Tham luận {number}", order=10 + number)
    client = client_of(world.desk)
    with django_assert_num_queries(21):
        assert client.get(PAGE).status_code == 200


def test_the_list_tells_what_comes_what_is_in_session_and_what_is_past(world: ConferenceWorld) -> None:
    def another(slug: str, days: int, **fields: Any) -> None:
        start = world.conference.starts_at + timedelta(days=days)
        made = Conference.objects.create(
            slug=slug, kind="online", title_vi=f"Hội nghị {slug}", area=world.conference.area, starts_at=start,
            ends_at=start + timedelta(hours=1), **fields,
        )  # fmt: skip
        made.organisers.create(organisation=world.centre)

    at = world.conference.starts_at
    another("sau-nua", 9, state="invited")
    another("da-xong", -9, state="closed", opened_at=at, closed_at=at)
    another("dang-hop", 0, state="open", opened_at=at)
    page = text_of(client_of(world.desk), "/hoi-nghi/")
    places = [page.index(f"/hoi-nghi/{slug}/") for slug in ("dang-hop", "hoi-nghi-thu", "sau-nua", "da-xong")]
    assert places == sorted(places)
    assert [page.count(f"<h2>{title}</h2>") for title in ("Đang họp", "Sắp diễn ra", "Đã kết thúc")] == [
        1,
        1,
        1,
    ]


def test_an_empty_list_says_what_to_do(db: None, moment: Any) -> None:
    assert "Điểm cầu và đại biểu vào bằng địa chỉ và mã trên giấy mời" in text_of(Client(), "/hoi-nghi/")
    assert "Tạo hội nghị" not in text_of(client_of(UserFactory()), "/hoi-nghi/")


def test_a_body_answers_in_writing_on_its_own_page(world: ConferenceWorld) -> None:
    world.conference.kind = ConferenceKind.WRITTEN
    world.conference.save()
    officer = client_of(user_for(world.bodies[1], Role.REPORTING_OFFICER))
    page = f"{PAGE}y-kien/"
    assert "Trả lời bằng văn bản" in text_of(officer)
    said = {"body": world.bodies[1].slug, "text": "Nhất trí với dự thảo", "key": "k"}
    assert [officer.post(page, said).status_code for _ in range(2)] == [302, 302]
    assert text_of(officer, page).count("Nhất trí với dự thảo") == 1
    assert officer.post(page, {**said, "body": world.bodies[2].slug, "key": "k2"}).status_code == 400
    overview = text_of(client_of(world.desk), f"{PAGE}chuan-bi/y-kien/")
    assert "Đã có 1/4 cơ quan trả lời" in overview
    reader = client_of(user_for(world.bodies[1], Role.READER))
    assert reader.get(page).status_code == 403


def test_opinions_are_not_told_to_other_bodies(world: ConferenceWorld) -> None:
    world.conference.kind = ConferenceKind.WRITTEN
    world.conference.save()
    first = user_for(world.bodies[1], Role.REPORTING_OFFICER)
    held = world.refreshed()
    give_opinion(
        conference=held, organisation=world.bodies[1], text="Ý kiến riêng", by=attendee_of(held, first)
    )
    second = client_of(user_for(world.bodies[2], Role.REPORTING_OFFICER))
    assert "Ý kiến riêng" not in text_of(second, f"{PAGE}y-kien/") + text_of(second)
    assert second.get(f"{PAGE}chuan-bi/y-kien/").status_code == 403
