import pytest

from phoihop.areas.enums import Level
from phoihop.core.errors import DomainError, NotAllowed
from phoihop.orgs.actions.contacts import remove_contact, set_contact
from phoihop.orgs.contact_permissions import can_keep_contacts, can_view_contacts
from phoihop.orgs.enums import PartyKind, Role
from phoihop.orgs.models import Contact, Organisation
from tests.factories.areas import area_under, nation
from tests.factories.orgs import OrganisationFactory, police_of, user_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def offices() -> dict[str, Organisation]:
    country = nation()
    province = area_under(country, Level.PROVINCE, "Kon Tum")
    commune = area_under(province, Level.COMMUNE, "Đăk Hà")
    centre, desk = police_of(country), police_of(province)
    front = OrganisationFactory(area=province, party=PartyKind.FRONT)
    return {"centre": centre, "desk": desk, "unit": police_of(commune), "front": front}


@pytest.mark.parametrize(
    ("where", "role", "sees", "keeps"),
    [
        ("desk", Role.PROVINCIAL_DESK, {"desk", "unit"}, {"desk", "unit"}),
        ("centre", Role.CENTRAL_DESK, {"centre", "desk"}, {"centre", "desk"}),
        ("unit", Role.REPORTING_OFFICER, {"unit"}, {"unit"}),
        ("front", Role.PROVINCIAL_DESK, {"front"}, {"front"}),
        ("desk", Role.READER, {"desk"}, set()),
        ("centre", Role.AUDITOR, {"centre"}, set()),
    ],
)
def test_contacts_are_for_the_office_and_the_desk_just_above(
    offices: dict[str, Organisation], where: str, role: Role, sees: set[str], keeps: set[str]
) -> None:
    user = user_for(offices[where], role)
    for office in offices.values():
        Contact.objects.create(organisation=office, post_title="Trực ban", phone="0260")
    seen = {contact.organisation for contact in Contact.objects.visible_to(user)}
    assert seen == {offices[name] for name in sees}
    assert {name for name, office in offices.items() if can_view_contacts(user, office)} == sees
    assert {name for name, office in offices.items() if can_keep_contacts(user, office)} == keeps


def test_a_post_has_one_contact_that_is_changed_and_removed(offices: dict[str, Organisation]) -> None:
    desk = user_for(offices["desk"], Role.PROVINCIAL_DESK)
    for phone in ("0260 111", "0260 222"):
        kept = set_contact(
            organisation=offices["unit"], post_title=" Trực  ban", phone=phone, email="", by=desk
        )
    assert list(Contact.objects.values_list("post_title", "phone")) == [("Trực ban", "0260 222")]
    with pytest.raises(NotAllowed):
        remove_contact(contact=kept, by=user_for(offices["centre"], Role.CENTRAL_DESK))
    remove_contact(contact=kept, by=desk)
    assert Contact.objects.count() == 0


@pytest.mark.parametrize(
    ("post_title", "phone", "email"),
    [("", "0260", ""), ("Trực ban", "", ""), ("Trực ban", "không rõ", ""), ("Trực ban", "", "ở nhà"),
     ("x" * 201, "0260", "")],
)  # fmt: skip
def test_what_nobody_could_reach_is_refused(
    offices: dict[str, Organisation], post_title: str, phone: str, email: str
) -> None:
    with pytest.raises(DomainError):
        set_contact(organisation=offices["unit"], post_title=post_title, phone=phone, email=email, by=None)
