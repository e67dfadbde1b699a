"""A form asks what its programmes' calendars agreed: the levels that report, and who accepts each level's reports.

The calendar says it, the form does it: an organisation's superior is found among those the form asks.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Protocol

from django.db.models import Q, QuerySet

from phoihop.areas.enums import LEVEL_ORDER, Level
from phoihop.programmes.models import Programme, ReportingCalendar
from phoihop.reports import form_errors


class Asked(Protocol):
    """An Ask still to be written, or an AskedScope that is."""

    @property
    def level(self) -> str: ...
    @property
    def party(self) -> str: ...
    @property
    def valid_from(self) -> date | None: ...
    @property
    def valid_until(self) -> date | None: ...


def refuse_against_calendars(
    asks: Iterable[Asked], programmes: Iterable[Programme], on: date | None = None
) -> None:
    """Only calendars in term on the day, where one is given. A level that any of them names may be asked."""
    wanted = list(asks)
    calendars = list(_in_term(programmes, on).select_related("programme").order_by("programme__slug"))
    if not calendars:
        return
    named = {level for calendar in calendars for level in calendar.levels}
    for ask in wanted:
        if ask.level not in named:
            raise form_errors.level_not_agreed(ask.level, calendars[0].programme, calendars[0].levels)
        for calendar in calendars:
            _refuse_superior(ask, wanted, calendar)


def _in_term(programmes: Iterable[Programme], on: date | None) -> QuerySet[ReportingCalendar]:
    found = ReportingCalendar.objects.filter(programme__in=list(programmes))
    if on is None:
        return found
    return found.filter(
        Q(programme__term_from__isnull=True) | Q(programme__term_from__lte=on),
        Q(programme__term_until__isnull=True) | Q(programme__term_until__gt=on),
    )


def _refuse_superior(ask: Asked, asks: Sequence[Asked], calendar: ReportingCalendar) -> None:
    """Above the highest level asked, the party's own central desk accepts: that is the nation."""
    agreed = calendar.accept_level.get(ask.level)
    if agreed is None:
        return
    above = [
        each.level
        for each in asks
        if each.party == ask.party
        and LEVEL_ORDER[Level(each.level)] < LEVEL_ORDER[Level(ask.level)]
        and _overlap(each, ask)
    ]
    nearest = max(above, key=lambda level: LEVEL_ORDER[Level(level)], default="")
    if agreed != (nearest or Level.NATION):
        raise form_errors.accepted_elsewhere(ask.level, calendar.programme, agreed, nearest)


def _overlap(one: Asked, other: Asked) -> bool:
    starts = [each.valid_from or date.min for each in (one, other)]
    ends = [each.valid_until or date.max for each in (one, other)]
    return max(starts) < min(ends)
