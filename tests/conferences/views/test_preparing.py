"""The pages before the session: who opens them, what they ask the database, how wrong clicks are answered."""

import re
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from phoihop.conferences.codes import code_for
from phoihop.conferences.models import AgendaItem, Conference, ConferenceEvent, ItemDocument, Seat, Site
from phoihop.orgs.enums import PartyKind, Role
from phoihop.orgs.models import Post
from tests.conferences.actions.test_documents import pdf
from tests.conferences.world import ConferenceWorld
from tests.factories.orgs import OrganisationFactory, user_for
from tests.web.world import PageWorld, client_of
from tests.web.world import page_world as made_page_world

AT = "/hoi-nghi/hoi-nghi-thu/chuan-bi/"
PAGES = ("", "nhan-su/", "diem-cau/", "chuong-trinh/", "tai-lieu/", "tham-luan/", "ma/", "giay-moi/")


@pytest.fixture
def desk(world: ConferenceWorld) -> Client:
    return client_of(world.desk)


@pytest.fixture
def page_world(db: None, moment: Any) -> PageWorld:
    return made_page_world()


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def test_the_pages_are_for_who_prepares(world: ConferenceWorld, desk: Client) -> None:
    officer = client_of(user_for(world.bodies[1], Role.REPORTING_OFFICER))
    secretary = client_of(world.officials["secretary"])
    status = {
        page: tuple(each.get(AT + page).status_code for each in (desk, secretary, officer, Client()))
        for page in PAGES
    }
    assert status == dict.fromkeys(PAGES, (200, 200, 403, 302))


def test_a_stranger_is_led_to_sign_in_and_not_to_the_door(world: ConferenceWorld) -> None:
    assert Client().get(AT).headers["Location"].startswith("/dang-nhap/?next=")


def key_of(page: str) -> str:
    return page.partition('name="key" value="')[2].partition('"')[0]


def marks_of(page: str) -> dict[str, str]:
    return {"key": key_of(page), "seen": page.partition('name="seen" value="')[2].partition('"')[0]}


def site_said(**changes: str) -> dict[str, str]:
    said = {"name_vi": "Điểm cầu Tỉnh 0", "kind": "speaking", "reach": "online", "capacity": "40"}
    return {**said, **changes}


def test_the_site_page_saves_and_tells_what_somebody_else_saved(world: ConferenceWorld, desk: Client) -> None:
    """Two people open the page; the second sees the first one's values beside what was typed, and saving keeps it."""
    site, page = world.sites[1], f"{AT}diem-cau/diem-1/"
    mine, theirs = marks_of(text_of(desk.get(page))), marks_of(text_of(desk.get(page)))
    area = str(site.area_id)
    assert desk.post(page, {**site_said(area=area, technical_phone="024 111"), **theirs}).status_code == 302
    refused = desk.post(
        page, {**site_said(area=area, technical_phone="024 222", address="Hội trường"), **mine}
    )
    text = text_of(refused)
    assert refused.status_code == 400
    assert 'value="024 222"' in text
    assert 'value="Hội trường"' in text
    assert "Người khác đã lưu: <strong>024 111</strong>" in " ".join(text.split())
    again = {**site_said(area=area, technical_phone="024 222", address="Hội trường"), **marks_of(text)}
    assert desk.post(page, {**again, "key": key_of(text_of(desk.get(page)))}).status_code == 302
    site.refresh_from_db()
    assert (site.technical_phone, site.address, site.capacity) == ("024 222", "Hội trường", 40)


def test_a_form_sent_twice_counts_once(world: ConferenceWorld, desk: Client) -> None:
    page = f"{AT}chuong-trinh/them/"
    said = {
        "title_vi": "Bổ sung", "kind": "speech", "planned_minutes": "5", "speech_seconds": "300", "visibility": "open",
        "key": key_of(text_of(desk.get(page))),
    }  # fmt: skip
    assert [desk.post(page, said).status_code for _ in range(2)] == [302, 302]
    assert AgendaItem.objects.filter(title_vi="Bổ sung").count() == 1
    assert ConferenceEvent.objects.filter(type="add_item").count() == 1


