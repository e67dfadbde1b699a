from difflib import get_close_matches

from django.db.models import QuerySet

from phoihop.accounts.errors import unknown_user
from phoihop.accounts.models import User
from phoihop.core.text import nfc

DEMO_PREFIX = "demo-"


def demo_users() -> QuerySet[User]:
    """The role accounts of the demonstration, in the order they were made."""
    return User.objects.filter(username__startswith=DEMO_PREFIX, is_active=True).order_by("pk")


def user_named(name: str) -> User:
    """The account of that name, whatever its capitals; a refusal names those that look like it."""
    found = User.objects.filter(username__iexact=nfc(name.strip())).first()
    if found is None:
        known = list(User.objects.order_by("username").values_list("username", flat=True))
        raise unknown_user(name, get_close_matches(name, known, n=5))
    return found
