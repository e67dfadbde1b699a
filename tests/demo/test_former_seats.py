"""The conference of the demonstration's today has as many sites as that of 2019."""

import csv
import re
from pathlib import Path

import pytest

import phoihop.areas
from phoihop.accounts.models import User
from phoihop.areas.enums import Level
from phoihop.conferences.actions import edit_official
from phoihop.conferences.enums import Duty
from phoihop.conferences.facts import OfficialFacts
from phoihop.conferences.forms.people import OfficialForm
from phoihop.conferences.models import Conference, Site
from phoihop.core.errors import DomainError
from phoihop.demo.conferences import former_seats
from phoihop.demo.conferences.former_seats import FORMER_SEATS, add_former_seats
from phoihop.orgs.enums import Role
from phoihop.orgs.models import Membership, Organisation
from tests.conferences.world import conference_world
from tests.factories.areas import area_under
from tests.factories.orgs import UserFactory
from tests.reports.world import front_of
from tests.web.world import client_of

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
    front = front_of(held.sites[1].area)
    Organisation.objects.filter(pk=held.bodies[1].pk).update(slug=f"police-{held.sites[1].area.key}")

    def account(username: str, body: Organisation) -> User:
        assert body == held.bodies[1]
        user = UserFactory(username=username)
        Membership.objects.create(user=user, organisation=body, role=Role.READER)
        return user

    add_former_seats(held.conference, 5, account)
    (site,) = Conference.objects.get().sites.filter(level="commune")
    assert (site.parent, site.area, site.head.username) == (
        held.sites[1],
        ward,
        f"truong-diem-cau-{site.slug}",
    )
    assert [(each.bloc, each.organisation, each.invited) for each in site.delegations.all()] == [
        ("police", held.bodies[1], 5), ("front", front, 5),
    ]  # fmt: skip
    assert not re.sub(r"^0000 \d{6}$", "", site.technical_phone)
    assert saved_unchanged(held.desk, site).head == site.head


def saved_unchanged(desk: User, site: Site) -> Site:
    """Its form opened and sent as it stands."""
    client, page = client_of(desk), f"/hoi-nghi/{site.conference.slug}/chuan-bi/diem-cau/{site.slug}/"
    form = client.get(page).context["form"]
    shown = {field.html_name: field.value() for field in form}
    offered = [str(value) for value, _label in form.fields["head"].choices]
    assert str(site.head_id) in offered
    sent = {name: "" if value is None else value for name, value in shown.items()}
    assert client.post(page, sent).status_code == 302
    return Site.objects.get(pk=site.pk)


@pytest.mark.django_db
def test_a_head_or_official_whose_membership_ended_stays_where_the_form_is_saved_unchanged() -> None:
    held = conference_world(sites=1)
    assert not Membership.objects.filter(user=held.heads[1]).exists()
    assert saved_unchanged(held.desk, held.sites[1]).head == held.heads[1]
    chair = held.conference.officials.get(duty=Duty.CHAIR)
    facts = OfficialFacts(duty=Duty.CHAIR, organisation=chair.organisation, user=chair.user)
    form = OfficialForm(conference=held.conference, thing=chair, body=chair.organisation)
    assert str(chair.user_id) in [str(value) for value, _label in form.fields["user"].choices]
    edit_official(official=chair, facts=facts, by=None)
    assert held.conference.officials.get(duty=Duty.CHAIR).user == chair.user
    stranger = OfficialFacts(duty=Duty.CHAIR, organisation=chair.organisation, user=held.heads[1])
    with pytest.raises(DomainError):
        edit_official(official=chair, facts=stranger, by=None)