def test_what_was_typed_stays_beside_the_refusal(world: ConferenceWorld, desk: Client) -> None:
    page = f"{AT}chuong-trinh/them/"
    said = {
        "title_vi": "Ngoài giờ", "kind": "speech", "planned_minutes": "5", "planned_at": "2026-06-17T03:00",
        "speech_seconds": "300", "visibility": "open", "key": "k1",
    }  # fmt: skip
    answer = desk.post(page, said)
    assert answer.status_code == 400
    assert "Giờ cố định phải nằm trong thời gian hội nghị (10:00 16/06/2026 – 13:00 16/06/2026)" in text_of(
        answer
    )
    assert 'value="Ngoài giờ"' in text_of(answer)
    assert 'value="2026-06-17T03:00"' in text_of(answer)


@pytest.mark.parametrize("visibility", ["open", "internal", "hidden"])
def test_the_form_of_a_part_starts_with_who_sees_its_item(
    world: ConferenceWorld, desk: Client, visibility: str
) -> None:
    AgendaItem.objects.filter(pk=world.items[1].pk).update(visibility=visibility)
    page = f"{AT}chuong-trinh/them/"
    text = text_of(desk.get(page, {"thuoc": world.items[1].pk}))
    assert re.findall(r'<option value="(open|internal|hidden)" selected', text) == [visibility]
    for other in ({}, {"thuoc": "x"}, {"thuoc": 999_999}):
        assert '<option value="open" selected' in text_of(desk.get(page, other))


def test_items_move_by_buttons_alone(world: ConferenceWorld, desk: Client) -> None:
    def pressed(number: int, what: str) -> list[str]:
        pk, key = world.items[number].pk, f"{number}{what}"
        answer = desk.post(f"{AT}chuong-trinh/{pk}/chuyen/", {"do": what, "key": key})
        assert answer.headers["Location"].endswith(f"chuong-trinh/#item-{pk}")
        return [item.title_vi[-1] for item in world.conference.items.all()]

    assert pressed(2, "up") == ["1", "3", "2", "4"]
    assert pressed(0, "down") == ["3", "1", "2", "4"]
    assert pressed(3, "down") == ["3", "1", "2", "4"]
    assert pressed(0, "up") == ["1", "3", "2", "4"]
    assert pressed(1, "down") == ["1", "3", "4", "2"]


def test_a_wrong_click_is_answered_on_the_page_it_came_from(world: ConferenceWorld, desk: Client) -> None:
    world.grant(1)
    answer = desk.post(f"{AT}diem-cau/diem-1/bo/", {"key": "k"}, follow=True)
    assert answer.redirect_chain == [(f"{AT}diem-cau/", 302)]
    assert "đã tham gia" in text_of(answer)
    assert Site.objects.filter(slug="diem-1").exists()


def test_sites_are_found_by_name_without_marks_and_by_what_they_lack(
    world: ConferenceWorld, desk: Client
) -> None:
    Site.objects.filter(slug="diem-2").update(technical_phone="024 1", handed_edition=1)

    def shown(query: str) -> list[str]:
        page = text_of(desk.get(f"{AT}diem-cau/?{query}"))
        return [site.slug for site in world.sites if f'chuan-bi/diem-cau/{site.slug}/"' in page]

    assert shown("q=tinh+1") == ["diem-2"]
    assert shown("thieu=contact") == ["diem-0", "diem-1", "diem-3"]
    assert shown("thieu=code") == ["diem-0", "diem-1", "diem-3"]
    assert shown("thieu=head") == []
    assert shown("loai=centre") == ["diem-0"]
    assert "Không có điểm cầu nào khớp" in text_of(desk.get(f"{AT}diem-cau/?q=xyz"))


