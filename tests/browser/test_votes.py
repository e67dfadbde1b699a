"""A delegate's phone when the network is cut in the middle of a vote: not sent yet, then sent by itself, counted once."""

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as django_settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY
from django.contrib.auth import SESSION_KEY as USER_KEY
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import Browser, Page, Route, expect

from phoihop.conferences.access import SESSION_KEY
from phoihop.conferences.actions import (
    answer_roll_call,
    close_vote,
    open_roll_call,
    open_vote,
    prepare_vote,
    show_scene,
    write_note,
)
from phoihop.conferences.enums import Duty, GrantKind, Scene, VoteKind
from phoihop.conferences.models import ConferenceEvent, Delegation, Grant, Seat, Vote, VoteCast
from tests.browser.test_accessibility import RULES
from tests.conferences.world import ConferenceWorld, conference_world

pytestmark = pytest.mark.browser

NOT_SENT = re.compile("Chưa gửi được")
DONE = re.compile("Đã ghi nhận phiếu của ghế này")


@pytest.fixture
def hall(transactional_db: None, settings: Any) -> ConferenceWorld:
    settings.TODAY = "2026-06-16"
    return conference_world().in_session()


def phone(browser: Browser, url: str, grant: Grant, width: int = 360) -> Page:
    return opened_with(browser, url, {SESSION_KEY: {str(grant.site.conference_id): grant.pk}}, width)


def table(browser: Browser, url: str, user: Any, width: int) -> Page:
    """Of a chair or a secretary, signed in."""
    backend, mark = django_settings.AUTHENTICATION_BACKENDS[0], user.get_session_auth_hash()
    signed = {USER_KEY: str(user.pk), BACKEND_SESSION_KEY: backend, HASH_SESSION_KEY: mark}
    return opened_with(browser, url, signed, width)


def opened_with(browser: Browser, url: str, kept: dict[str, Any], width: int) -> Page:
    session = SessionStore()
    session.update(kept)
    session.save()
    context = browser.new_context(base_url=url, viewport={"width": width, "height": 740})
    name, value = django_settings.SESSION_COOKIE_NAME, str(session.session_key)
    context.add_cookies([{"name": name, "value": value, "url": url}])
    return context.new_page()


def seat_of(hall: ConferenceWorld) -> Grant:
    seat = Seat.objects.get(delegation__site=hall.sites[1], number=1)
    return hall.grant(1, GrantKind.SEAT, seat)


def opened(hall: ConferenceWorld, kind: VoteKind) -> Vote:
    vote = prepare_vote(item=hall.items[0], title_vi="Thông qua kết luận", kind=kind, by=hall.chair)
    return open_vote(vote=vote, by=hall.chair)


@pytest.mark.parametrize("kind", VoteKind)
def test_a_network_cut_while_voting(
    browser: Browser, live_server: Any, hall: ConferenceWorld, kind: VoteKind
) -> None:
    vote = opened(hall, kind)
    page = phone(browser, live_server.url, seat_of(hall))
    page.goto(f"/hoi-nghi/{hall.conference.slug}/ghe/")
    page.context.set_offline(True)
    page.get_by_role("button", name="Tán thành", exact=True).click()
    expect(page.locator("[data-vote-said]")).to_have_text(NOT_SENT)
    assert VoteCast.objects.count() == 0
    page.context.set_offline(False)
    expect(page.locator("[data-vote-said]")).to_have_text(DONE, timeout=20_000)
    assert VoteCast.objects.count() == ConferenceEvent.objects.filter(type="cast_vote").count() == 1
    page.reload()
    own = page.locator("[data-own-vote]")
    if kind == VoteKind.NAMED:
        expect(own).to_have_text("Lựa chọn trên thiết bị này: Tán thành.")
    else:
        expect(own).to_be_hidden()
    close_vote(vote=vote, by=hall.chair)
    page.reload()
    expect(page.locator(".vote-result")).to_contain_text("Không được thông qua")
    assert "phoihop-vote" not in (page.evaluate("JSON.stringify(sessionStorage)") if kind == "secret" else "")
    page.context.close()


@pytest.mark.parametrize("kind", VoteKind)
def test_an_answer_lost_on_the_way_back(
    browser: Browser, live_server: Any, hall: ConferenceWorld, kind: VoteKind
) -> None:
    """The server has counted the vote, the phone does not know: it sends again and is told so."""
    opened(hall, kind)
    page = phone(browser, live_server.url, seat_of(hall))
    sent: list[str] = []

    def lose_the_first(route: Route) -> None:
        sent.append(route.request.post_data or "")
        if len(sent) == 1:
            route.fetch()
            route.abort()
        else:
            route.continue_()

    page.route(re.compile(r"/bieu-quyet/\d+/phieu/"), lose_the_first)
    page.goto(f"/hoi-nghi/{hall.conference.slug}/ghe/")
    page.get_by_role("button", name="Không tán thành").click()
    expect(page.locator("[data-vote-said]")).to_have_text(DONE, timeout=20_000)
    assert len(sent) == 2
    keys = [re.search(r'name="key"\s+(\w+)', body) for body in sent]
    assert len({match.group(1) for match in keys if match}) == 1
    assert VoteCast.objects.count() == 1
    page.context.close()


