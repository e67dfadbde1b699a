"""What the system already knows for the cells of a report: offered beside them, never written by itself.

Events: those that count, held in the report's days. Where several parties of a level are asked for the indicator, each
knows the events it led; where one party is asked, it speaks for its area: every event that an organisation of the area
led, and those held there by a level that is not asked. Stocks: the last value of the window before, while the definition
is the same.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Count, Q, QuerySet, Sum

from phoihop.events.models import Event
from phoihop.events.queries import Feed, feeds
from phoihop.indicators.enums import IndicatorKind
from phoihop.indicators.models import IndicatorVersion
from phoihop.orgs.models import Organisation
from phoihop.periods import parse_period
from phoihop.reports.content import NOT_APPLICABLE
from phoihop.reports.enums import Scope
from phoihop.reports.models import Report, ReportingPeriod
from phoihop.reports.queries.cells import FormCell
from phoihop.reports.queries.values import Given, earlier_code


class KnownFrom(StrEnum):
    EVENTS = "events"
    STOCK = "stock"


@dataclass(frozen=True, slots=True)
class Known:
    """A figure to be looked at and confirmed."""

    code: str
    value: str  # as a cell holds it
    origin: KnownFrom
    events: int = 0  # how many stand behind it
    uncounted: int = 0  # of them, without a count of attendances


def known_figures(report: Report, cells: Iterable[FormCell], before: Given | None) -> dict[str, Known]:
    """By indicator code; `before`: what the organisation gave for the window before.

    Missing: no entry where nothing is known. No event entered is no zero: perhaps nobody enters events there.
    """
    asked = {cell.code: cell for cell in cells if Scope.OWN in cell.scopes_allowed}
    return _from_stocks(report, asked, before) | _from_events(report, asked)


def events_behind(report: Report, version: IndicatorVersion) -> QuerySet[Event]:
    """The events that feed this cell of the report; none where no kind of event feeds it."""
    feed = next((each for each in feeds() if version.indicator.code in each.codes()), None)
    if feed is None:
        return Event.objects.none()
    return _in_days(report).filter(_mine(report, version), current__kind=feed.kind)


def _from_events(report: Report, asked: dict[str, FormCell]) -> dict[str, Known]:
    fed = [(feed, code) for feed in feeds() for code in feed.codes() if code in asked]
    if not fed:
        return {}
    totals = _in_days(report).aggregate(
        **{
            name: measure
            for feed, code in fed
            for name, measure in _measures(feed, code, _mine(report, asked[code].version)).items()
        }
    )
    found = (_known(feed, code, totals) for feed, code in fed)
    return {each.code: each for each in found if each is not None}


def _measures(feed: Feed, code: str, mine: Q) -> dict[str, Count | Sum]:
    these = mine & Q(current__kind=feed.kind)
    return {
        f"{code}_events": Count("pk", filter=these),
        f"{code}_attended": Sum("current__attendances", filter=these),
        f"{code}_uncounted": Count("pk", filter=these & Q(current__attendances__isnull=True)),
    }


def _known(feed: Feed, code: str, totals: dict[str, int | None]) -> Known | None:
    events, uncounted = totals[f"{code}_events"] or 0, totals[f"{code}_uncounted"] or 0
    if code == feed.count:
        return Known(code, str(events), KnownFrom.EVENTS, events) if events else None
    if events == uncounted:
        return None
    return Known(code, str(totals[f"{code}_attended"]), KnownFrom.EVENTS, events, uncounted)


def _in_days(report: Report) -> QuerySet[Event]:
    near = Organisation.objects.filter(area=report.area_id).values("pk")
    return Event.objects.counted().filter(
        Q(current__lead__in=near) | Q(current__area=report.area_id),
        current__held_on__gte=report.covers_from,
        current__held_on__lt=report.covers_until,
    )


def _mine(report: Report, version: IndicatorVersion) -> Q:
    if len(version.asked_of.get(report.level, ())) > 1:
        return Q(current__lead=report.organisation_id)
    of_the_area = Q(current__lead__area=report.area_id)
    of_others = Q(current__area=report.area_id) & ~Q(current__lead__area__level__in=version.levels)
    return of_the_area | of_others


def _from_stocks(report: Report, asked: dict[str, FormCell], before: Given | None) -> dict[str, Known]:
    code_before = earlier_code(report.period, "previous")
    if before is None or code_before is None:
        return {}
    start = parse_period(code_before).start
    return {
        code: Known(code, given, KnownFrom.STOCK)
        for code, cell in asked.items()
        if cell.version.kind == IndicatorKind.STOCK and cell.version.is_in_force(start)
        if (given := before.cells.get(code, "")) not in {"", NOT_APPLICABLE}
        if code not in before.consolidated
    }


def held_in_areas(
    areas: Iterable[int], period: ReportingPeriod, codes: Iterable[str]
) -> dict[tuple[int, str], int]:
    """By area and indicator: what organisations of the area led in the window, every party's, each event once."""
    wanted = set(codes)
    fed = [feed for feed in feeds() if wanted & set(feed.codes())]
    rows = (
        Event.objects.counted()
        .filter(current__kind__in=[feed.kind for feed in fed], current__lead__area__in=list(areas))
        .filter(current__held_on__gte=period.start, current__held_on__lt=period.end)
        .values_list("current__lead__area", "current__kind")
        .annotate(events=Count("pk"), attended=Sum("current__attendances"))
    )
    found: dict[tuple[int, str], int] = {}
    for area, kind, events, attended in rows:
        feed = next(each for each in fed if each.kind == kind)
        found[area, feed.count] = events
        if feed.attendances and attended is not None:
            found[area, feed.attendances] = attended
    return found
