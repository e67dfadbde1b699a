"""That the engine does not follow a conference: kept while it is so, for the director and whoever sits at the console."""

from collections.abc import Mapping

from phoihop.conferences.models import Conference, EngineTrouble
from phoihop.core import clock


def note_trouble(conference: Conference, fault: str) -> None:
    """Since when is told by the first."""
    EngineTrouble.objects.get_or_create(
        conference=conference, defaults={"since": clock.now(), "fault": fault[:300]}
    )


def keep_troubles(faults: Mapping[Conference, str]) -> None:
    """Of these, and of no others: whatever the reconciler could do without a fault is as it should be."""
    EngineTrouble.objects.exclude(conference__in=faults).delete()
    for conference, fault in faults.items():
        note_trouble(conference, fault)
