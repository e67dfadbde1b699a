from xml.etree import ElementTree as ET

from django.template.loader import render_to_string
from django.utils.translation import override

from phoihop.areas.actions import rebuild_derived
from phoihop.areas.enums import Level
from phoihop.orgs.enums import Role
from phoihop.rollup.queries import Letter
from phoihop.web.forms.asked import Asked
from phoihop.web.queries.duty_matrix import duty_matrix, forms_of
from phoihop.web.queries.map_sheets import FILLS, sheet_of_map
from phoihop.web.queries.province_map import ProvinceMap
from phoihop.web.tables import Fact
from tests.factories.areas import area_under
from tests.web.world import PageWorld, client_of

SVG = "{http://www.w3.org/2000/svg}"


def get(world: PageWorld, address: str = "", role: Role = Role.CENTRAL_DESK):
    return client_of(world.people()[role]).get(world.dashboard + address)


def test_a_number_never_stands_alone(world: PageWorld) -> None:
    page = get(world)
    cards = {item.indicator.code: item for item in page.context["headlines"]}
    card = cards["B01"]
    assert (card.figure.value, card.figure.reported, card.figure.expected) == (20, 3, 3)
    html = page.content.decode()
    assert "3/3</span> báo cáo" in html
    assert card.href.replace("&", "&amp;") in html
    assert "16/06/2026" in html  # as of


def test_duties_come_first_among_the_headlines(world: PageWorld) -> None:
    codes = [item.indicator.code for item in get(world).context["headlines"]]
    assert codes[:2] == ["K05", "K06"]


def test_targets_say_how_many_units_reached_them(world: PageWorld) -> None:
    (row,) = get(world).context["targets"]
    assert (row.indicator.code, row.known, row.attained) == ("B01", 1, 0)


def test_the_duty_matrix_has_a_letter_for_each_unit_and_window(world: PageWorld) -> None:
    asked = Asked.read({}, [world.programme])  # type: ignore[arg-type]
    found = duty_matrix(asked, world.told.base.country, forms_of(asked)[0], "name")
    (row,) = found.rows
    assert [square.sign.letter for square in row.squares] == ["Đ"]
    assert [square.share for square in row.squares] == ["3/3"]
    assert row.completeness_percent == 100
    assert {sign.css for sign in found.signs} >= {"a", "l", "s", "r", "m", "n"}
    assert len(found.signs) == len(Letter)


def test_an_address_can_be_sent_to_a_colleague(world: PageWorld) -> None:
    page = get(world, "?from=2025-12-15&to=2026-06-14&map=reported&state=confirmed&indicator=B02")
    assert page.context["asked"].query == {
        "from": "2025-12-15",
        "to": "2026-06-14",
        "map": "reported",
        "state": "confirmed",
    }
    again = client_of(world.people()[Role.AUDITOR]).get(page.context["asked"].dashboard_url())
    assert again.context["asked"] == page.context["asked"]


def test_what_an_address_gets_wrong_is_said_in_a_sentence(world: PageWorld) -> None:
    wrong = {
        "?from=14-06-2026": "14-06-2026",
        "?state=guessed": "received, confirmed",
        "?indicator=Z99": "Z99",
        "?map=1789": "1789",
        "?from=2026-06-14&to=2025-12-15": "14/06/2026",
        "?area=nowhere": "nowhere",
        "?download=pdf": "csv, xlsx",
    }
    for address, named in wrong.items():
        page = get(world, address)
        assert page.status_code == 400, address
        assert named in page.content.decode(), address


def test_the_units_of_the_map_are_downloaded_as_they_are_shown(world: PageWorld) -> None:
    response = get(world, "?download=csv")
    lines = response.content.decode("utf-8-sig").splitlines()
    assert response["Content-Disposition"].endswith('.csv"')
    assert lines[1].startswith("Tỉnh Kon Tum,20,3,3,")
    assert lines[-1].startswith("Toàn quốc,20,3,3,")
    assert "mô phỏng" in lines[0] + lines[1]


def test_participation_is_never_ranked(world: PageWorld) -> None:
    """Rankings breed coercion: no address sorts units by what they took part in, and the map says what it is not."""
    other = area_under(world.told.base.country, Level.PROVINCE, "An Giang")
    rebuild_derived()
    plain = get(world, "?indicator=B01")
    order = [row.cells[0].text for row in plain.context["units"].rows]
    assert len(order) == 3
    assert other.full_name == order[0]
    for sort in ("value", "-value", "reported", "B01"):
        page = get(world, f"?indicator=B01&sort={sort}")
        assert [row.cells[0].text for row in page.context["units"].rows] == order, sort
    assert {column.sort for column in plain.context["units"].columns} == {""}
    assert "Các đơn vị xếp theo tên: đây không phải xếp hạng." in plain.content.decode()
    drawn = client_of(world.people()[Role.CENTRAL_DESK]).get("/gallery/").context["map"]
    with override("vi"):
        words = render_to_string(
            "web/dashboard/map.html", {"map": drawn, "units": plain.context["units"]}, plain.wsgi_request
        )
    assert "đây không phải xếp hạng và không đánh giá địa phương nào" in words


def test_the_number_of_queries_does_not_grow_with_units(
    world: PageWorld, django_assert_max_num_queries
) -> None:
    get(world)
    with django_assert_max_num_queries(100):
        get(world)


def test_the_map_is_a_picture_that_stands_alone(world: PageWorld) -> None:
    """Its colours, its legend, its marks and its source are drawn with it; protected and missing have signs."""
    drawn = ProvinceMap(**client_of(world.people()[Role.CENTRAL_DESK]).get("/gallery/").context["map"])
    facts = [Fact("as_of", "Tính đến", "2026-06-16T02:00Z", "09:00 16/06/2026")]
    with override("vi"):
        sheet = sheet_of_map(drawn, "B01 Cuộc", facts, is_simulated=True, is_protected=True)
        text = render_to_string("web/maps/alone.svg", sheet)
    picture = ET.fromstring(text)  # noqa: S314  our own drawing
    texts = [each.text or "" for each in picture.iter(f"{SVG}text")]
    fills = [each.get("fill") for each in picture.iter(f"{SVG}rect")]
    assert {tile.letters.split()[0] for tile in drawn.drawn.tiles} <= set(texts)
    assert {FILLS[tile.step] for tile in drawn.drawn.tiles if not tile.is_island} <= set(fills)
    assert "var(" not in text
    assert any("Số liệu mô phỏng" in line for line in texts)
    assert any("09:00 16/06/2026" in line for line in texts)
    assert any(line.startswith("<5 và *") for line in texts)
    assert "không phải xếp hạng" in " ".join(texts)


def test_a_map_without_a_grid_is_refused_as_a_picture_with_a_sentence(world: PageWorld) -> None:
    page = get(world, "?download=svg")
    assert (page.status_code, "csv hoặc xlsx" in page.content.decode()) == (400, True)
