"""The document around the text: only bodies, posts and facts the system holds; never a person, number or date."""

from datetime import date
from typing import Any

import pytest

from phoihop.orgs.enums import PartyKind
from phoihop.orgs.models import Post
from phoihop.programmes.enums import PartyRole, ProgrammeKind
from phoihop.programmes.models import Party
from phoihop.reviews.compose.context import build_context
from phoihop.reviews.compose.document import legal_basis, power_of
from tests.factories.orgs import OrganisationFactory
from tests.reviews.world import ReviewWorld


def document(world: ReviewWorld, **fields: Any) -> dict[str, Any]:
    world.accept_all()
    found: dict[str, Any] = build_context(world.composed(**fields))["document"]
    return found


def names(texts: list[dict[str, str]]) -> list[str]:
    return [text["vi"] for text in texts]


def test_nothing_that_the_office_gives_is_invented(world: ReviewWorld) -> None:
    made = document(world)

    assert (made["number"], made["dated"]) == (None, None)
    [issuer] = made["issuers"]
    assert (issuer["number"], issuer["signing"]["name"]) == (None, None)


def test_simulated_figures_carry_the_mark(world: ReviewWorld) -> None:
    assert document(world)["demo_mark"]["vi"] == "BẢN TRÌNH DIỄN – SỐ LIỆU MÔ PHỎNG"


def test_real_figures_carry_none(world: ReviewWorld) -> None:
    for unit in (*world.units, world.base.desk):
        world.accept(unit, {"B01": "4", "B02": "400"}, simulated=False)

    assert build_context(world.composed())["document"]["demo_mark"] is None


def test_report_of_the_centre_is_addressed_to_nobody(world: ReviewWorld) -> None:
    made = document(world)

    assert made["addressed_to"] == []
    assert made["place"]["vi"] == "Hà Nội"


def test_report_sent_up_names_the_superior_and_its_place(world: ReviewWorld) -> None:
    made = document(world, area=world.base.province, slug="p")

    assert names(made["addressed_to"]) == [world.base.centre.name_vi]
    assert made["issuers"][0]["parent"]["vi"] == world.base.centre.name_vi
    assert made["place"]["vi"] == "Kon Tum"
    assert names(made["recipients"]) == ["Các cơ quan, tổ chức tham gia chương trình ở địa phương"]


def test_parties_that_do_not_issue_it_receive_it(world: ReviewWorld) -> None:
    member = OrganisationFactory(
        area=world.base.country, party=PartyKind.MEMBER_ORGANISATION, name_vi="Hội Cựu chiến binh"
    )
    Party.objects.create(programme=world.base.programme, organisation=member, role=PartyRole.MEMBER, order=1)

    made = document(world)

    assert len(made["issuers"]) == 1
    assert names(made["recipients"])[0] == "Hội Cựu chiến binh"


def test_programme_is_cited_in_full(world: ReviewWorld) -> None:
    programme = world.base.programme
    programme.number, programme.signed_on = "09/CTr-BCA-MTTQ", date(2013, 8, 1)

    assert legal_basis(programme).vi == (
        "Căn cứ Chương trình phối hợp số 09/CTr-BCA-MTTQ ngày 01/08/2013 của"
        f" {world.base.centre.name_vi} về tuyên truyền"
    )
    programme.kind, programme.number, programme.signed_on = ProgrammeKind.ACTION, "22-CTr/ĐUCA", None
    assert legal_basis(programme).vi.startswith("Căn cứ Chương trình hành động số 22-CTr/ĐUCA của ")


@pytest.mark.parametrize(
    ("signing", "power"),
    [
        ("TM. BAN THƯỜNG TRỰC", ("TM.", "BAN THƯỜNG TRỰC")),
        ("K/T TRƯỞNG BAN", ("KT.", "TRƯỞNG BAN")),
        ("T/M ĐẢNG ỦY", ("T/M", "ĐẢNG ỦY")),
        ("", ("", "")),
    ],
)
def test_signing_power_and_whom_it_stands_for(signing: str, power: tuple[str, str]) -> None:
    assert power_of(Post(signing_vi=signing)) == power
