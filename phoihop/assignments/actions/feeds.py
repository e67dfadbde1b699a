"""An organisation's calendar has an address that opens it without signing in, and that can be changed."""

from secrets import token_urlsafe

from django.db import transaction

from phoihop.accounts.models import User
from phoihop.assignments import errors
from phoihop.assignments.models import CalendarFeed
from phoihop.assignments.permissions import acting
from phoihop.audit.actions import record
from phoihop.core import clock
from phoihop.orgs.models import Organisation
from phoihop.orgs.roles import Permission


@transaction.atomic
def feed_of(*, organisation: Organisation, by: User | None) -> CalendarFeed:
    """The organisation's calendar, made when it is first asked for."""
    _require_own(organisation, by)
    feed = CalendarFeed.objects.filter(organisation=organisation).first()
    return feed or change_feed(organisation=organisation, by=by)


@transaction.atomic
def change_feed(*, organisation: Organisation, by: User | None) -> CalendarFeed:
    """A new address; whoever had the old one reads the calendar no more."""
    _require_own(organisation, by)
    feed, _is_new = CalendarFeed.objects.update_or_create(
        organisation=organisation,
        defaults={"nonce": token_urlsafe(24), "changed_at": clock.now(), "changed_by": by},
    )
    record("change_feed", feed, by=by, organisation=organisation)
    return feed


def _require_own(organisation: Organisation, by: User | None) -> None:
    if not acting(by).may(Permission.ENTER, organisation):
        raise errors.acting_needed(Permission.ENTER, [organisation])
