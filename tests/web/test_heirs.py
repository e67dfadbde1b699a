from datetime import UTC, date, datetime
from typing import Any

import pytest

from phoihop.orgs.models import Organisation, OrganisationSuccession
from phoihop.reports.models import DutyPassing
from tests.reports.conftest import world as world  # noqa: PLC0414  the small world of reports
from tests.reports.world import World
from tests.web.world import client_of

pytestmark = pytest.mark.django_db


def test_the_desk_chooses_among_the_heirs_and_reads_what_was_chosen(world: World, time_machine: Any) -> None:
    world.open()
    ended = world.units[0]
    Organisation.objects.filter(pk=ended.pk).update(valid_until=date(2026, 6, 20))
    for heir in (world.units[1], world.desk):
        OrganisationSuccession.objects.create(predecessor=ended, successor=heir, on=date(2026, 6, 20))
    time_machine.move_to(datetime(2026, 6, 25, 3, tzinfo=UTC))
    client = client_of(world.provincial_desk)
    page = client.get("/ke-thua/").content.decode()
    assert page.count('name="heir"') == 2
    address = f"/ke-thua/{ended.slug}/"
    client.post(address, {"heir": world.units[1].slug, "reason": ""})
    assert not DutyPassing.objects.exists()
    client.post(address, {"heir": world.units[1].slug, "reason": "Gần hơn"})
    assert DutyPassing.objects.get().heir == world.units[1]
    assert "Gần hơn" in client.get("/ke-thua/").content.decode()


def test_others_do_not_open_it(world: World) -> None:
    assert client_of(world.officer()).get("/ke-thua/").status_code == 403
    client = client_of(world.provincial_desk)
    assert "empty" in client.get("/ke-thua/").content.decode()
    assert client.post("/ke-thua/khong-co/", {"heir": "x"}).status_code == 404


def test_the_desk_is_told_and_passes_all_but_the_choices(world: World, time_machine: Any) -> None:
    world.open()
    Organisation.objects.filter(pk=world.units[0].pk).update(valid_until=date(2026, 6, 20))
    OrganisationSuccession.objects.create(
        predecessor=world.units[0], successor=world.units[1], on=date(2026, 6, 20)
    )
    time_machine.move_to(datetime(2026, 6, 25, 3, tzinfo=UTC))
    client = client_of(world.provincial_desk)
    for address in ("/", "/ban-lam-viec/"):
        assert "/ke-thua/" in client.get(address).content.decode()
    assert client.get("/ke-thua/").context["waiting"] == 1
    told = client.post("/ke-thua/chuyen-het/", follow=True)
    assert "1 cơ quan" in told.content.decode()
    assert f"Đầu mối cấp tỉnh, {world.desk.name_vi}" in told.content.decode()
    assert DutyPassing.objects.get().heir == world.units[1]
    for address in ("/", "/ban-lam-viec/"):
        assert "/ke-thua/" not in client.get(address).content.decode()
    assert client_of(world.officer(1)).post("/ke-thua/chuyen-het/").status_code == 403
