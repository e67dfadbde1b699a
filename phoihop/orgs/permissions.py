"""What a user sees follows the area; what a user does is done for the user's own organisation only."""

from collections.abc import Iterable
from datetime import date

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

from phoihop.areas.enums import Level
from phoihop.areas.models import AreaAncestor
from phoihop.core import clock
from phoihop.orgs.enums import Role
from phoihop.orgs.errors import granting_needs_a_desk, only_central_desk_administers, role_needed
from phoihop.orgs.models import Membership, Organisation
from phoihop.orgs.roles import LEVEL_OF_DESK, Permission, may_grant, role_may

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


def desks_held(user: AnyUser) -> list[Membership]:
    """Where the user is a desk today, at the level where that desk is one."""
    held = Membership.objects.held_by(user, clock.today()).filter(role__in=LEVEL_OF_DESK)
    return [desk for desk in held.select_related("organisation__area") if is_desk(desk)]


def is_desk(membership: Membership) -> bool:
    return LEVEL_OF_DESK.get(Role(membership.role)) == membership.organisation.area.level


def roles_open_to(user: AnyUser | None, organisation: Organisation) -> list[Role]:
    """The roles the user may give or end there: a desk's own area and party line only. `None` is the system."""
    level = organisation.area.level
    if user is None:
        return [role for role in Role if LEVEL_OF_DESK.get(role, level) == level]
    desks = [desk for desk in desks_held(user) if desk.organisation.party == organisation.party]
    above = _areas_over(organisation, desks)
    return [
        role
        for role in Role
        if any(
            desk.organisation.area_id in above
            and may_grant(Role(desk.role), desk.organisation.area.level, role, level)
            for desk in desks
        )
    ]


def _areas_over(organisation: Organisation, desks: Iterable[Membership]) -> set[int]:
    """The organisation's own area and those above it today."""
    links = AreaAncestor.objects.as_of(clock.today()).filter(
        area=organisation.area, ancestor__in=[desk.organisation.area_id for desk in desks]
    )
    return {organisation.area_id, *links.values_list("ancestor", flat=True)}


def can_manage_membership(user: AnyUser | None, organisation: Organisation, role: Role | str) -> bool:
    return role in roles_open_to(user, organisation)


def require_managing(user: AnyUser | None, organisation: Organisation, role: Role | str) -> None:
    if user is not None and not can_manage_membership(user, organisation, role):
        raise granting_needs_a_desk(Role(role), organisation)


def can_manage_members(user: AnyUser) -> bool:
    """Whether there is any organisation whose members the user manages: the desks."""
    return bool(desks_held(user))
