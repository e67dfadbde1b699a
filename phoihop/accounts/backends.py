"""Signing in as Django does it; who is signed in is read by a statement that every request shares."""

from typing import Any

from django.contrib.auth.backends import ModelBackend

from phoihop.accounts.models import User
from phoihop.core.prepared import Prepared, key_slot

_user: Prepared[User] = Prepared(lambda: User.objects.filter(pk=key_slot("pk")))


class Backend(ModelBackend):
    def get_user(self, user_id: Any) -> User | None:
        found = next(iter(_user(pk=user_id)), None)
        return found if found and self.user_can_authenticate(found) else None
