"""What is told of an event, before and after it is kept."""

from dataclasses import dataclass
from datetime import date

from phoihop.areas.models import Area
from phoihop.core.text import nfc
from phoihop.events.models import EventVersion
from phoihop.orgs.models import Organisation


@dataclass(frozen=True, slots=True)
class EventFacts:
    """Missing: attendances None were not counted."""

    kind: str
    held_on: date
    area: Area
    place: str
    subject: str
    lead: Organisation
    co_organisers: frozenset[Organisation] = frozenset()
    attendances: int | None = None

    def tidied(self, entered_by: Organisation) -> "EventFacts":
        """Whoever enters an event another led has helped to hold it; the lead is no co-organiser."""
        return EventFacts(
            kind=self.kind,
            held_on=self.held_on,
            area=self.area,
            place=_one_line(self.place),
            subject=_one_line(self.subject),
            lead=self.lead,
            co_organisers=(self.co_organisers | {entered_by}) - {self.lead},
            attendances=self.attendances,
        )


def facts_of(version: EventVersion) -> EventFacts:
    return EventFacts(
        kind=version.kind,
        held_on=version.held_on,
        area=version.area,
        place=version.place,
        subject=version.subject,
        lead=version.lead,
        co_organisers=frozenset(version.co_organisers.all()),
        attendances=version.attendances,
    )


def _one_line(text: str) -> str:
    return " ".join(nfc(text).split())
