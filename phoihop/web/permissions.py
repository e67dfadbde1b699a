"""Who opens which page. Default deny: what is not named here as open is for those who serve the area.

Open to everyone: programmes, the catalogue, areas, published figures, reviews published to everyone.
"""

from phoihop.orgs.permissions import AnyUser


def is_member(user: AnyUser) -> bool:
    """Signed in; which objects the person sees is asked object by object."""
    return bool(user.is_authenticated and user.is_active)
