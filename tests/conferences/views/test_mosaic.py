"""Pictures of several sites at once: for a hall's screen only, of the sites the director chose, ended by the server."""

import json
from typing import Any

import pytest
from django.test import Client

from phoihop.conferences.actions import answer_roll_call, open_roll_call, remove_site, show_scene
from phoihop.conferences.enums import Duty, GrantKind, Reach, Scene, SiteKind
from phoihop.conferences.media.engine import EngineFault, Stage
from phoihop.conferences.media.fake import FakeEngine
from phoihop.conferences.media.outbox import reconcile, run_outbox
from phoihop.conferences.models import Conference, EngineTrouble, Line, Site
from phoihop.conferences.queries.stage import MOSAIC_SITES, stage_of
from phoihop.conferences.templatetags.conference import tilename
from tests.conferences.test_refused import browser, signed_in
from tests.conferences.views.test_media import AT, granted, show
from tests.conferences.world import ConferenceWorld

SLUG = "hoi-nghi-thu"


def chosen(world: ConferenceWorld, page: int = 1, status: int = 200, **form: Any) -> dict[str, Any]:
    """As the console's form asks for it."""
    chair = signed_in(world.officials[Duty.CHAIR])
    said = {"scene": "mosaic", "page": page, **form}
    answer = chair.post(f"{AT}/dieu-hanh/man-hinh/", said, HTTP_ACCEPT="application/json")
    assert answer.status_code == status, answer.content.decode()
    return world.refreshed().hall if status == 200 else answer.json()


def hall(world: ConferenceWorld) -> Client:
    return signed_in(world.officials[Duty.DIRECTOR])


@pytest.fixture
def sending(session: ConferenceWorld, fake: FakeEngine) -> FakeEngine:
    fake.published[SLUG] = {"diem-1", "diem-2"}
    return fake


def test_the_hall_receives_the_sites_that_send(session: ConferenceWorld, sending: FakeEngine) -> None:
    chosen(session)
    token = granted(hall(session), "mosaic")["grant"]
    told = show(token, "diem-cau", 201)
    assert sorted(told["sites"].values()) == ["diem-1", "diem-2"]
    assert show(token, "diem-cau", 204, have=["diem-2", "diem-1"]) is None
    sending.published[SLUG].add("diem-3")
    assert len(show(token, "diem-cau", 201, have=["diem-1", "diem-2"])["sites"]) == 3
    show(token, "thoi", 204, peer=told["peer"])
    assert [each.sites for each in Line.objects.all()] == [["diem-1", "diem-2", "diem-3"]]


def test_only_a_hall_gets_the_grant(session: ConferenceWorld, sending: FakeEngine) -> None:
    chosen(session)
    granted(browser(session.grant(0)), "mosaic")  # the machine at the central site's wall
    for client in (browser(session.grant(1)), browser(session.grant(1, GrantKind.VIEW))):
        assert "chỉ dành cho màn hình hội trường" in granted(client, "mosaic", 403)["refusal"]
    for part in ("publish", "receive"):
        token = granted(browser(session.grant(1)), part)["grant"]
        assert "chỉ dành cho màn hình hội trường" in show(token, "diem-cau", 403)["refusal"]
    view_of_the_centre = browser(session.grant(0, GrantKind.VIEW))
    granted(view_of_the_centre, "mosaic", 403)
    token = granted(hall(session), "mosaic")["grant"]
    show(token, "phat", 403)  # it watches, and sends nothing
    assert not sending.watched


def test_a_duty_taken_away_ends_the_grant(session: ConferenceWorld, sending: FakeEngine) -> None:
    chosen(session)
    token = granted(hall(session), "mosaic")["grant"]
    session.conference.officials.filter(duty=Duty.DIRECTOR).delete()
    assert show(token, "diem-cau", 403)["refusal"]
    assert not Line.objects.exists()


def test_nobody_is_watched_while_the_screens_show_something_else(
    session: ConferenceWorld,
    sending: FakeEngine,
) -> None:
    token = granted(hall(session), "mosaic")["grant"]
    assert "không chiếu hình nhiều điểm cầu" in show(token, "diem-cau", 409)["refusal"]
    assert not sending.watched


