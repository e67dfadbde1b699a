"""Sessions as Django keeps them in the database; read by a statement that every request shares."""

from typing import Any, cast

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import CharField, DateTimeField
from django.utils import timezone

from phoihop.core.prepared import Prepared, Slot

_alive: Prepared[Session] = Prepared(
    lambda: Session.objects.filter(
        session_key=Slot("key", CharField()), expire_date__gt=Slot("now", DateTimeField())
    )
)


class SessionStore(db.SessionStore):
    def _get_session_from_db(self) -> Any:
        found = _alive(key=self.session_key, now=timezone.now())
        return found[0] if found else cast("Any", super())._get_session_from_db()
