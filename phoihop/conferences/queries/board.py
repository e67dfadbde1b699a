"""The live board: how complete reporting is, and chosen figures as they are now, each beside what the review froze.

One computation serves every screen of a process for a few seconds. A wall is read by whoever stands before it: small
counts of persons are protected on every screen alike, in the figures of now and in the frozen ones.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from phoihop.areas.models import Area
from phoihop.conferences.models import Conference
from phoihop.conferences.queries.board_terms import Term, selected_codes, term_of
from phoihop.conferences.queries.figures import context_of
from phoihop.core import clock
from phoihop.core.templatetags.vietnamese import areaname
from phoihop.programmes.models import Programme
from phoihop.reviews.models import ReviewVersion
from phoihop.reviews.render.labels import Language
from phoihop.reviews.render.words import figure_text, reports_coverage, short_date
from phoihop.rollup.models import AppliedPosition
from phoihop.rollup.protection import mark, protect
from phoihop.rollup.queries import Duties, Figure, FigureIndicator, completeness, figures

SECONDS = 4.0  # how old a board may be before it is computed again
MOST = 3  # indicators: more have no room where they can be read from the last row

Frozen = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Told:
    """A number never stands alone."""

    value: str
    coverage: str
    as_of: str


@dataclass(frozen=True, slots=True)
class Line:
    name: str
    address: str  # of its definition and lineage
    now: Told
    frozen: Told | None  # None: the review does not have it


@dataclass(frozen=True, slots=True)
class Board:
    programme: Programme
    place: str
    span: str  # "15/12/2025 – 14/06/2026"
    state: str  # whose word the figures of now rest on
    duties: Duties
    lines: list[Line]
    version: ReviewVersion | None  # whose figures stand beside
    at: datetime
    ledger_seq: int
    is_simulated: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """What the director chose, with the area of the site that has the floor where the board follows it."""

    conference: int
    programme: str  # slug
    codes: tuple[str, ...]
    area: int | None
    lang: Language


def board_of(
    conference: Conference, hall: Mapping[str, Any], lang: Language, area: int | None
) -> Board | None:
    """Missing: None where the programme chosen is no longer the conference's, or has no window yet."""
    asked = Asked(conference.pk, hall.get("programme", ""), tuple(hall.get("keys", [])), area, lang)
    return _KEPT.get(asked, lambda: _computed(conference, asked))


def forget_boards() -> None:
    _KEPT.forget()


class _Kept:
    """The last board of each thing asked; while one request computes it, others wait for that one."""

    def __init__(self) -> None:
        self._boards: dict[Asked, tuple[float, Board | None]] = {}
        self._computing = Lock()

    def get(self, asked: Asked, compute: Callable[[], Board | None]) -> Board | None:
        with self._computing:
            at, board = self._boards.get(asked, (float("-inf"), None))
            if time.monotonic() - at < SECONDS:
                return board
            board = compute()
            self._boards = {key: kept for key, kept in self._boards.items() if _is_young(kept[0])}
            self._boards[asked] = time.monotonic(), board
            return board

    def forget(self) -> None:
        self._boards = {}


def _is_young(at: float) -> bool:
    return time.monotonic() - at < SECONDS


_KEPT = _Kept()


def _computed(conference: Conference, asked: Asked) -> Board | None:
    programme = conference.programmes.filter(slug=asked.programme).first()
    term = term_of(conference, programme) if programme else None
    if programme is None or term is None:
        return None
    area = Area.objects.get(pk=asked.area) if asked.area else term.area
    duties = completeness(programmes=[programme], span=term.span, map_key=term.map_key, areas=[area])
    return Board(
        programme=programme,
        place=areaname(area),
        span=f"{short_date(term.span.start.isoformat())} – {short_date(term.span.last.isoformat())}",
        state=str(term.state.label),
        duties=duties.get(area.pk),
        lines=_lines(programme, term, area, asked),
        version=term.version,
        at=clock.now(),
        ledger_seq=duties.ledger_seq,
        is_simulated=_is_simulated(conference, term.version),
    )


def _is_simulated(conference: Conference, version: ReviewVersion | None) -> bool:
    applied = AppliedPosition.objects.filter(has_simulated=True).exists()
    return applied or conference.is_simulated or bool(version and version.review.is_simulated)


def _lines(programme: Programme, term: Term, area: Area, asked: Asked) -> list[Line]:
    there = selected_codes(programme)
    codes = [code for code in asked.codes if code in there][:MOST]
    if not codes:
        return []
    table = figures(
        programmes=[programme], span=term.span, map_key=term.map_key, state=term.state.value, areas=[area], indicators=codes
    )  # fmt: skip
    table = protect(table)
    frozen = context_of(term.version)["figures"] if term.version else {}
    return [
        Line(
            name=each.name_en if asked.lang == "en" and each.name_en else each.name_vi,
            address=_address(programme, term, area, each.code),
            now=_now(table.get(area.pk, each.code), each, asked.lang),
            frozen=_frozen(frozen, each.code, area, term, asked.lang),
        )
        for each in table.indicators
    ]


def _now(figure: Figure, indicator: FigureIndicator, lang: Language) -> Told:
    """Worded as the frozen ones are."""
    worded = {
        "value": mark(figure) or (None if figure.value is None else format(figure.value, "f")),
        "unit": {"vi": indicator.unit_vi, "en": indicator.unit_en},
        "decimals": indicator.decimals,
        "reported": figure.reported,
        "expected": figure.expected,
        "is_at_least": figure.is_at_least,
        "why_missing": {lang: figure.why_missing},
    }
    day = short_date(figure.as_of.isoformat()) if figure.as_of else ""
    return Told(figure_text(worded, lang), reports_coverage(worded, lang), day)


def _frozen(figures: Frozen, code: str, area: Area, term: Term, lang: Language) -> Told | None:
    figure = figures.get(code if area == term.area else f"{code}@{area.pk}")
    if figure is None:
        return None
    return Told(figure_text(figure, lang), reports_coverage(figure, lang), short_date(figure.get("as_of")))


def _address(programme: Programme, term: Term, area: Area, code: str) -> str:
    asked = {
        "programme": programme.slug,
        "indicator": code,
        "area": area.key,
        "from": term.span.start.isoformat(),
        "to": term.span.last.isoformat(),
        "map": term.map_key,
        "state": term.state.value,
    }
    return f"{reverse('web:figure')}?{urlencode(asked)}"
