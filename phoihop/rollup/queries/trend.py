"""One figure a window: how an indicator went, and what was last known of a stock."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from phoihop.areas.models import Area
from phoihop.areas.queries.maps import REPORTED
from phoihop.periods import Span
from phoihop.programmes.models import Programme
from phoihop.rollup.enums import FigureState
from phoihop.rollup.live import ensure_fresh
from phoihop.rollup.queries.columns import columns_for
from phoihop.rollup.queries.figure import Figure, Key
from phoihop.rollup.queries.rows import MapDays, rows_of
from phoihop.rollup.queries.table import make_figures

FIRST_DAY = date(1975, 1, 1)


def trend(
    *,
    indicator: str,
    area: Area,
    span: Span,
    map_key: str = REPORTED,
    state: str = FigureState.RECEIVED,
    programmes: Iterable[Programme] | None = None,
) -> tuple[Figure, ...]:
    """The indicator in each whole window of the span by itself, oldest first; a missing window is there too."""
    found = trends(
        indicators=[indicator], areas=[area], span=span, map_key=map_key, state=state, programmes=programmes
    )
    return found[area.pk, indicator]


def trends(
    *,
    indicators: Iterable[str],
    areas: Iterable[Area],
    span: Span,
    map_key: str = REPORTED,
    state: str = FigureState.RECEIVED,
    programmes: Iterable[Programme] | None = None,
) -> dict[Key, tuple[Figure, ...]]:
    """Several at once, by area and code, in as many queries as one."""
    position = ensure_fresh()
    days = MapDays.of(map_key, span)
    columns = columns_for(programmes, span, list(indicators)).split()
    rows = rows_of(areas, days)
    made = make_figures(columns, rows, days, str(state), position)
    codes = dict.fromkeys(column.indicator.code for column in columns.shown)
    return {
        (row.id, code): tuple(
            made[row.id, column.name] for column in columns.shown if column.indicator.code == code
        )
        for row in rows
        for code in codes
    }


@dataclass(frozen=True, slots=True)
class LastKnown:
    """A stock as last reported; its age is shown with it, for it is not the figure of the day."""

    figure: Figure
    window: str
    last_day: date
    age_days: int


def last_known(
    *,
    indicator: str,
    area: Area,
    day: date,
    map_key: str = REPORTED,
    state: str = FigureState.RECEIVED,
    since: date = FIRST_DAY,
) -> LastKnown | None:
    """The last window that ended by the day and has a value; None where none ever had one."""
    position = ensure_fresh()
    span = Span.of(since, day)
    days = MapDays.of(map_key, span)
    columns = columns_for(None, span, [indicator])
    opened = {period.code: period for period in columns.every[indicator].opened}
    if not opened:
        return None
    first = min(period.start for period in opened.values())
    columns = columns_for(None, Span.of(first, day), [indicator]).split()
    made = make_figures(columns, rows_of([area], days), days, str(state), position)
    for column in reversed(columns.shown):
        figure = made[area.pk, column.name]
        if figure.value is not None:
            last = column.cover.periods[-1].last
            return LastKnown(figure, column.window, last, (day - last).days)
    return None
