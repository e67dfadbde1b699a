from datetime import date, datetime

from django.db.models import Q

from phoihop.areas import errors
from phoihop.areas.mapping import OPEN
from phoihop.areas.models import MapEpoch
from phoihop.core import clock

REPORTED = "reported"
_AS_REPORTED = {"reported", "as_reported", "as reported"}
_WRITTEN_DAYS = ("%Y-%m-%d", "%d/%m/%Y")


def epoch_on(day: date) -> MapEpoch:
    """The map of a day."""
    epoch = MapEpoch.objects.filter(
        Q(start__isnull=True) | Q(start__lte=day), Q(end__isnull=True) | Q(end__gt=day)
    ).first()
    if epoch is None:
        raise errors.no_map_loaded()
    return epoch


def current_epoch() -> MapEpoch:
    return epoch_on(clock.today())


def resolve_map(text: str) -> str:
    """What a person or a command calls a map, as its key: "reported", or the key of the map of that day."""
    asked = text.strip().casefold()
    if asked in _AS_REPORTED:
        return REPORTED
    if asked == OPEN:
        return epoch_on(date.min).key
    for form in _WRITTEN_DAYS:
        try:
            day = datetime.strptime(asked, form).date()  # noqa: DTZ007  a day, not an instant
        except ValueError:
            continue
        return epoch_on(day).key
    raise errors.unknown_map(text)