@pytest.mark.parametrize(
    ("page", "queries"),
    [("diem-cau/", 10), ("ma/", 12), ("giay-moi/", 16), ("chuong-trinh/", 12), ("", 22), ("nhan-su/", 11)],
)
def test_a_page_asks_no_more_for_more_sites(
    world: ConferenceWorld, desk: Client, django_assert_num_queries: Any, page: str, queries: int
) -> None:
    for number in range(60):
        site = Site.objects.create(
            conference=world.conference,
            slug=f"xa-{number}",
            level="commune",
            area=world.sites[1].area,
            name_vi=f"Xã {number}",
        )
        site.delegations.create(title_vi="Đoàn", invited=3)
        world.conference.items.create(kind="speech", title_vi=f"Tham luận {number}", order=10 + number)
    with django_assert_num_queries(queries):
        assert desk.get(AT + page).status_code == 200


def test_many_sites_come_by_pages_and_so_do_their_letters(world: ConferenceWorld, desk: Client) -> None:
    area = world.sites[1].area
    for number in range(100):
        Site.objects.create(
            conference=world.conference,
            slug=f"xa-{number}",
            level="commune",
            area=area,
            name_vi=f"Xã {number}",
            order=9,
        )
    for page in ("diem-cau/", "ma/", "giay-moi/"):
        shown = [text_of(desk.get(f"{AT}{page}?trang={number}")).count(">Xã ") for number in (1, 2, 9)]
        assert shown == [96, 4, 4], page
    assert f"{AT}giay-moi/tat-ca.zip?trang=2" in text_of(desk.get(f"{AT}giay-moi/?trang=2"))
    archive = ZipFile(BytesIO(b"".join(desk.get(f"{AT}giay-moi/tat-ca.zip?trang=2"))))
    assert len(archive.namelist()) == 4 * 3


def test_organisers_are_added_moved_and_given_their_signing_post(
    world: ConferenceWorld, desk: Client
) -> None:
    front = OrganisationFactory(area=world.conference.area, party=PartyKind.FRONT, slug="mat-tran")
    post = Post.objects.create(organisation=front, slug="ct", title_vi="Chủ tịch", may_sign=True)
    presses = [
        {"do": "add", "body": "mat-tran"},
        {"do": "up", "body": "mat-tran"},
        {"do": "post", "body": "mat-tran", "post": str(post.pk)},
    ]
    for number, said in enumerate(presses):
        desk.post(f"{AT}co-quan/", {**said, "key": f"k{number}"})
    held = world.conference.organisers.all()
    assert [(each.organisation, each.post) for each in held] == [(front, post), (world.centre, None)]
    desk.post(f"{AT}co-quan/", {"do": "remove", "body": "mat-tran", "key": "k9"})
    assert [each.organisation for each in world.conference.organisers.all()] == [world.centre]


def test_a_head_registers_speeches_and_sees_those_of_the_own_site_only(world: ConferenceWorld) -> None:
    head = client_of(world.heads[1])
    page = f"{AT}tham-luan/them/"
    form = text_of(head.get(page))
    mine, other = (world.sites[number].delegations.get() for number in (1, 2))
    assert (f'value="{mine.pk}"' in form, f'value="{other.pk}"' in form) == (True, False)
    said = {"title_vi": "Kinh nghiệm", "minutes": "7", "delegation": str(mine.pk), "key": key_of(form)}
    assert head.post(page, said).status_code == 302
    assert head.post(page, {**said, "delegation": str(other.pk), "key": "k2"}).status_code == 400
    assert "Kinh nghiệm" in text_of(head.get(f"{AT}tham-luan/"))
    assert "Kinh nghiệm" not in text_of(client_of(world.heads[2]).get(f"{AT}tham-luan/"))
    assert head.get(f"{AT}diem-cau/").status_code == 403


