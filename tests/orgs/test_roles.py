import pytest

from phoihop.areas.enums import Level
from phoihop.orgs.enums import Role
from phoihop.orgs.roles import MATRIX, Permission, role_may, roles_that_may

TRUTH = """
                    view enter submit return accept freeze publish administer
central_desk        yes  yes   yes    yes    yes    yes    yes     yes
provincial_desk     yes  yes   yes    yes    yes    yes    no      no
reporting_officer   yes  yes   yes    no     no     no     no      no
approver            yes  no    yes    yes    yes    yes    yes     no
reader              yes  no    no     no     no     no     no      no
auditor             yes  no    no     no     no     no     no      no
"""


def rows() -> list[tuple[Role, Permission, bool]]:
    head, *lines = [line.split() for line in TRUTH.strip().splitlines()]
    return [
        (Role(role), Permission(permission), answer == "yes")
        for role, *answers in lines
        for permission, answer in zip(head, answers, strict=True)
    ]


def test_truth_table_names_every_role_and_permission() -> None:
    assert {(role, permission) for role, permission, _ in rows()} == {
        (role, permission) for role in Role for permission in Permission
    }
    assert set(MATRIX) == set(Role)


@pytest.mark.parametrize(("role", "permission", "may"), rows())
def test_role_may(role: Role, permission: Permission, may: bool) -> None:
    assert role_may(role, permission) is may


def test_refusals_name_only_roles_that_exist_at_the_level() -> None:
    assert roles_that_may(Permission.ENTER, Level.COMMUNE) == [Role.REPORTING_OFFICER]
    assert roles_that_may(Permission.ACCEPT, Level.PROVINCE) == [Role.PROVINCIAL_DESK, Role.APPROVER]
    assert roles_that_may(Permission.ADMINISTER, Level.NATION) == [Role.CENTRAL_DESK]
