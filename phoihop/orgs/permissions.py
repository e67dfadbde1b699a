"""What a user sees follows the area; what a user does is done for the user's own organisation only."""

from datetime import date

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

from phoihop.areas.enums import Level
from phoihop.core import clock
from phoihop.orgs.errors import only_central_desk_administers, role_needed
from phoihop.orgs.models import Membership, Organisation
from phoihop.orgs.roles import LEVEL_OF_DESK, Permission, role_may

AnyUser = AbstractBaseUser | AnonymousUser


def can_view_organisation(user: AnyUser, organisation: Organisation) -> bool:
    return Organisation.objects.visible_to(user).filter(pk=organisation.pk).exists()


def can_act_for(
    user: AnyUser, permission: Permission, organisation: Organisation, *, on: date | None = None
) -> bool:
    """Whether the user holds, on that day, a role in this very organisation that has the permission."""
    held = Membership.objects.held_by(user, on or clock.today()).filter(organisation=organisation)
    level = organisation.area.level
    return any(
        role_may(role, permission) and LEVEL_OF_DESK.get(role, level) == level
        for role in held.values_list("role", flat=True)
    )


def can_administer(user: AnyUser) -> bool:
    """Programmes, catalogues, organisations and memberships: the central desk at the centre."""
    held = Membership.objects.held_by(user, clock.today())
    return any(
        role_may(role, Permission.ADMINISTER)
        for role in held.filter(organisation__area__level=Level.NATION).values_list("role", flat=True)
    )


def require_acting(user: AnyUser, permission: Permission, organisation: Organisation) -> None:
    if not can_act_for(user, permission, organisation):
        raise role_needed(permission, organisation)


def require_administering(user: AnyUser | None) -> None:
    """`None` is the system itself: a command run on the machine."""
    if user is not None and not can_administer(user):
        raise only_central_desk_administers()
