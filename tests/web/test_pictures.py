"""Every picture of figures, wherever it stands, has its table, its address, its CSV and its SVG."""

import csv
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import unescape
from importlib import import_module
from io import StringIO
from pathlib import Path
from urllib.parse import urljoin
from xml.etree import ElementTree as ET

import pytest
from django.conf import settings
from django.test import Client
from django.utils.translation import override

from phoihop.conferences.actions import show_scene
from phoihop.conferences.enums import Scene
from phoihop.orgs.enums import Role
from phoihop.periods import parse_period
from phoihop.web.templatetags.labels import window
from tests.conferences.world import conference_world
from tests.reports.world import accepted
from tests.web.world import PageWorld, client_of

Place = Callable[[PageWorld], tuple[Client, str]]
CHART = "completeness"
DRAWN_IN = {  # a template that draws a new kind of picture joins this list, with a line in PICTURES
    "conferences/parts/figures.html",  # through reviews/chart_image.html
    "reviews/review/chart.html",  # the same
    "reviews/chart_image.html",
    "components/line_chart.html",
    "components/spark.html",  # a link to its trend
    "components/tile_map.html",
    "web/trends/item.html",
    "web/trends/picture.html",
}
NO_PICTURES = {  # a mark, a key to colours, a page of a document
    "components/legend.html",
    "components/site_header.html",
    "conferences/parts/scene.html",
    "web/trends/key.html",
}


@dataclass(frozen=True)
class Picture:
    """`csv` and `svg`: what the picture's own links have in them, where its page has other ones too."""

    place: Place
    mark: str
    csv: str = "csv"
    svg: str = "svg"


def as_desk(address: Callable[[PageWorld], str]) -> Place:
    return lambda world: (client_of(world.people()[Role.CENTRAL_DESK]), address(world))


def trend_of(part: str) -> Place:
    return as_desk(lambda world: world.figure("B01").replace("/so-lieu/", f"/xu-huong/{part}"))


def in_review(world: PageWorld) -> tuple[Client, str]:
    world.frozen(area=world.told.base.province, slug="cua-tinh", state="received")
    return client_of(world.told.base.central_desk), "/so-ket/cua-tinh/"


def on_screens(page: str) -> Place:
    def shown(world: PageWorld) -> tuple[Client, str]:
        meeting = conference_world()
        meeting.conference.review = world.frozen(area=world.told.base.province, state="received")
        meeting.conference.save()
        meeting.in_session()
        show_scene(
            conference=meeting.conference, scene=Scene.FIGURES, by=meeting.chair, keys=[f"chart:{CHART}"]
        )
        return client_of(meeting.heads[1]), f"/hoi-nghi/{meeting.conference.slug}/{page}/"

    return shown


def over_a_year(world: PageWorld) -> str:
    """Two windows: a line is drawn from one to another."""
    base = world.told.base
    before = base.open(parse_period("ADM-2025-H2"))
    accepted(base.report_of(base.units[0], before), {"B01": "3"})
    return world.figure("B01", **{"from": "2025-06-15", "to": "2026-06-14"})


PICTURES = {
    "map": Picture(as_desk(lambda world: world.dashboard), 'class="tile-map"', "download=csv&table=units"),
    "trend": Picture(trend_of(""), 'class="wide"'),
    "provinces": Picture(trend_of("cac-tinh/"), "small-chart"),
    "contents": Picture(trend_of("cac-noi-dung/"), "small-chart"),
    "figure": Picture(as_desk(over_a_year), 'class="line-chart"', "table=trend"),
    "indicator": Picture(as_desk(lambda _: "/chi-tieu/B01/"), 'class="wide"', "/xu-huong/", "/xu-huong/"),
    "indicator's map": Picture(
        as_desk(lambda _: "/chi-tieu/B01/"), 'class="tile-map"', "/tong-quan/", "/tong-quan/"
    ),
    "review": Picture(in_review, f'id="chart-{CHART}"', f"{CHART}.csv", f"{CHART}.svg"),
    "hall": Picture(on_screens("man-hinh"), f'id="chart-{CHART}"', f"{CHART}.csv", f"{CHART}.svg"),
    "site": Picture(on_screens("diem-cau"), f'id="chart-{CHART}"', f"{CHART}.csv", f"{CHART}.svg"),
}


def links(page: str, fmt: str) -> list[str]:
    found = [unescape(each) for each in re.findall(r'<a [^>]*href="([^"]+)"[^>]*\bdownload\b', page)]
    return [each for each in found if fmt in each]


def rows_of(content: bytes) -> list[list[str]]:
    assert content.startswith(b"\xef\xbb\xbf")  # a spreadsheet program reads UTF-8 by this mark
    return list(csv.reader(StringIO(content.decode("utf-8-sig"))))


