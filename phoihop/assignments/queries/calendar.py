"""An organisation's assignments as a calendar (iCalendar, RFC 5545): the date in force of each, one day long."""

from collections.abc import Callable
from datetime import date, timedelta

from django.conf import settings
from django.core.signing import Signer
from django.db.models import Q
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from phoihop.assignments.models import Assignment, CalendarFeed
from phoihop.core import clock
from phoihop.core.templatetags.vietnamese import localname
from phoihop.orgs.models import Organisation

_SIGNER = Signer(salt="phoihop.assignments.calendar")
_MOST = 2_000


def address_token(feed: CalendarFeed) -> str:
    """What an address ends with; another nonce makes another one."""
    return _SIGNER.signature(f"{feed.organisation_id}:{feed.nonce}").replace("=", "")


def feed_behind(organisation: Organisation, token: str) -> CalendarFeed | None:
    feed = CalendarFeed.objects.filter(organisation=organisation).select_related("organisation").first()
    if feed is None or not constant_time_compare(address_token(feed), token):
        return None
    return feed


def calendar_of(organisation: Organisation, address: Callable[[str], str]) -> bytes:
    """Open assignments it leads or helps with, and those done in the last 90 days; `address` completes a path."""
    joined = Assignment.co_organisations.through.objects.filter(organisation=organisation)
    mine = Assignment.objects.counted().filter(Q(lead=organisation) | Q(pk__in=joined.values("assignment")))
    recent = Q(done_on__isnull=True) | Q(done_on__gte=clock.today() - timedelta(days=90))
    rows = mine.filter(recent, due_on__isnull=False).select_related("paragraph__conclusion", "lead", "giver")
    calendar = Calendar()
    calendar.add("prodid", "-//Phoi Hop//assignments//VI")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", _("Assignments of %(name)s") % {"name": localname(organisation)})
    for each in rows.order_by("due_on", "pk")[:_MOST]:
        calendar.add_component(_event(each, address))
    return bytes(calendar.to_ical())


def _event(assignment: Assignment, address: Callable[[str], str]) -> Event:
    due_on = assignment.due_on or date.max
    event = Event()
    event.add("uid", f"assignment-{assignment.pk}@{settings.CALENDAR_HOST}")
    event.add("dtstamp", assignment.last_updated_at or assignment.given_at)
    event.add("dtstart", due_on)
    event.add("dtend", due_on + timedelta(days=1))
    done = _("done") if assignment.is_done else _("due")
    event.add("summary", f"[{done}] {assignment}")
    event.add("description", _description(assignment))
    event.add("url", address(reverse("assignments:assignment", args=[assignment.pk])))
    event.add("transp", "TRANSPARENT")
    return event


def _description(assignment: Assignment) -> str:
    lines = [
        localname(assignment.paragraph.conclusion, "title"),
        _("Lead: %(name)s") % {"name": localname(assignment.lead)},
        _("Given by: %(name)s") % {"name": localname(assignment.giver)},
    ]
    if assignment.product_vi:
        lines.append(_("Product: %(product)s") % {"product": localname(assignment, "product")})
    return "\n".join(lines)
