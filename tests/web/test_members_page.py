"""The desks' page of memberships: who opens it, what it grants and ends, and how it refuses."""

from datetime import date

import pytest
from django.test import Client

from phoihop.orgs.enums import Role
from phoihop.orgs.models import Membership
from phoihop.orgs.queries import organisations_managed_by
from tests.factories.orgs import UserFactory, user_for
from tests.web.world import GUEST, PageWorld, client_of

PAGE = "/thanh-vien/"


def desk(world: PageWorld) -> Client:
    return client_of(world.told.base.provincial_desk)


def test_the_page_is_for_desks(world: PageWorld) -> None:
    status = {str(name): client_of(user).get(PAGE).status_code for name, user in world.people().items()}
    assert status == {
        GUEST: 302, "central_desk": 200, "provincial_desk": 200,
        "reporting_officer": 403, "approver": 403, "reader": 403, "auditor": 403,
    }  # fmt: skip


def test_the_menu_offers_it_to_whom_it_opens(world: PageWorld) -> None:
    offered = {
        str(name): f'href="{PAGE}"' in client_of(user).get("/nguyen-tac/").content.decode()
        for name, user in world.people().items()
    }
    assert {name for name, seen in offered.items() if seen} == {"central_desk", "provincial_desk"}


def test_a_role_is_granted_and_ended(world: PageWorld) -> None:
    unit = world.told.base.units[0]
    user = UserFactory(username="officer")
    said = {
        "username": "officer", "organisation": unit.slug, "role": "approver",
        "first": "2020-01-01", "last": "2099-12-31",
    }  # fmt: skip
    granted = desk(world).post(PAGE, said, follow=True)
    held = user.memberships.get()
    assert (held.organisation, held.role) == (unit, Role.APPROVER)
    assert (held.valid_from, held.valid_until) == (date(2020, 1, 1), date(2100, 1, 1))
    assert granted.redirect_chain == [(PAGE, 302)]
    assert "đã cấp" in granted.content.decode()

    ended = desk(world).post(f"{PAGE}{held.pk}/ket-thuc/", follow=True)
    assert "đã kết thúc" in ended.content.decode()
    held.refresh_from_db()
    assert held.valid_until is not None
    assert held.valid_until < date(2100, 1, 1)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"username": "offcer"}, "Không có tài khoản nào tên “offcer”. Hãy kiểm tra lại"),
        ({"organisation": "nowhere"}, "Không có cơ quan nào đang hoạt động tên “nowhere”"),
        ({"role": "auditor"}, "auditor"),
        ({"role": "provincial_desk"}, "chỉ dành cho “Cấp tỉnh”"),
        ({"first": "2030-01-02", "last": "2030-01-01"}, "trước khi bắt đầu"),
    ],
)
def test_a_refusal_keeps_what_was_written(world: PageWorld, changed: dict[str, str], sentence: str) -> None:
    UserFactory(username="officer")
    said = {"username": "officer", "organisation": world.told.base.units[0].slug, "role": "reader"} | changed
    client, before = desk(world), Membership.objects.count()
    response = client.post(PAGE, said)
    page = response.content.decode()
    assert response.status_code == 400
    assert sentence in page
    assert f'value="{said["username"]}"' in page
    assert Membership.objects.count() == before


def test_what_another_desk_keeps_is_not_there(world: PageWorld) -> None:
    centre = user_for(world.told.base.centre, Role.READER).memberships.get()
    assert desk(world).post(f"{PAGE}{centre.pk}/ket-thuc/").status_code == 404
    assert centre.organisation.slug not in desk(world).get(PAGE).content.decode()


def test_the_list_is_searched_and_turned_by_pages(world: PageWorld) -> None:
    unit = world.told.base.units[0]
    for number in range(60):
        Membership.objects.create(
            user=UserFactory(username=f"reader-{number:02}"), organisation=unit, role=Role.READER
        )
    first, second = desk(world).get(PAGE).content.decode(), desk(world).get(f"{PAGE}?page=2").content.decode()
    assert "reader-10" in first
    assert "reader-59" not in first
    assert "reader-59" in second
    found = desk(world).get(f"{PAGE}?q=reader-59").content.decode()
    assert "reader-59" in found
    assert "reader-10" not in found
    assert "Không có ai khớp với “xyz”" in desk(world).get(f"{PAGE}?q=xyz").content.decode()


def test_the_page_asks_the_database_no_more_for_more_rows(
    world: PageWorld, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    client = desk(world)
    assert organisations_managed_by(world.told.base.provincial_desk).count() > 1
    for number in range(20):
        Membership.objects.create(
            user=UserFactory(username=f"r-{number}"), organisation=world.told.base.units[0], role=Role.READER
        )
    with django_assert_num_queries(11):  # type: ignore[operator]
        client.get(PAGE)
