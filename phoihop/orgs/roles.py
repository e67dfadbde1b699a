"""Which role may do what. Where it may is a matter of the organisation it is held in: see permissions.py."""

from enum import StrEnum

from phoihop.areas.enums import LEVEL_ORDER, Level
from phoihop.orgs.enums import Role


class Permission(StrEnum):
    VIEW = "view"
    ENTER = "enter"
    SUBMIT = "submit"
    RETURN = "return"
    ACCEPT = "accept"
    FREEZE = "freeze"
    PUBLISH = "publish"
    ADMINISTER = "administer"


_P = Permission
MATRIX: dict[Role, frozenset[Permission]] = {
    Role.CENTRAL_DESK: frozenset(Permission),
    Role.PROVINCIAL_DESK: frozenset({_P.VIEW, _P.ENTER, _P.SUBMIT, _P.RETURN, _P.ACCEPT, _P.FREEZE}),
    Role.REPORTING_OFFICER: frozenset({_P.VIEW, _P.ENTER, _P.SUBMIT}),
    Role.APPROVER: frozenset({_P.VIEW, _P.SUBMIT, _P.RETURN, _P.ACCEPT, _P.FREEZE, _P.PUBLISH}),
    Role.READER: frozenset({_P.VIEW}),
    Role.AUDITOR: frozenset({_P.VIEW}),
}

# A desk is a desk only at its own level; the other roles are held at any.
LEVEL_OF_DESK: dict[Role, Level] = {
    Role.CENTRAL_DESK: Level.NATION,
    Role.PROVINCIAL_DESK: Level.PROVINCE,
}


def role_may(role: Role | str, permission: Permission) -> bool:
    return permission in MATRIX[Role(role)]


def roles_that_may(permission: Permission, level: Level | str) -> list[Role]:
    """The roles to ask for, in an organisation of that level: what a refusal names."""
    return [role for role in Role if role_may(role, permission) and LEVEL_OF_DESK.get(role, level) == level]


def may_grant(desk: Role, at: Level | str, role: Role | str, level: Level | str) -> bool:
    """Whether a desk that stands at the level `at` may give, or end, a role in an organisation of a level.

    Never more than the desk's own: an auditor sees every party of the whole country, and at the desk's own level
    an approver publishes what a provincial desk may not. In the units below, a desk names who approves there.
    """
    role = Role(role)
    if desk not in LEVEL_OF_DESK or LEVEL_OF_DESK[desk] != at:
        return False
    if LEVEL_ORDER[Level(level)] < LEVEL_ORDER[Level(at)] or LEVEL_OF_DESK.get(role, level) != level:
        return False
    if desk is Role.CENTRAL_DESK:
        return True
    return role is not Role.AUDITOR and (level != at or MATRIX[role] <= MATRIX[desk])


def desks_that_may_grant(role: Role | str, level: Level | str) -> list[Role]:
    return [desk for desk, at in LEVEL_OF_DESK.items() if may_grant(desk, at, role, level)]
