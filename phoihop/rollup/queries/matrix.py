"""Units by windows: who reported what, when. Thousands of cells in a few queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from phoihop.areas.enums import Level
from phoihop.areas.models import Area, AreaTarget
from phoihop.areas.queries.maps import REPORTED
from phoihop.core import clock
from phoihop.periods import Span
from phoihop.reports.enums import ReportState
from phoihop.reports.models import Report, ReportForm, ReportingPeriod
from phoihop.rollup.live import ensure_fresh
from phoihop.rollup.queries.completeness import Duties, completeness
from phoihop.rollup.queries.figure import FigureArea
from phoihop.rollup.queries.rows import MapDays, children_level, rows_under


class Letter(StrEnum):
    """What a unit's own report of a window has come to; a page gives each a letter, a word and a shape."""

    NOT_ASKED = "not_asked"
    NOT_YET_DUE = "not_yet_due"
    OVERDUE = "overdue"
    WAITING = "waiting"  # submitted, undecided
    RETURNED = "returned"
    ACCEPTED = "accepted"
    ACCEPTED_LATE = "accepted_late"  # first submitted after the deadline: late stays late
    OUT_OF_STEP = "out_of_step"  # accepted, but a version it stands on was corrected since


# Of several reports in one cell (parties, a closing report) the one that needs attention speaks.
URGENT_FIRST = (
    Letter.OVERDUE, Letter.RETURNED, Letter.WAITING, Letter.OUT_OF_STEP, Letter.NOT_YET_DUE,
    Letter.ACCEPTED_LATE, Letter.ACCEPTED,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cell:
    letter: Letter  # of the unit's own reports
    reports: int  # the unit's own
    duties: Duties  # of the unit and every unit below


@dataclass(frozen=True)
class Matrix:
    areas: tuple[FigureArea, ...]
    periods: tuple[ReportingPeriod, ...]
    cells: Mapping[tuple[int, int], Cell]  # area, period

    def get(self, area: int, period: int) -> Cell:
        return self.cells.get((area, period), _EMPTY)


_EMPTY = Cell(Letter.NOT_ASKED, 0, Duties())


def matrix(
    *,
    form: ReportForm,
    under: Area,
    periods: Sequence[ReportingPeriod],
    level: str | None = None,
    party: str | None = None,
    map_key: str = REPORTED,
    on: date | None = None,
) -> Matrix:
    """The area itself first, then its units; `on` is the day that says what is overdue."""
    ensure_fresh()
    windows = tuple(sorted(periods, key=lambda period: period.start))
    if not windows:
        return Matrix((), (), {})
    span = Span(windows[0].start, max(period.end for period in windows))
    days = MapDays.of(map_key, span)
    rows = rows_under(under, level or children_level(under, days), days)
    letters = _letters(rows, windows, days, party, on or clock.today())
    nodes = [row.id for row in rows if row.level != Level.COMMUNE]
    together = completeness(
        programmes=None,
        span=span,
        map_key=map_key,
        areas=Area.objects.filter(pk__in=nodes),
        party=party,
        form=form,
    )
    cells = {}
    for row in rows:
        for period in windows:
            own = letters.get((row.id, period.pk), [])
            duties = together.at(row.id, period.code) if row.level != Level.COMMUNE else _own_duties(own)
            if own or duties.expected:
                cells[row.id, period.pk] = Cell(_letter(own), len(own), duties)
    return Matrix(rows, windows, cells)


@dataclass(frozen=True, slots=True)
class _Own:
    letter: Letter
    submitted: bool
    on_time: bool
    accepted: bool


def _letters(
    areas: Iterable[FigureArea],
    periods: Sequence[ReportingPeriod],
    days: MapDays,
    party: str | None,
    on: date,
) -> dict[tuple[int, int], list[_Own]]:
    """The units' own reports; on another map, those of the areas that stand wholly at the unit."""
    stands = {area.id: area.id for area in areas}
    if days.epoch_id is not None:
        whole = AreaTarget.objects.filter(epoch=days.epoch_id, is_whole=True, target__in=list(stands))
        stands = dict(whole.values_list("area_id", "target_id"))
    reports = Report.objects.expected().filter(
        period__in=[period.pk for period in periods], area__in=list(stands)
    )
    if party:
        reports = reports.filter(party=party)
    found: dict[tuple[int, int], list[_Own]] = defaultdict(list)
    for area, period, state, deadline, submitted_at, on_time, accepted, out_of_step in reports.values_list(
        "area_id", "period_id", "state", "deadline", "first_submitted_at", "is_on_time", "accepted_version_id",
        "is_out_of_step",
    ).iterator():  # fmt: skip
        letter = state_letter(state, accepted is not None, on_time, out_of_step, is_past=deadline < on)
        own = _Own(letter, submitted_at is not None, bool(on_time), accepted is not None)
        found[stands[area], period].append(own)
    return found


def state_letter(
    state: str, is_accepted: bool, on_time: bool | None, out_of_step: bool, *, is_past: bool
) -> Letter:
    match state:
        case ReportState.SUBMITTED:
            return Letter.WAITING
        case ReportState.RETURNED:
            return Letter.RETURNED
    if is_accepted:
        if out_of_step:
            return Letter.OUT_OF_STEP
        return Letter.ACCEPTED if on_time else Letter.ACCEPTED_LATE
    return Letter.OVERDUE if is_past else Letter.NOT_YET_DUE


def _letter(own: Sequence[_Own]) -> Letter:
    return min((each.letter for each in own), key=URGENT_FIRST.index, default=Letter.NOT_ASKED)


def _own_duties(own: Sequence[_Own]) -> Duties:
    return Duties(
        expected=len(own),
        submitted=sum(each.submitted for each in own),
        on_time=sum(each.on_time for each in own),
        accepted=sum(each.accepted for each in own),
        timely=sum(each.on_time and each.accepted for each in own),
    )