def test_the_vote_appears_and_goes_by_itself(
    browser: Browser, live_server: Any, hall: ConferenceWorld
) -> None:
    page = phone(browser, live_server.url, seat_of(hall))
    page.goto(f"/hoi-nghi/{hall.conference.slug}/ghe/")
    expect(page.locator(".empty")).to_contain_text("Chưa mở biểu quyết")
    vote = opened(hall, VoteKind.SECRET)
    choice = page.get_by_role("button", name="Tán thành", exact=True)
    expect(choice).to_be_visible(timeout=15_000)
    box = choice.bounding_box()
    assert box is not None
    assert box["height"] >= 64
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert Axe().run(page, options=RULES).violations_count == 0
    close_vote(vote=vote, by=hall.chair)
    expect(page.locator(".vote-result")).to_be_visible(timeout=15_000)
    page.context.close()


@pytest.mark.parametrize("path", ["man-hinh/", "bieu-quyet/man-hinh/"])
def test_the_walls_fit_a_phone_after_a_vote(
    browser: Browser, live_server: Any, hall: ConferenceWorld, path: str
) -> None:
    show_scene(conference=hall.conference, scene=Scene.VOTE, by=None)
    options = [{"vi": "Trung tâm Hội nghị Quốc gia"}, {"vi": "Hội trường Bộ Công an"}]
    vote = prepare_vote(
        item=hall.items[0], title_vi="Chọn nơi họp", kind=VoteKind.NAMED, options=options, by=None
    )
    close_vote(vote=open_vote(vote=vote, by=None), by=None)
    page = table(browser, live_server.url, hall.officials[Duty.CHAIR], 360)
    page.goto(f"/hoi-nghi/{hall.conference.slug}/{path}")
    expect(page.locator(".vote-result, [data-hall-outcome]").first).to_be_visible(timeout=20_000)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    page.context.close()


@pytest.mark.parametrize("width", [1280, 360])
def test_the_tables_pages_keep_the_rules(
    browser: Browser, live_server: Any, hall: ConferenceWorld, width: int
) -> None:
    called = open_roll_call(conference=hall.conference, by=hall.chair)
    delegation = Delegation.objects.select_related("site").get(site=hall.sites[1])
    answer_roll_call(
        roll_call=called, delegation=delegation, present=14, by=None, note="Hai cán bộ xã dự thêm"
    )
    write_note(site=hall.sites[2], text="Xin phát biểu sau giờ giải lao", by=None)
    for kind in VoteKind:
        close_vote(vote=opened(hall, kind), by=hall.chair)
    opened(hall, VoteKind.NAMED)
    page = table(browser, live_server.url, hall.officials[Duty.SECRETARY], width)
    for path in ("bieu-quyet/", "diem-danh/", "gui-chu-tri/"):
        page.goto(f"/hoi-nghi/{hall.conference.slug}/{path}")
        for summary in page.locator("main summary").all():
            summary.click()
        broken = [each["id"] for each in Axe().run(page, options=RULES).response["violations"]]
        assert (path, broken) == (path, [])
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
    page.context.close()


def test_the_presidium_opens_and_closes_a_vote_by_hand(
    browser: Browser, live_server: Any, hall: ConferenceWorld
) -> None:
    page = table(browser, live_server.url, hall.officials[Duty.CHAIR], 1280)
    page.goto(f"/hoi-nghi/{hall.conference.slug}/bieu-quyet/")
    page.get_by_text("Chuẩn bị lần biểu quyết", exact=True).click()
    page.select_option("#vote-item", index=1)
    page.fill("#vote-title_vi", "Chọn nơi họp")
    page.fill("#vote-options", "Hà Nội\nKon Tum")
    page.get_by_role("button", name="Lưu nội dung biểu quyết").click()
    page.get_by_label("Vẫn mở biểu quyết").check(timeout=20_000)
    page.get_by_role("button", name="Mở biểu quyết").click()
    page.get_by_role("button", name="Kết thúc và kiểm phiếu").click(timeout=20_000)
    expect(page.locator("#vote-panel-heading ~ .card .vote-result")).to_contain_text("Hà Nội", timeout=20_000)
    assert Vote.objects.get().result["is_adopted"] is False
    expect(page.locator("#vote-panel-heading ~ .card .outcome")).to_contain_text("Không phương án nào đạt")
    page.context.close()
