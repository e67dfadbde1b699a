"""The register as a table: on the page, and as a file."""

from collections.abc import Iterable

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from phoihop.core.templatetags.vietnamese import areaname, day, localname
from phoihop.events.models import Event
from phoihop.orgs.models import Organisation
from phoihop.web.tables import Cell, Column, Page, Row, Table, text_cell, value_cell


def with_names(events: QuerySet[Event]) -> QuerySet[Event]:
    merged = Event.objects.select_related("current__lead").prefetch_related("current__co_organisers")
    return events.prefetch_related("current__co_organisers", Prefetch("merged", queryset=merged))


def events_table(events: Iterable[Event], page: Page | None = None) -> Table:
    rows = list(events)
    return Table(
        key="events",
        caption=_("Events held"),
        columns=[
            Column("subject", _("Subject")),
            Column("held_on", _("Day")),
            Column("kind", _("Kind")),
            Column("place", _("Venue")),
            Column("lead", _("Lead organisation")),
            Column("co", _("Held together with")),
            Column("attendances", _("Attendances"), is_number=True),
            Column("counted", _("Counted")),
        ],
        rows=[Row(_cells(event)) for event in rows],
        note=_("A joint event entered by several parties counts once."),
        page=page,
        is_simulated=any(event.said.is_simulated for event in rows),
    )


def _cells(event: Event) -> list[Cell]:
    said = event.said
    return [
        text_cell(said.subject, reverse("web:event", args=[event.pk])),
        text_cell(day(said.held_on)),
        text_cell(said.get_kind_display()),
        text_cell(areaname(said.area), note=said.place),
        text_cell(localname(said.lead)),
        text_cell(co_organisers(event)),
        value_cell(said.attendances, 0, note="" if said.attendances is not None else _("not counted")),
        _standing(event),
    ]


def co_organisers(event: Event) -> str:
    """Of the event as it counts: whoever any of its entries names beside the lead."""
    named: set[Organisation] = set()
    for entry in (event, *event.merged.all()):
        named |= {entry.said.lead, *entry.said.co_organisers.all()}
    others = sorted(named - {event.said.lead}, key=lambda each: (each.name_sort, each.pk))
    return "; ".join(localname(each) for each in others) or "–"


def _standing(event: Event) -> Cell:
    if not event.is_held:
        return text_cell(_("cancelled"), tag="bad")
    if event.counted_in is not None:
        other = localname(event.counted_in.organisation)
        return text_cell(
            _("in another entry"), note=_("merged into the entry of %(other)s") % {"other": other}
        )
    return text_cell(_("once"), tag="good")
