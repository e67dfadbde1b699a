from django.db.models import QuerySet

from phoihop.accounts.models import User

DEMO_PREFIX = "demo-"


def demo_users() -> QuerySet[User]:
    """The role accounts of the demonstration, in the order they were made."""
    return User.objects.filter(username__startswith=DEMO_PREFIX, is_active=True).order_by("pk")