@dataclass(frozen=True)
class Shown:
    headings: list[str]
    rows: list[str]  # their beginnings


def tables_of(page: str) -> list[Shown]:
    def heads(table: str, scope: str) -> list[str]:
        found = re.findall(rf'<th scope="{scope}"[^>]*>(.*?)</th>', table, re.DOTALL)
        bare = (re.sub(r'<span class="cell-note">.*?</span>', "", head, flags=re.DOTALL) for head in found)
        return [" ".join(unescape(re.sub(r"<[^>]+>", " ", head)).split()) for head in bare]

    tables = re.findall(r"<table>(.*?)</table>", page, re.DOTALL)
    return [Shown(heads(table, "col"), heads(table, "row")) for table in tables]


@pytest.fixture
def grid(world: PageWorld, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A grid of tiles for the small world's one province."""
    (tmp_path / "tiles.csv").write_text(f"map,key,column,row,abbr\nsmall,{world.area('province')},1,1,KT\n")
    (tmp_path / "tiles_islands.csv").write_text("map,key,column,row,label,province_key\n")
    grids = import_module("phoihop.areas.queries.tiles")
    monkeypatch.setattr(grids, "_FOLDER", tmp_path)
    grids._drawn.cache_clear()
    yield
    grids._drawn.cache_clear()


@pytest.mark.usefixtures("grid")
@pytest.mark.parametrize("kind", PICTURES)
def test_a_picture_has_its_table_address_csv_and_svg(world: PageWorld, kind: str) -> None:
    picture = PICTURES[kind]
    client, address = picture.place(world)

    page = client.get(address).content.decode()
    handed = next(urljoin(address, each) for each in links(page, "csv") if picture.csv in each)
    drawn = next(urljoin(address, each) for each in links(page, "svg") if picture.svg in each)
    answer, svg = client.get(handed), client.get(drawn)

    assert picture.mark in page
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/csv; charset=utf-8")
    headings, *rows = rows_of(answer.content)
    assert rows
    assert re.search(r"[à-ỹ]", headings[0].lower()), headings  # in the page's language
    with override("vi"):
        told = {window(cell) for row in rows for cell in row}  # a file has a window's code, a page its name
    alike = [table for table in tables_of(page) if table.headings[0] == headings[0] and table.rows]
    assert any(set(table.rows) <= told for table in alike)
    assert ET.fromstring(svg.content).tag == "{http://www.w3.org/2000/svg}svg"  # noqa: S314  our own


def test_a_chart_of_a_review_is_handed_out_as_its_table_reads(world: PageWorld) -> None:
    client, address = in_review(world)
    page = client.get(address)
    (chart,) = [
        each for annex in page.context["page"].annexes for each in annex.pieces if each.kind == "chart"
    ]

    headings, *rows = rows_of(client.get(f"{address}bieu-do/{CHART}.csv?version=1").content)

    assert headings == [
        "Đơn vị",
        "Tỷ lệ đầy đủ",
        "Nguồn gốc",
        "unit",
        "review",
        "version",
        "as_of",
        "ledger_seq",
    ]
    shown = [[cell.text for cell in row.cells] for row in chart.table.rows]
    assert [[row[0], row[1].replace(".", ",")] for row in rows] == shown
    assert {tuple(row[2:6]) for row in rows} == {("Số liệu mô phỏng", "%", "cua-tinh", "1")}
    assert f'href="?version=1#chart-{CHART}"' in page.content.decode()


def test_charts_are_drawn_for_light_and_for_dark(world: PageWorld) -> None:
    client, address = in_review(world)
    page = unescape(client.get(address).content.decode())
    sources = re.findall(r'<img class="(on-light|on-dark)" src="([^"]+)"', page)
    light, dark = (client.get(source).content.decode() for _theme, source in sources)
    assert [theme for theme, _source in sources] == ["on-light", "on-dark"]
    assert ("#16171a" in light, "white" in light, "#222" in light) == (False, True, True)
    assert ("#16171a" in dark, "white" in dark, "#222" in dark) == (True, False, False)


def test_a_chart_that_is_not_there_has_no_figures(world: PageWorld) -> None:
    client, address = in_review(world)
    assert client.get(f"{address}bieu-do/nothing.csv?version=1").status_code == 404
    assert Client().get(f"{address}bieu-do/{CHART}.csv?version=1").status_code == 404


def test_every_template_that_draws_is_tested_here() -> None:
    package = Path(settings.PACKAGE_DIR)
    draws = re.compile(r"<svg|<img|chart_image\.html")
    found = {
        str(path).split("/templates/")[1]
        for path in package.glob("*/templates/**/*.html")
        if draws.search(path.read_text("utf-8"))
    }
    assert found == DRAWN_IN | NO_PICTURES
