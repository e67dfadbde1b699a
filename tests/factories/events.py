"""Events entered by the system, for tests of what comes after them."""

from datetime import date
from typing import Any
from uuid import uuid4

from phoihop.events.actions import enter_event
from phoihop.events.facts import EventFacts
from phoihop.events.models import Event
from phoihop.orgs.models import Organisation

DAY = date(2026, 5, 20)


def facts(lead: Organisation, **told: Any) -> EventFacts:
    """A session about drugs in the lead's own area, with 120 attendances, held by it alone."""
    usual: dict[str, Any] = {
        "kind": "session",
        "held_on": DAY,
        "area": lead.area,
        "place": "Nhà văn hóa thôn 2",
        "subject": "Phòng, chống ma túy",
        "lead": lead,
        "attendances": 120,
    }
    return EventFacts(**{**usual, **told, "co_organisers": frozenset(told.get("co_organisers", ()))})


def held(organisation: Organisation, **told: Any) -> Event:
    """Entered by the organisation, led by it unless told otherwise, in its area."""
    lead = told.pop("lead", organisation)
    told.setdefault("area", organisation.area)
    return enter_event(organisation=organisation, facts=facts(lead, **told), key=uuid4(), by=None)
