from io import BytesIO

from django.test import Client
from openpyxl import load_workbook

from tests.web.world import PageWorld


def test_the_catalogue_is_searched_by_code_name_and_definition(world: PageWorld, client: Client) -> None:
    def codes(address: str) -> list[str]:
        chapters = client.get(address).context["chapters"]
        return [version.indicator.code for chapter in chapters for version in chapter.versions]

    from phoihop.indicators.models import Block

    Block.objects.create(code="T", name_vi="Thử", name_en="Trial")
    assert {"B01", "B02", "K05"} <= set(codes("/chi-tieu/"))
    assert codes("/chi-tieu/?q=chi tieu b01") == ["B01"]
    assert "“gì đó”" in client.get("/chi-tieu/?q=gì đó").content.decode()


def test_a_definition_shows_its_rules_and_what_others_published(world: PageWorld, client: Client) -> None:
    page = client.get("/chi-tieu/B01/")
    html = page.content.decode()
    assert [claim.key for claim in page.context["claims"]] == ["claim-S1", "claim-S2"]
    assert "Công an" in html  # the counting party
    assert list(page.context["programmes"]) == [world.programme]
    assert client.get("/chi-tieu/Z99/").status_code == 404


def test_a_ratio_names_its_parts_and_they_name_it(world: PageWorld, client: Client) -> None:
    assert "K05N" in client.get("/chi-tieu/K05/").content.decode()
    assert [each.indicator.code for each in client.get("/chi-tieu/K05N/").context["ratios"]] == ["K05"]


def test_contradictions_stand_side_by_side(world: PageWorld, client: Client) -> None:
    page = client.get("/so-lieu-cong-bo/")
    (found,) = page.context["contradictions"]
    assert {claim.value for claim in found.claims} == {700, 12}
    assert "hơn 700 cuộc" in " ".join(page.content.decode().split())


def test_published_figures_are_filtered_by_source_place_and_indicator(
    world: PageWorld, client: Client
) -> None:
    def sources(address: str) -> list[str]:
        return [group.source.code for group in client.get(f"/so-lieu-cong-bo/{address}").context["groups"]]

    assert sources("") == ["S1", "S2"]
    assert sources("?source=S2") == ["S2"]
    assert sources("?place=kon tum") == ["S1", "S2"]
    assert sources("?place=lang son") == []
    assert sources("?indicator=B02") == []


def test_a_download_runs_no_formula_of_anyones(world: PageWorld, client: Client) -> None:
    book = load_workbook(BytesIO(client.get("/so-lieu-cong-bo/?download=xlsx").content))
    cells = [cell for row in book.active.iter_rows() for cell in row]
    assert {cell.value for cell in cells} >= {700, 12, "=SUM(A1)"}
    assert all(cell.data_type != "f" for cell in cells)


def test_pages_of_lists_have_a_fixed_number_of_queries(
    world: PageWorld,
    client: Client,
    django_assert_num_queries,
) -> None:
    for address, count in (("/chi-tieu/", 3), ("/so-lieu-cong-bo/", 15)):
        with django_assert_num_queries(count):
            client.get(address)