def test_the_server_ends_what_is_no_longer_shown(session: ConferenceWorld, sending: FakeEngine) -> None:
    chosen(session)
    token = granted(hall(session), "mosaic")["grant"]
    show(token, "diem-cau", 201)
    run_outbox(sending)
    assert len(sending.watched) == 1
    show_scene(conference=session.conference, scene=Scene.SPEAKER, by=session.chair)
    run_outbox(sending)
    assert (sending.watched, Line.objects.count()) == ({}, 0)


def test_the_server_ends_it_also_where_the_engine_does_not_do_the_rest(
    session: ConferenceWorld, sending: FakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_stage: Stage) -> None:
        raise EngineFault("the recording cannot be written")

    chosen(session)
    show(granted(hall(session), "mosaic")["grant"], "diem-cau", 201)
    show_scene(conference=session.conference, scene=Scene.SPEAKER, by=session.chair)
    monkeypatch.setattr(sending, "settle", full)
    run_outbox(sending)
    assert (sending.watched, Line.objects.count()) == ({}, 0)
    assert EngineTrouble.objects.get().fault == "the recording cannot be written"


def test_the_screens_that_go_on_while_the_engine_is_asked_see_nobody(
    session: ConferenceWorld, sending: FakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever settled the change did not know of the connection yet."""
    chosen(session)
    token = granted(hall(session), "mosaic")["grant"]
    asked = sending.watch_sites

    def meanwhile(*said: Any) -> Any:
        found = asked(*said)
        show_scene(conference=session.conference, scene=Scene.SPEAKER, by=session.chair)
        run_outbox(sending)
        return found

    monkeypatch.setattr(sending, "watch_sites", meanwhile)
    assert "không chiếu hình nhiều điểm cầu" in show(token, "diem-cau", 409)["refusal"]
    assert (sending.watched, Line.objects.count()) == ({}, 0)


def test_a_site_that_was_taken_out_is_watched_no_longer(
    session: ConferenceWorld, sending: FakeEngine
) -> None:
    chosen(session)
    show(granted(hall(session), "mosaic")["grant"], "diem-cau", 201)
    remove_site(site=session.sites[1], by=session.chair)
    reconcile(sending)
    assert (sending.watched, Line.objects.count()) == ({}, 0)


def with_twenty_more(session: ConferenceWorld) -> None:
    like = session.sites[1]
    Site.objects.bulk_create(
        Site(conference=session.conference, slug=f"them-{number:02}", kind=like.kind, level=like.level, area=like.area,
             name_vi=f"Thêm {number}", order=10 + number)
        for number in range(20)
    )  # fmt: skip


def test_sites_stand_sixteen_to_a_page(session: ConferenceWorld) -> None:
    with_twenty_more(session)
    Site.objects.filter(slug="diem-2").update(kind=SiteKind.VIEWING)
    Site.objects.filter(slug="diem-3").update(reach=Reach.PHONE)
    first, last = chosen(session, 1), chosen(session, 9)
    assert (len(first["sites"]), first["sites"][:3]) == (MOSAIC_SITES, ["diem-0", "diem-1", "them-00"])
    assert (last["page"], last["pages"], last["sites"][-1]) == (2, 2, "them-19")
    assert not set(first["sites"]) & set(last["sites"])
    assert stage_of(session.refreshed()).mosaic == tuple(last["sites"])


def test_a_page_is_turned_during_a_roll_call(session: ConferenceWorld, fake: FakeEngine) -> None:
    """Who has answered is marked; the first page's pictures end by the server's doing, the second's begin."""
    with_twenty_more(session)
    fake.published[SLUG] = set(Site.objects.values_list("slug", flat=True))
    secretary = session.official(Duty.SECRETARY)
    asked = open_roll_call(conference=session.refreshed(), by=secretary)
    own = session.sites[1].delegations.get()
    answer_roll_call(roll_call=asked, delegation=own, present=9, by=session.head(1))
    first = chosen(session, 1)["sites"]
    shown = hall(session).get(f"{AT}/phan/hall/").content.decode()
    tiles = {each.split('"')[0]: each for each in shown.split('data-tile-of="')[1:]}
    assert list(tiles) == first
    marks = {site: ("đã điểm danh" in tile, "chưa điểm danh" in tile) for site, tile in tiles.items()}
    assert (marks["diem-1"], marks["diem-2"]) == ((True, False), (False, True))
    token = granted(hall(session), "mosaic")["grant"]
    assert sorted(show(token, "diem-cau", 201)["sites"].values()) == sorted(first)
    last = chosen(session, 2)["sites"]
    run_outbox(fake)
    assert fake.watched == {}
    assert sorted(show(token, "diem-cau", 201)["sites"].values()) == sorted(last)
    assert len(first) + len(last) == 24


def test_where_no_site_sends_pictures_it_is_said(session: ConferenceWorld) -> None:
    Conference.objects.get().sites.update(reach=Reach.PHONE)
    assert "không có điểm cầu nào gửi hình" in chosen(session, status=400)["refusal"]


def test_who_speaks_stands_small_or_large_beside_the_figures(session: ConferenceWorld) -> None:
    figures = {"scene": "figures", "keys": ["B01"], "layout": "half"}
    assert chosen(session, **figures)["layout"] == "half"
    figures["layout"] = "above"
    assert "“above”" in chosen(session, status=400, **figures)["refusal"]


@pytest.mark.parametrize(
    ("keys", "status"),
    [
        (["B01", "B02", "K05"], 200),
        (["B01", "B02", "K05", "K06"], 400),
        (["chart:completeness"], 200),
        (["B01", "chart:completeness"], 400),
    ],
)
def test_half_a_wall_has_room_for_three_figures_or_a_chart(
    session: ConferenceWorld, keys: list[str], status: int
) -> None:
    told = chosen(session, status=status, scene="figures", keys=keys, layout="half")
    assert ("chỉ đủ chỗ cho ba số liệu" in told.get("refusal", "")) == (status == 400)
    assert chosen(session, scene="figures", keys=keys, layout="corner")["layout"] == "corner"


def test_pages_show_what_is_theirs(session: ConferenceWorld, settings: Any) -> None:
    """Tiles for the hall; names for everybody else, who answered for delegates only."""
    chosen(session)
    own = browser(session.grant(1)).get(f"{AT}/phan/site/").content.decode()
    assert "data-tile" not in own
    assert "Hội trường trung tâm, chủ trì, thư ký và bộ phận điều hành kỹ thuật đang nhìn thấy hình" in own
    assert 'class="own"' in own
    assert (
        "data-tile" not in browser(session.grant(1, GrantKind.VIEW)).get(f"{AT}/phan/hall/").content.decode()
    )
    assert hall(session).get(f"{AT}/phan/hall/").content.decode().count("data-tile=") == 4
    told = browser(session.grant(1)).get(f"{AT}/dien-bien/").json()
    assert told["patch"]["hall"]["sites"] == ["diem-0", "diem-1", "diem-2", "diem-3"]


def test_what_a_screen_has_is_no_wish(session: ConferenceWorld, sending: FakeEngine) -> None:
    """Sites it names beyond the page are not shown to it."""
    chosen(session)
    Conference.objects.filter(slug=SLUG).update(hall={"scene": "mosaic", "page": 1, "sites": ["diem-2"]})
    token = granted(hall(session), "mosaic")["grant"]
    told = show(token, "diem-cau", 201, have=json.loads('["diem-1"]'), sites=["diem-1"])
    assert list(told["sites"].values()) == ["diem-2"]


@pytest.mark.parametrize(
    ("name", "shown"),
    [("Điểm cầu tỉnh Kon Tum", "Tỉnh Kon Tum"), ("Hội trường 700 chỗ", "Hội trường 700 chỗ")],
)
def test_a_tile_says_which_site_it_is_and_not_that_it_is_one(name: str, shown: str) -> None:
    assert tilename(Site(name_vi=name)) == shown
