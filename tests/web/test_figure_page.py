from decimal import Decimal

from phoihop.orgs.enums import Role
from tests.web.world import PageWorld, client_of


def get(world: PageWorld, address: str, role: Role = Role.CENTRAL_DESK):
    return client_of(world.people()[role]).get(address)


def test_the_value_stands_with_its_reports(world: PageWorld) -> None:
    page = get(world, world.figure("B01"))
    (table,) = page.context["lineage_tables"]
    assert page.context["page"].figure.value == Decimal(20)
    assert sorted(row.cells[3].value for row in table.rows) == [4, 6, 10]
    assert all(row.cells[5].href.startswith("/bao-cao/") for row in table.rows)


def test_what_another_unit_reported_keeps_its_row_without_its_value(world: PageWorld) -> None:
    page = get(world, world.figure("B01"), Role.REPORTING_OFFICER)
    (table,) = page.context["lineage_tables"]
    shown = {row.cells[0].text: (row.cells[3].value, row.cells[5].href != "") for row in table.rows}
    own = world.told.units[0].name_vi
    assert shown.pop(own) == (Decimal(4), True)
    assert set(shown.values()) == {(None, False)}


def test_a_rate_shows_its_parts(world: PageWorld) -> None:
    page = get(world, world.figure("K05"))
    figure = page.context["page"].figure
    assert (figure.numerator, figure.denominator, figure.value) == (3, 3, Decimal("100.00"))


def test_a_missing_figure_says_why_and_is_never_zero(world: PageWorld) -> None:
    page = get(world, world.figure("B01", map="reported", **{"from": "2025-06-15", "to": "2025-12-14"}))
    figure = page.context["page"].figure
    assert figure.value is None
    assert figure.why_missing
    assert figure.why_missing in page.content.decode()


def test_published_figures_of_the_same_thing_stand_beside(world: PageWorld) -> None:
    page = get(world, world.figure("B01", "province"))
    assert {claim.value for claim in page.context["page"].claims} == {Decimal(700), Decimal(12)}
    assert "hơn" in page.content.decode()


def test_every_table_is_downloaded_by_name(world: PageWorld) -> None:
    for key in ("trend", "parties", "lineage-B01"):
        response = get(world, world.figure("B01", download="xlsx", table=key))
        assert response.status_code == 200, key
        assert response.content[:2] == b"PK"
    assert get(world, world.figure("B01", download="csv", table="nothing")).status_code == 400


def test_an_address_without_a_programme_is_refused_with_a_sentence(world: PageWorld) -> None:
    page = get(world, "/so-lieu/?indicator=B01")
    assert page.status_code == 400
    assert "chương trình" in page.content.decode()
