"""Which edge a viewer is sent to, what both ends derive from one secret, and what is said where the setting is wrong."""

import re
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils.translation import override

from phoihop.conferences.media.choice import engine
from phoihop.conferences.media.engine import EngineFault
from phoihop.conferences.media.janus import process
from phoihop.conferences.media.janus.config import Place, write_config
from phoihop.conferences.media.janus.edges import Edge, Edges, edge_door, edges_set
from phoihop.conferences.media.janus.engine import JanusEngine
from phoihop.conferences.media.janus.hall import derived
from phoihop.conferences.queries.stage import area_codes_of
from tests.conferences.world import ConferenceWorld

SECRET = "0123456789abcdef" * 2
NORTH, SOUTH = Edge("10.0.3.5", 8088, ("31", "22")), Edge("10.0.4.5", 8088, ("79",))
FIRST, SECOND = Edge("10.0.5.5", 8088), Edge("10.0.6.5", 8088)


@pytest.fixture(autouse=True)
def secret(settings: Any) -> None:
    settings.MEDIA_EDGE_SECRET = SECRET


def test_the_setting_names_edges_with_the_areas_they_serve(settings: Any) -> None:
    settings.MEDIA_EDGES = "10.0.3.5:8088=31,22 10.0.5.5:8088"
    assert edges_set() == [NORTH, FIRST]


