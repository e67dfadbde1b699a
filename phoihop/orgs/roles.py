"""Which role may do what. Where it may is a matter of the organisation it is held in: see permissions.py."""

from enum import StrEnum

from phoihop.areas.enums import Level
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
