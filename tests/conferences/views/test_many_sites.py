"""The console of a conference with thousands of sites: no longer, and no more queries, than with a hundred."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from phoihop.conferences.actions import ask_to_speak, give_floor, mute_site, open_list, open_roll_call
from phoihop.conferences.enums import Duty, SiteKind, SpeakerKind
from phoihop.conferences.models import Delegation, Site
from tests.conferences.world import ConferenceWorld

AT = "/hoi-nghi/hoi-nghi-thu/dieu-hanh/"
BOARD = f"{AT}phan/sites/"


@pytest.fixture
def chair(world: ConferenceWorld, client: Client) -> Client:
    open_list(item=world.in_session().items[0], by=world.chair)
    client.force_login(world.officials[Duty.CHAIR])
    return client


def add_sites(world: ConferenceWorld, first: int, last: int) -> None:
    """Of communes, each with its delegation."""
    like, area = world.sites[1], world.sites[1].area
    sites = Site.objects.bulk_create(
        Site(
            conference=world.conference, slug=f"xa-{number}", kind=SiteKind.SPEAKING, level="commune", area=area,
            name_vi=f"Điểm cầu Xã Đắk Số {number}", name_en=f"Site of commune {number}", order=number,
            technical_phone=f"0000 {number:06}",
        )
        for number in range(first, last)
    )  # fmt: skip
    body = Delegation.objects.get(site=like).organisation
    Delegation.objects.bulk_create(
        Delegation(site=site, bloc="police", organisation=body, title_vi=f"Đoàn {site.slug}", invited=3)
        for site in sites
    )


def shown(page: str) -> list[str]:
    """Slugs on the board, in order."""
    board = page[page.index('<ul class="site-board"') :]
    return re.findall(
        r'name="site" value="([^"]+)"',
        re.sub(r'<form method="post" class="mute".*?</form>', "", board, flags=re.DOTALL),
    )


def test_the_console_is_no_longer_with_thousands_of_sites(world: ConferenceWorld, chair: Client) -> None:
    """The board, who can be entered on the list and the roll-call are lists of a hundred, each with its own search."""
    add_sites(world, 10, 200)
    open_roll_call(conference=world.conference, by=world.chair)
    measured = []
    for more in ((200, 200), (200, 3_306)):
        add_sites(world, *more)
        with CaptureQueriesContext(connection) as queries:
            page = chair.get(AT).content.decode()
        measured.append((len(shown(page)), page.count("<option"), page.count("<li"), len(queries)))
    assert world.conference.sites.count() == 3_300
    assert measured[0] == measured[1]
    assert measured[0][0] == 100
    assert len(page.encode()) < 300_000
    assert "0/3.300 điểm cầu đang kết nối" in page
    assert "1–100 trong 3.300" in page


def test_every_site_stands_on_one_page_of_the_board(world: ConferenceWorld, chair: Client) -> None:
    add_sites(world, 10, 210)
    pages = [shown(chair.get(f"{BOARD}?trang={number}").content.decode()) for number in (1, 2, 3)]
    assert [len(page) for page in pages] == [100, 100, 4]
    assert len({*pages[0], *pages[1], *pages[2]}) == 204
    assert shown(chair.get(f"{BOARD}?trang=9").content.decode()) == pages[2]


def test_who_speaks_who_asks_and_who_is_muted_stand_first(world: ConferenceWorld, chair: Client) -> None:
    add_sites(world, 10, 210)
    speaks, asks, muted = (Site.objects.get(slug=f"xa-{number}") for number in (209, 208, 207))
    mute_site(site=muted, by=world.chair)
    for site in (asks, speaks):
        ask_to_speak(site=site, kind=SpeakerKind.SPEECH, by=None)
    give_floor(speaker=world.conference.speakers.get(site=speaks), by=world.chair)
    assert shown(chair.get(BOARD).content.decode())[:4] == ["xa-209", "xa-208", "xa-207", "diem-0"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("dak so 15", ["xa-15", *(f"xa-{number}" for number in range(150, 160))]),
        ("Đắk Số 204", ["xa-204"]),
        ("COMMUNE 77", ["xa-77"]),
        ("nowhere", []),
    ],
)
def test_a_site_is_found_by_its_name(
    world: ConferenceWorld, chair: Client, typed: str, found: list[str]
) -> None:
    """On the whole page too, as a browser without scripts asks for it; how many are connected is still of all."""
    add_sites(world, 10, 210)
    for address in (BOARD, AT):
        page = chair.get(address, {"tim": typed}).content.decode()
        assert shown(page) == found
        assert "0/204 điểm cầu đang kết nối" in page
        assert (f"Không có điểm cầu nào tên “{typed}”." in page) == (found == [])


def test_a_site_beyond_the_hundred_is_found_and_entered_on_the_list(
    world: ConferenceWorld, chair: Client
) -> None:
    add_sites(world, 10, 210)
    offered = options(chair.get(AT).content.decode(), "enter-site")
    assert (len(offered), "xa-209" in offered) == (100, False)
    page = chair.get(AT, {"ghi": "đắk số 209"}).content.decode()
    assert options(page, "enter-site") == ["xa-209"]
    assert '<details class="enter" open>' in page
    answer = chair.post(
        f"{AT}them/", {"site": "xa-209", "kind": "speech", "key": "k"}, HTTP_ACCEPT="application/json"
    )
    assert answer.json()["ok"] is True
    assert world.conference.speakers.get().site.slug == "xa-209"


def test_only_a_site_that_is_in_and_speaks_is_offered_for_the_list(
    world: ConferenceWorld, chair: Client
) -> None:
    Site.objects.filter(slug="diem-1").update(kind=SiteKind.VIEWING)
    Site.objects.filter(slug="diem-2").update(is_removed=True)
    offered = {each.partition(":")[0] for each in options(chair.get(AT).content.decode(), "enter-site")}
    assert offered == {"diem-0", "diem-3"}


def test_a_delegation_beyond_the_hundred_is_found_to_answer_by_telephone(
    world: ConferenceWorld, chair: Client
) -> None:
    add_sites(world, 10, 210)
    open_roll_call(conference=world.conference, by=world.chair)
    wanted = str(Delegation.objects.get(site__slug="xa-209").pk)
    secretary = Client()
    secretary.force_login(world.officials[Duty.SECRETARY])
    panel = "/hoi-nghi/hoi-nghi-thu/diem-danh/bang/"
    offered = options(secretary.get(panel).content.decode(), "phone-delegation")
    assert (len(offered), wanted in offered) == (101, False)
    found = secretary.get(panel, {"goi": "dak so 209"}).content.decode()
    assert options(found, "phone-delegation") == ["", wanted]
    assert 'Chưa điểm danh <span class="num">(204)</span>' in found  # of all, whatever is looked for


def options(page: str, select: str) -> list[str]:
    part = page[page.index(f'id="{select}"') :]
    return re.findall(r'<option value="([^"]*)"', part[: part.index("</select>")])
