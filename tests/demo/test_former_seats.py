"""The conference of the demonstration's today has as many sites as that of 2019."""

import csv
from pathlib import Path

import pytest

import phoihop.areas
from phoihop.accounts.models import User
from phoihop.areas.enums import Level
from phoihop.conferences.models import Conference
from phoihop.demo.conferences import former_seats
from phoihop.demo.conferences.former_seats import FORMER_SEATS, add_former_seats
from phoihop.orgs.models import Organisation
from tests.conferences.world import conference_world
from tests.factories.areas import area_under
from tests.factories.orgs import UserFactory

DATA = Path(phoihop.areas.__file__).parent / "data"


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8") as source:
        return list(csv.DictReader(source))


def test_the_centre_the_provinces_and_the_former_seats_are_sixty_four() -> None:
    """A ward of today for each province that is no more; former provinces and today's are those of 2019."""
    areas = {row["key"]: row for row in rows("areas.csv")}
    provinces = [row for row in areas.values() if row["level"] == "province"]
    today = [row for row in provinces if not row["valid_until"]]
    of_2019 = [row for row in provinces if not row["valid_from"] or row["valid_from"] <= "2019-03-11"]
    assert (len(today), len(of_2019)) == (34, 63)
    assert 1 + len(today) + len(FORMER_SEATS) == 1 + len(of_2019) == 64
    assert {(areas[key]["level"], areas[key]["kind"], areas[key]["valid_until"]) for key in FORMER_SEATS} == {
        ("commune", "phường", "")
    }
    names = {row["name"] for row in of_2019}
    assert {name for name in FORMER_SEATS.values() if name not in names} == {"Bà Rịa – Vũng Tàu"} - names


def test_every_ward_lies_in_the_province_that_its_former_province_became() -> None:
    """Whatever the ward is called: the successions say which province inherited the former one."""
    areas = {row["key"]: row for row in rows("areas.csv")}
    parents = {row["key"]: row["parent_key"] for row in rows("areas_parents.csv") if not row["valid_until"]}
    former = {
        plain(row["name"]): row["key"]
        for row in areas.values()
        if row["level"] == "province" and row["valid_until"] == "2025-07-01"
    }
    became = {(row["predecessor_key"], row["successor_key"]) for row in rows("successions.csv")}
    strays = {
        ward: name
        for ward, name in FORMER_SEATS.items()
        if (former[plain(name)], parents[ward]) not in became
    }
    assert strays == {}


def plain(name: str) -> str:
    """Bà Rịa – Vũng Tàu is written with one dash or another."""
    return name.replace("–", "-")


@pytest.mark.django_db
def test_a_former_seat_is_a_site_below_its_provinces(monkeypatch: pytest.MonkeyPatch) -> None:
    held = conference_world(sites=2)
    ward = area_under(held.sites[1].area, Level.COMMUNE, "Kon Tum")
    monkeypatch.setattr(former_seats, "FORMER_SEATS", {ward.key: "Kon Tum"})
    Organisation.objects.filter(pk=held.bodies[1].pk).update(slug=f"police-{held.sites[1].area.key}")

    def account(username: str, body: Organisation) -> User:
        assert body == held.bodies[1]
        return UserFactory(username=username)

    add_former_seats(held.conference, 5, account)
    (site,) = Conference.objects.get().sites.filter(level="commune")
    assert (site.parent, site.area, site.head.username) == (
        held.sites[1],
        ward,
        f"truong-diem-cau-{site.slug}",
    )
    assert [(each.bloc, each.invited) for each in site.delegations.all()] == [("police", 5), ("front", 5)]
