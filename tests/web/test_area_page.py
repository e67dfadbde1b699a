from decimal import Decimal

from django.test import Client

from phoihop.orgs.enums import Role
from phoihop.programmes.models import Programme
from tests.web.world import GUEST, PageWorld, client_of


def test_a_search_finds_names_without_marks(world: PageWorld, client: Client) -> None:
    found = client.get("/dia-phuong/?q=dak ha").context["found"]
    assert [(area.name, above) for area, above in found] == [("Đăk Hà", "Tỉnh Kon Tum")]


def test_without_a_search_the_nation_opens(world: PageWorld, client: Client) -> None:
    assert client.get("/dia-phuong/")["Location"] == f"/dia-phuong/{world.area('nation')}/"


def test_the_nations_page_names_its_programmes_for_everyone(world: PageWorld) -> None:
    for name, user in world.people().items():
        page = client_of(user).get(f"/dia-phuong/{world.area('nation')}/")
        assert page.status_code == 200, name
        assert f'href="/chuong-trinh/{world.programme.slug}/"' in page.content.decode(), name


def test_a_local_version_without_a_number_is_named_by_what_it_carries_out(
    world: PageWorld, client: Client
) -> None:
    base = world.told.base
    Programme.objects.create(
        slug="local", kind="joint", title_vi="Bản ký ở tỉnh", title_en="Local", area=base.province,
        localises=base.programme,
    )  # fmt: skip
    page = client.get(f"/dia-phuong/{world.area('province')}/").content.decode()
    assert base.programme.number in page
    assert "Bản ký ở tỉnh" in page


def test_children_are_listed_in_vietnamese_order_and_searched(world: PageWorld, client: Client) -> None:
    address = f"/dia-phuong/{world.area('province')}/"
    assert [area.name for area in client.get(address).context["children"]] == ["Đăk Hà", "Đăk Tô"]
    assert [area.name for area in client.get(address + "?q=to").context["children"]] == ["Đăk Tô"]
    assert "“xyz”" in client.get(address + "?q=xyz").content.decode()


def test_a_guest_sees_the_place_without_its_figures(world: PageWorld) -> None:
    page = client_of(world.people()[GUEST]).get(f"/dia-phuong/{world.area('province')}/")
    assert page.context["figures"] is None
    assert "chưa công bố" in page.content.decode()


def test_figures_of_the_area_stand_with_unit_and_coverage(world: PageWorld) -> None:
    page = client_of(world.people()[Role.PROVINCIAL_DESK]).get(f"/dia-phuong/{world.area('province')}/")
    rows = {row.cells[0].text.split()[0]: row for row in page.context["figures"].table.rows}
    value, unit, _change, reported, expected = rows["B01"].cells[1:6]
    assert (value.value, unit.text, reported.value, expected.value) == (Decimal(20), "cuộc", 3, 3)


def test_days_chosen_for_another_programme_are_not_taken_over(world: PageWorld) -> None:
    client = client_of(world.people()[Role.CENTRAL_DESK])
    address = f"/dia-phuong/{world.area('province')}/?programme={world.programme.slug}&from=2013-12-15&to=2014-06-14"
    kept = client.get(address).context["asked"].span
    dropped = client.get(address + "&for=another").context["asked"].span
    assert (kept.start.year, dropped.start.year) == (2013, 2025)


def test_the_list_of_units_costs_as_many_queries_for_two_as_for_many(
    world: PageWorld,
    client: Client,
    django_assert_num_queries,
) -> None:
    client.get("/")
    with django_assert_num_queries(21):
        client.get(f"/dia-phuong/{world.area('province')}/")
