"""Organisations, users and their memberships."""

import factory

from phoihop.accounts.models import User
from phoihop.areas.models import Area
from phoihop.orgs.enums import PartyKind, Role
from phoihop.orgs.models import Membership, Organisation


class OrganisationFactory(factory.django.DjangoModelFactory[Organisation]):
    class Meta:
        model = Organisation

    slug = factory.Sequence(lambda n: f"org-{n}")
    name_vi = factory.LazyAttribute(lambda org: f"Cơ quan {org.slug}")
    name_en = factory.LazyAttribute(lambda org: f"Agency {org.slug}")
    party = PartyKind.POLICE


class UserFactory(factory.django.DjangoModelFactory[User]):
    class Meta:
        model = User

    username = factory.Sequence(lambda n: f"user-{n}")


def police_of(area: Area, parent: Organisation | None = None) -> Organisation:
    return OrganisationFactory(
        area=area,
        parent=parent,
        party=PartyKind.POLICE,
        valid_from=area.valid_from,
        valid_until=area.valid_until,
    )


def user_for(organisation: Organisation, role: Role) -> User:
    """A user whose one membership is this role in this organisation."""
    user = UserFactory()
    Membership.objects.create(user=user, organisation=organisation, role=role)
    return user