@pytest.mark.parametrize(
    "wrong",
    [
        "10.0.3.5", "edge.example.vn:8088", "10.0.3.5:port", "=31", "[::1]:8088", "10.0.3.5:0", "10.0.3.5:65536",
        "10.0.3.5:+8",
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    ("language", "said"), [("vi", "có “{}”; cần dạng ĐỊA_CHỈ:CỔNG"), ("en", "has “{}”; ADDRESS:PORT")]
)
def test_a_wrong_edge_is_named(settings: Any, wrong: str, language: str, said: str) -> None:
    settings.MEDIA_EDGES = wrong
    with override(language), pytest.raises(ImproperlyConfigured, match=re.escape(said.format(wrong))):
        edges_set()


@pytest.mark.parametrize(("language", "said"), [("vi", "có 5 ký tự"), ("en", "has 5 characters")])
def test_edges_need_a_secret_worth_the_name(settings: Any, language: str, said: str) -> None:
    settings.MEDIA_EDGES, settings.MEDIA_EDGE_SECRET = "10.0.3.5:8088", "short"
    with override(language), pytest.raises(ImproperlyConfigured, match=said):
        edges_set()


@pytest.mark.parametrize(
    ("edges", "areas", "tried"),
    [
        ([NORTH, SOUTH], ["31"], [NORTH]),
        ([NORTH, SOUTH], ["00123", "22"], [NORTH]),  # a commune of the province
        ([NORTH, SOUTH], ["48"], []),  # served by the centre
        ([NORTH, FIRST], ["31"], [NORTH]),
        ([NORTH, FIRST], ["48"], [FIRST]),
    ],
)
def test_viewers_go_to_the_edge_of_their_area(edges: list[Edge], areas: list[str], tried: list[Edge]) -> None:
    assert [each.edge for each in Edges(edges).for_viewers_of(areas)] == tried


def test_what_a_browser_reads_of_an_edge_is_no_address() -> None:
    """It finds the edge again at the centre, in every process of it, and nowhere else."""
    edges = Edges([NORTH, SOUTH])
    assert [edges.marked(each.mark).edge for each in Edges([NORTH, SOUTH])] == [NORTH, SOUTH]
    for each in edges:
        assert re.fullmatch("[0-9a-f]{16}", each.mark)
        assert each.mark not in {other.mark for other in edges if other is not each}
    with pytest.raises(EngineFault):
        edges.marked(NORTH.name)


def test_who_has_no_edge_of_its_own_is_spread_over_the_others_and_stays_there() -> None:
    edges = Edges([FIRST, SECOND])
    first = [edges.for_viewers_of([str(area)])[0].edge for area in range(40)]
    assert first == [edges.for_viewers_of([str(area)])[0].edge for area in range(40)]
    assert 10 < first.count(FIRST) < 30
    assert len(edges.for_viewers_of(["48"])) == 2  # the other one, should this one be gone


def test_an_edge_that_does_not_answer_is_left_alone_for_a_while(caplog: pytest.LogCaptureFixture) -> None:
    (edge,) = Edges([FIRST])
    asked = []

    def fails(_hall: object) -> None:
        asked.append(1)
        raise EngineFault("gone")

    assert [edge.attempt(fails) for _time in range(3)] == [None, None, None]
    assert len(asked) == 1
    assert caplog.messages == ["The edge 10.0.5.5:8088 does not follow: gone"]


def test_both_ends_derive_the_same_and_every_edge_its_own(tmp_path: Any) -> None:
    doors = [edge_door(edge, SECRET) for edge in (NORTH, SOUTH, FIRST)]
    assert edge_door(Edge("10.0.3.5", 8088), SECRET) == doors[0]
    told = {each for door in doors for each in (door.api_secret, door.admin_key)}
    assert len(told) == 6
    assert not [each for each in told if SECRET in each]
    assert derived(SECRET, "srtp a/viewers") != derived(SECRET, "srtp b/viewers")


def test_an_edge_listens_where_the_centre_reaches_it(tmp_path: Any) -> None:
    (tmp_path / "janus" / "plugins").mkdir(parents=True)
    place = Place(plugins=tmp_path / "janus", api_address="10.0.3.5", feed_ports=(10_000, 10_499))
    door = edge_door(NORTH, SECRET)
    assert write_config(tmp_path / "media", place, door) == door
    assert 'ip = "10.0.3.5"' in (tmp_path / "media" / "janus.transport.http.jcfg").read_text()
    streaming = (tmp_path / "media" / "janus.plugin.streaming.jcfg").read_text()
    assert 'rtp_port_range = "10000-10499"' in streaming
    assert door.admin_key in streaming


def test_what_an_edge_lacks_is_said(settings: Any) -> None:
    settings.MEDIA_EDGE_SECRET, settings.MEDIA_FEED_PORTS = "short", "1-2"
    said = process.missing(Edge("127.0.0.1", settings.MEDIA_API_PORT))
    assert any("PHOIHOP_MEDIA_FEED_PORTS" in each and "“1-2”" in each for each in said)
    assert any("PHOIHOP_MEDIA_EDGE_SECRET" in each and "5" in each for each in said)


def test_an_edge_is_chosen_by_codes_of_a_sites_area_and_of_its_province(world: ConferenceWorld) -> None:
    site = world.sites[1]
    codes = area_codes_of(site)
    assert set(site.area.codes.values_list("code", flat=True)) <= set(codes)


def test_a_page_does_not_wait_for_an_edge_that_is_left_alone(tmp_path: Any) -> None:
    """Its connection there is spoken for through the same door as everything else."""
    there = Edge("127.0.0.1", 9)
    asked, (edge,) = JanusEngine(tmp_path, [there]), Edges([there])
    for said in ("không kết nối được", "không trả lời"):
        with pytest.raises(EngineFault, match=said):
            asked.keep_alive(f"{edge.mark}/1/2")


def test_a_refusal_of_an_edge_is_an_answer() -> None:
    (edge,) = Edges([FIRST])
    asked = []

    def refuses(_hall: object) -> None:
        asked.append(1)
        raise EngineFault("no such session", 458)

    assert [edge.attempt(refuses) for _time in range(3)] == [None, None, None]
    assert len(asked) == 3


@pytest.mark.parametrize(("command", "options"), [("serve", {}), ("conference", {"what": "up"})])
def test_wrong_edges_are_said_at_the_start(settings: Any, command: str, options: dict[str, str]) -> None:
    settings.MEDIA_ENGINE, settings.MEDIA_EDGES = "janus", "10.0.3.5"
    engine.cache_clear()
    with pytest.raises(CommandError, match=r"có “10\.0\.3\.5”; cần .*ví dụ 10\.0\.3\.5:8088=31,22"):
        call_command(command, *options.values())
    engine.cache_clear()
