"""What an address asks of the figures: which programmes, which days, which map, whose word."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Self, TypedDict

from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode

from phoihop.areas.queries import epoch_on, resolve_map
from phoihop.core import clock
from phoihop.periods import Period, Span, parse_period, periods_between
from phoihop.programmes.models import Programme
from phoihop.reports.models import ReportingPeriod
from phoihop.rollup.compute_windows import CALENDARS
from phoihop.rollup.enums import FigureState
from phoihop.web import errors

HALF = "half"


class Term(TypedDict):
    programmes: tuple[Programme, ...]
    map_key: str
    state: str


@dataclass(frozen=True, slots=True)
class Asked:
    """`from` and `to` of an address are both inclusive; a span takes the whole windows inside them."""

    programmes: tuple[Programme, ...]
    span: Span
    map_key: str
    state: str

    @classmethod
    def read(cls, query: QueryDict, programmes: Sequence[Programme], standard: Span | None = None) -> Self:
        """What the address leaves open is filled in: every closed window of the term, on the map of its last day.

        Raises: DomainError or PeriodError, with the sentence to show.
        """
        usual = standard or usual_span(programmes[0])
        start = _day(query.get("from", ""), "from") or usual.start
        last = _day(query.get("to", ""), "to") or usual.last
        span = Span.of(start, last)
        asked_map = query.get("map", "")
        return cls(
            programmes=tuple(programmes),
            span=span,
            map_key=resolve_map(asked_map) if asked_map else epoch_on(min(span.last, clock.today())).key,
            state=_state(query.get("state", "")),
        )

    @property
    def programme(self) -> Programme:
        """The one whose page this is."""
        return self.programmes[0]

    @property
    def term(self) -> Term:
        """What every query of figures is told, besides its span, areas and indicators."""
        return {"programmes": self.programmes, "map_key": self.map_key, "state": self.state}

    @property
    def query(self) -> dict[str, str]:
        return {
            "from": self.span.start.isoformat(),
            "to": self.span.last.isoformat(),
            "map": self.map_key,
            "state": self.state,
        }

    def dashboard_url(self, **more: str) -> str:
        address = reverse("web:dashboard", args=[self.programme.slug])
        return f"{address}?{urlencode({**self.query, **more})}"

    def figure_url(self, code: str, area_key: str) -> str:
        return self._address("web:figure", indicator=code, area=area_key)

    def trend_url(self, code: str, area_key: str) -> str:
        return self._address("web:trend", indicator=code, area=area_key)

    def places_url(self, code: str, area_key: str = "") -> str:
        """The indicator's trend in every province, or in every commune of one."""
        where = {"area": area_key} if area_key else {}
        return self._address("web:trend_places", indicator=code, **where)

    def contents_url(self, area_key: str) -> str:
        """The trends of every indicator the programme selects, in one area."""
        return self._address("web:trend_contents", area=area_key)

    def _address(self, page: str, **which: str) -> str:
        named = [("programme", each.slug) for each in self.programmes]
        return f"{reverse(page)}?{urlencode([*named, *which.items(), *self.query.items()])}"

    def area_url(self, area_key: str) -> str:
        chosen = {"programme": self.programme.slug, **self.query}
        return f"{reverse('web:area', args=[area_key])}?{urlencode(chosen)}"

    def confirmed(self) -> Self:
        return replace(self, state=FigureState.CONFIRMED.value)


def windows_of(programme: Programme) -> list[Period]:
    """The half-years of its term: those opened for its reports, else those the term holds up to today."""
    start, end = term_of(programme)
    opened = ReportingPeriod.objects.filter(
        form__programmes=programme, form__window=HALF, start__gte=start, end__lte=end
    )
    if codes := list(opened.order_by("start").values_list("code", flat=True).distinct()):
        return [parse_period(code) for code in codes]
    today = clock.today()
    windows = periods_between(start, end, *CALENDARS[HALF])
    return [window for window in windows if window.start <= today]


def usual_span(programme: Programme) -> Span:
    """Every closed window of the term; where none is closed yet, the windows begun."""
    windows = windows_of(programme)
    closed = [window for window in windows if window.end <= clock.today()] or windows
    if not closed:
        raise errors.no_window_yet(str(programme))
    return Span(closed[0].start, closed[-1].end)


def term_of(programme: Programme) -> tuple[date, date]:
    """Of a local version without its own dates: the term of the programme it carries out."""
    above = programme.localises
    start = programme.term_from or (above.term_from if above else None)
    end = programme.term_until or (above.term_until if above else None)
    return start or date(2000, 1, 1), end or date(2100, 1, 1)


def _day(text: str, name: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise errors.unreadable_day(name, text) from None


def _state(text: str) -> str:
    if not text:
        return FigureState.RECEIVED.value
    if text not in FigureState.values:
        raise errors.unknown_state(text, FigureState.values)
    return text
