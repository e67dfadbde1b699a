"""Who may change the map: the central desk at the centre, or the system itself.

Memberships are kept in `orgs`, which imports this app: the user's own rows are read here by their relation, and
tests/areas/test_permissions.py holds the answer to that of `orgs.permissions.can_administer`.
"""

from phoihop.accounts.models import User
from phoihop.areas.enums import Level
from phoihop.areas.errors import only_central_desk_changes_the_map
from phoihop.core import clock

_CENTRAL_DESK = "central_desk"


def can_change_map(user: User | None) -> bool:
    """`None` is the system itself: a command run on the machine."""
    if user is None:
        return True
    held = user.memberships.held_by(user, clock.today())
    at_the_centre: bool = held.filter(role=_CENTRAL_DESK, organisation__area__level=Level.NATION).exists()
    return at_the_centre


def require_changing_map(user: User | None) -> None:
    if not can_change_map(user):
        raise only_central_desk_changes_the_map()
