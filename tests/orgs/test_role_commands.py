from collections.abc import Iterator
from datetime import date
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.utils import translation

from phoihop.areas.enums import Level
from phoihop.orgs.models import Membership, Organisation, Post
from tests.factories.areas import area_under, nation
from tests.factories.orgs import OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english_on_the_demo_day() -> Iterator[None]:
    with translation.override("en"), time_machine.travel(date(2026, 11, 23), tick=False):
        yield


@pytest.fixture
def police() -> Organisation:
    UserFactory(username="officer")
    province = area_under(nation(), Level.PROVINCE, "Kon Tum")
    return OrganisationFactory(
        slug="police-kt", name_vi="Công an tỉnh Kon Tum", name_en="KT Police", area=province
    )


def run(command: str, *arguments: str) -> str:
    out = StringIO()
    call_command(command, *arguments, stdout=out, stderr=out)
    return out.getvalue()


def test_a_role_is_granted_listed_and_ended(police: Organisation) -> None:
    Post.objects.create(organisation=police, slug="chief", title_vi="Giám đốc", title_en="Director")
    said = run(
        "grant_role", "officer", "provincial_desk", "police-kt",
        "--from", "2026-01-01", "--until", "31/12/2027", "--post", "chief",
    )  # fmt: skip
    assert said == "officer: “Provincial desk” in Công an tỉnh Kon Tum, granted.\n"
    held = Membership.objects.get()
    assert (held.valid_from, held.valid_until) == (date(2026, 1, 1), date(2028, 1, 1))
    line = "officer\tprovincial_desk\tpolice-kt (KT Police), Director\t01/01/2026 – 31/12/2027\n"
    assert run("memberships") == run("memberships", "officer") == run("memberships", "police-kt") == line

    assert run("end_role", "officer", "provincial_desk", "police-kt") == (
        "officer: “Provincial desk” in Công an tỉnh Kon Tum, ended.\n"
    )
    assert Membership.objects.get().valid_until == date(2026, 11, 23)


def test_an_organisation_goes_by_its_name_too(police: Organisation) -> None:
    run("grant_role", "officer", "reader", "cong an tinh kon tum")
    assert Membership.objects.get().organisation == police


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("offcer", "reader", "police-kt"), "No account is named “offcer”. Similar: officer."),
        (("nobody", "reader", "police-kt"), "Check it, or make it with `phoihop create_user`."),
        (("officer", "raeder", "police-kt"), "Did you mean “reader”?"),
        (("officer", "central_desk", "police-kt"), "is held at the level Nation only"),
        (
            ("officer", "reader", "công an"),
            "Similar: police-kt (Công an tỉnh Kon Tum). Write the slug of one.",
        ),
        (("officer", "reader", "xyz"), "No organisation in force is called “xyz”."),
        (("officer", "reader", "police-kt", "--until", "31/2/2027"), "“31/2/2027” is not a day."),
        (("officer", "reader", "police-kt", "--post", "boss"), "“boss” is not a post of"),
    ],
)
def test_what_is_refused(police: Organisation, arguments: tuple[str, ...], sentence: str) -> None:
    with pytest.raises(CommandError) as refusal:
        run("grant_role", *arguments)
    assert sentence in str(refusal.value)
    assert not Membership.objects.exists()


def test_what_is_not_held_is_not_ended(police: Organisation) -> None:
    with pytest.raises(CommandError, match="officer does not hold “Reader”"):
        run("end_role", "officer", "reader", "police-kt")


def test_an_empty_list_says_what_to_do(police: Organisation) -> None:
    assert "phoihop grant_role" in run("memberships", "police-kt")
