"""The register as it is read: searched, narrowed, newest first."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from phoihop.areas.models import Area, AreaAncestor
from phoihop.core.text import fold_vi
from phoihop.events.models import AnyUser, Event
from phoihop.orgs.models import Organisation


@dataclass(frozen=True, slots=True)
class EventFilter:
    text: str = ""  # subject, place, area or lead, with or without marks
    kind: str = ""
    first: date | None = None
    last: date | None = None  # included
    area: Area | None = None  # itself and below
    counted_only: bool = False

    def __bool__(self) -> bool:
        return bool(self.text or self.kind or self.first or self.last or self.area or self.counted_only)


def found_events(user: AnyUser, wanted: EventFilter) -> QuerySet[Event]:
    found = Event.objects.visible_to(user).filter(current__isnull=False)
    if wanted.counted_only:
        found = found.counted()
    if wanted.kind:
        found = found.filter(current__kind=wanted.kind)
    if wanted.first:
        found = found.filter(current__held_on__gte=wanted.first)
    if wanted.last:
        found = found.filter(current__held_on__lte=wanted.last)
    if wanted.area:
        below = AreaAncestor.objects.filter(ancestor=wanted.area).values("area")
        found = found.filter(Q(current__area=wanted.area) | Q(current__area__in=below))
    for word in fold_vi(wanted.text).split():
        found = found.filter(_speaks_of(word))
    related = found.select_related(
        "organisation", "current__area", "current__lead", "counted_in__organisation"
    )
    return related.order_by("-current__held_on", "-pk")


def _speaks_of(word: str) -> Q:
    return (
        Q(current__words_fold__contains=word)
        | Q(current__area__name_fold__contains=word)
        | Q(current__lead__name_fold__contains=word)
    )


def merged_organisations(event: Event) -> tuple[Organisation, list[Organisation]]:
    """Of the event as it counts: the lead, and everyone any of its entries names beside the lead."""
    root = event.counted_in or event
    together = [root, *root.merged.select_related("current__lead")]
    named = {each.said.lead for each in together}
    for each in together:
        named |= set(each.said.co_organisers.all())
    lead = root.said.lead
    return lead, sorted(named - {lead}, key=lambda each: (each.name_sort, each.pk))
