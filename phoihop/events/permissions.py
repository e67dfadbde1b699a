"""Who sees, enters and compares events. Seeing follows the area; entering is for one's own organisation."""

from collections.abc import Iterable
from dataclasses import dataclass

from phoihop.areas.models import AreaAncestor
from phoihop.core import clock
from phoihop.events.models import AnyUser, Event
from phoihop.orgs.models import Organisation
from phoihop.orgs.permissions import can_act_for, can_administer, desks_held
from phoihop.orgs.queries import heirs_of, organisations_open_to
from phoihop.orgs.roles import Permission


def can_view_event(user: AnyUser, event: Event) -> bool:
    """The twin of `Event.objects.visible_to`."""
    return Event.objects.visible_to(user).filter(pk=event.pk).exists()


def can_enter_for(user: AnyUser | None, organisation: Organisation) -> bool:
    """`None` is the system itself. Who acts for the heir of an organisation that ended acts for it."""
    if user is None:
        return True
    today = clock.today()
    acting = [organisation] if organisation.is_in_force(today) else heirs_of(organisation, today)
    return any(can_act_for(user, Permission.ENTER, each) for each in acting)


def can_enter_events(user: AnyUser) -> bool:
    """Whether there is any organisation the user enters events for."""
    return organisations_open_to(user, Permission.ENTER).exists()


def can_correct_event(user: AnyUser | None, event: Event) -> bool:
    return event.is_held and can_enter_for(user, event.organisation)


def can_compare_events(user: AnyUser | None, one: Event, other: Event) -> bool:
    return user is None or Deciding.of(user, [one, other]).may_compare(one, other)


def can_redact_events(user: AnyUser | None) -> bool:
    """Taking a person's data out of an entry, for good: the central desk, or the system itself."""
    return user is None or can_administer(user)


@dataclass(frozen=True, slots=True)
class Deciding:
    """Of many entries at once: whose the user enters, and above which the user is a desk."""

    own: frozenset[int]
    below: frozenset[int]

    @classmethod
    def of(cls, user: AnyUser, events: Iterable[Event]) -> "Deciding":
        areas = {event.organisation_id: event.organisation.area_id for event in events}
        ended = {event.organisation for event in events if not event.organisation.is_in_force(clock.today())}
        own = set(organisations_open_to(user, Permission.ENTER).values_list("pk", flat=True))
        own |= {each.pk for each in ended if can_enter_for(user, each)}
        desks = {desk.organisation.area_id for desk in desks_held(user)}
        links = AreaAncestor.objects.filter(area__in=set(areas.values()), ancestor__in=desks)
        under = desks | set(links.values_list("area", flat=True)) if desks else set()
        return cls(frozenset(own), frozenset(pk for pk, area in areas.items() if area in under))

    def may_compare(self, one: Event, other: Event) -> bool:
        """Either party that entered, or a desk above both."""
        pair = {one.organisation_id, other.organisation_id}
        return bool(pair & self.own) or pair <= self.below