def test_codes_are_shown_to_who_prepares_and_renewed_in_place(world: ConferenceWorld, desk: Client) -> None:
    site = world.sites[1]
    old = code_for("room", site.pk, 1)
    assert old in text_of(desk.get(f"{AT}ma/"))
    desk.post(f"{AT}ma/diem-1/doi/", {"do": "renew", "key": "k1"})
    page = text_of(desk.get(f"{AT}ma/"))
    assert (old in page, code_for("room", site.pk, 2) in page) == (False, True)
    desk.post(f"{AT}ma/diem-1/doi/", {"do": "hand", "key": "k2"})
    site.refresh_from_db()
    assert site.has_its_codes
    assert client_of(world.officials["chair"]).get(f"{AT}ma/").status_code == 403


def test_a_slip_a_seat_with_its_number_and_code(world: ConferenceWorld, desk: Client) -> None:
    page = text_of(desk.get(f"{AT}ma/diem-1/"))
    seats = Seat.objects.filter(delegation__site=world.sites[1])
    assert [code_for("seat", seat.pk, seat.code_edition) in page for seat in seats] == [True] * 3
    assert page.count('class="slip-code"') == 3


def test_a_document_is_attached_seen_page_by_page_and_hidden_with_its_item(
    world: ConferenceWorld, desk: Client
) -> None:
    file = SimpleUploadedFile("bao-cao.pdf", pdf("Một", "Hai"))
    said = {"item": str(world.items[1].pk), "visibility": "open", "file": file, "key": "k1"}
    assert desk.post(f"{AT}tai-lieu/", said).status_code == 302
    held = ItemDocument.objects.get()
    at = f"/hoi-nghi/hoi-nghi-thu/tai-lieu/{held.pk}/"
    viewer = Client()
    world_code = code_for("view", world.sites[1].pk, 1)
    viewer.post("/hoi-nghi/hoi-nghi-thu/vao/", {"site": "diem-1", "kind": "view", "code": world_code})
    picture = viewer.get(f"{at}trang-2.png")
    assert (picture.status_code, picture.headers["Content-Type"]) == (200, "image/png")
    assert viewer.get(f"{at}trang-3.png").status_code == 404
    assert Client().get(f"{at}trang-1.png").status_code == 302
    AgendaItem.objects.filter(pk=held.item_id).update(visibility="internal")
    status = [
        client.get(f"{at}trang-1.png").status_code for client in (viewer, client_of(world.heads[1]), desk)
    ]
    assert status == [404, 200, 200]
    AgendaItem.objects.filter(pk=held.item_id).update(visibility="open", parent=world.items[2])
    AgendaItem.objects.filter(pk=world.items[2].pk).update(visibility="hidden")
    status = [
        client.get(f"{at}trang-1.png").status_code for client in (viewer, client_of(world.heads[1]), desk)
    ]
    assert status == [404, 404, 200]


def test_a_conference_is_created_from_a_frozen_reviews_page(page_world: PageWorld) -> None:
    page_world.frozen()
    desk = client_of(page_world.told.base.central_desk)
    link = "/hoi-nghi/tao/?bao-cao=so-ket&amp;phien-ban=1"
    assert link in text_of(desk.get("/so-ket/so-ket/"))
    form = text_of(desk.get(link.replace("&amp;", "&")))
    assert "Về báo cáo “Sơ kết 6 tháng”, bản đã khóa số 1" in form
    centre = page_world.told.base.centre
    said = {
        "title_vi": "Hội nghị sơ kết 6 tháng", "kind": "online", "quorum_percent": "50", "lead": centre.slug,
        "recording_for": "presidium", "recording_days": "30",
        "starts_at": "2026-07-01T08:00", "ends_at": "2026-07-01T11:00", "programmes": page_world.programme.slug, "key": "k",
    }  # fmt: skip
    assert desk.post(link.replace("&amp;", "&"), said).headers["Location"] == "/hoi-nghi/2026-07-01/chuan-bi/"
    held = Conference.objects.get()
    assert (held.review.number, held.area, held.starts_at.isoformat()) == (
        1, centre.area, "2026-07-01T01:00:00+00:00",
    )  # fmt: skip
    assert client_of(page_world.told.base.officer()).get("/hoi-nghi/tao/").status_code == 403
