"""Figures of an item of the agenda on the hall's screen: chosen before, shown with one press, and back."""

from typing import Any

import pytest
from django.test import Client

from phoihop.audit.models import AuditEvent
from phoihop.conferences.actions import (
    begin_item,
    choose_figures,
    end_item,
    enter_speaker,
    give_floor,
    show_as_before,
    show_item_figures,
    show_scene,
    take_floor_back,
)
from phoihop.conferences.enums import Duty, Scene
from phoihop.conferences.models import AgendaItem
from phoihop.core.errors import Conflict, DomainError, NotAllowed
from tests.conferences.reviewed import TREND, UNITS, with_charts
from tests.conferences.world import ConferenceWorld, conference_world
from tests.web.world import PageWorld, page_world

CHOSEN = ["B01", f"chart:{UNITS}"]


@pytest.fixture
def told(db: None, moment: object) -> PageWorld:
    return page_world()


@pytest.fixture
def held(told: PageWorld) -> ConferenceWorld:
    province = told.told.base.province
    made = conference_world(review=with_charts(told.frozen(state="received"), province.pk))
    made.conference.sites.filter(slug="diem-2").update(area=province)
    return made


def chosen(held: ConferenceWorld) -> AgendaItem:
    return choose_figures(item=held.items[0], keys=CHOSEN, by=held.chair)


def shown(held: ConferenceWorld, client: Client, path: str) -> str:
    return client.get(f"/hoi-nghi/{held.conference.slug}/{path}").content.decode()


def test_figures_are_chosen_while_preparing_and_told_to_the_audit(held: ConferenceWorld) -> None:
    assert chosen(held).figures == CHOSEN
    event = AuditEvent.objects.filter(action="choose_figures").get()
    assert event.details["conference"] == held.conference.slug
    assert choose_figures(item=held.items[0], keys=[], by=held.chair).figures == []


@pytest.mark.parametrize(
    ("keys", "sentence"),
    [
        (["B01", "NO"], "Báo cáo không có “NO”. Hãy chọn trong các số liệu và biểu đồ đã liệt kê."),
        (
            ["B01", "B02", "L01", "L02", f"chart:{TREND}"],
            (
                "Đã chọn 4 số liệu và 1 biểu đồ. Màn hình chỉ đủ chỗ cho sáu số liệu, hoặc một biểu đồ kèm ba số liệu. Hãy bỏ"
                " bớt."
            ),
        ),
        ([f"chart:{TREND}", f"chart:{UNITS}"], "Đã chọn 0 số liệu và 2 biểu đồ."),
        (["B01", "B02", "L01", "L02", "L03", "L04", "K05"], "Đã chọn 7 số liệu và 0 biểu đồ."),
    ],
)
def test_what_cannot_be_shown_is_refused(held: ConferenceWorld, keys: list[str], sentence: str) -> None:
    with pytest.raises(DomainError) as refused:
        choose_figures(item=held.items[0], keys=keys, by=held.chair)
    assert str(refused.value).startswith(sentence)
    held.items[0].refresh_from_db()
    assert held.items[0].figures == []


def test_one_press_shows_them_and_one_goes_back_to_what_was_chosen_by_hand(held: ConferenceWorld) -> None:
    item, by = chosen(held), held.in_session().official(Duty.DIRECTOR)
    show_scene(conference=held.conference, scene=Scene.MESSAGE, by=by, text="Giải lao")
    by_hand = held.refreshed().hall
    for _twice in range(2):  # a second press keeps what was chosen by hand
        show_item_figures(item=item, by=by)
        hall = held.refreshed().hall
        assert {**hall, "before": 0} == {
            "scene": "figures", "keys": CHOSEN, "follow": True, "item": item.pk, "before": 0
        }  # fmt: skip
    show_as_before(conference=held.conference, by=by)
    assert held.refreshed().hall == by_hand
    with pytest.raises(Conflict, match="tự chọn"):
        show_as_before(conference=held.conference, by=by)


def test_figures_of_an_item_are_shown_only_while_it_is_under_discussion(held: ConferenceWorld) -> None:
    item, by = chosen(held), held.in_session().official(Duty.DIRECTOR)
    begin_item(item=held.items[1], by=held.chair)
    with pytest.raises(Conflict, match="không phải nội dung đang thảo luận"):
        show_item_figures(item=item, by=by)
    with pytest.raises(DomainError, match="Chưa chọn số liệu"):
        show_item_figures(item=held.items[1], by=by)
    end_item(item=held.items[1], by=held.chair)
    with pytest.raises(NotAllowed):
        show_item_figures(item=item, by=held.head(1))


def test_every_screen_follows_the_site_that_speaks_and_comes_back(
    told: PageWorld, held: ConferenceWorld, client: Client
) -> None:
    """Numbers and chart, with coverage, day and source; the phone's page is the site's."""
    item = chosen(held)
    held.in_session()
    show_item_figures(item=item, by=held.official(Duty.DIRECTOR))
    client.force_login(held.heads[2])
    paths = ("man-hinh/", "diem-cau/", "xem/")
    place = told.told.base.province.full_name

    def told_on(path: str) -> tuple[bool, bool]:
        page = shown(held, client, path)
        assert [words in page for words in ("Nguồn", "tính đến", "/3 báo cáo")] == [True] * 3
        return f"<strong>{place}</strong>" in page, f"khu-vuc={told.told.base.province.pk}" in page

    assert [told_on(path) for path in paths] == [(False, False)] * 3
    speaker = give_floor(speaker=enter_speaker(item=item, site=held.sites[2], by=held.chair), by=held.chair)
    assert [told_on(path) for path in paths] == [(True, True)] * 3
    take_floor_back(conference=speaker.conference, by=held.chair)
    assert [told_on(path) for path in paths] == [(False, False)] * 3


def test_the_console_offers_them_when_the_item_begins(held: ConferenceWorld, client: Client) -> None:
    item = chosen(held)
    client.force_login(held.officials[Duty.DIRECTOR])
    offer, back = "Chiếu số liệu của nội dung này", "Trở lại nội dung tự chọn"
    assert offer not in shown(held, client, "dieu-hanh/")
    held.in_session()
    page = shown(held, client, "dieu-hanh/")
    assert (offer in page, back in page) == (True, False)

    def press(what: str, **form: Any) -> None:
        answer = client.post(f"/hoi-nghi/{held.conference.slug}/dieu-hanh/{what}/", {"key": what, **form})
        assert answer.status_code == 302

    press("so-lieu", item=item.pk)
    page = shown(held, client, "dieu-hanh/")
    assert (offer in page, back in page) == (False, True)
    press("tu-chon")
    assert held.refreshed().hall == {"scene": "speaker"}
    begin_item(item=held.items[1], by=held.chair)
    assert offer not in shown(held, client, "dieu-hanh/")


def test_the_preparing_page_chooses_them(held: ConferenceWorld, client: Client) -> None:
    client.force_login(held.desk)
    at = f"chuan-bi/chuong-trinh/{held.items[0].pk}/so-lieu/"
    assert at in shown(held, client, "chuan-bi/chuong-trinh/")
    assert 'value="B01" checked' not in shown(held, client, at)
    address = f"/hoi-nghi/{held.conference.slug}/{at}"
    client.post(address, {"keys": CHOSEN, "key": "once"})
    held.items[0].refresh_from_db()
    assert held.items[0].figures == CHOSEN
    assert 'value="B01" checked' in shown(held, client, at)
    refused = client.post(address, {"keys": ["NO"], "key": "twice"}, follow=True)
    assert "Báo cáo không có “NO”" in refused.content.decode()
