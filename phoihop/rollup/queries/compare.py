"""One term beside the term before."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from phoihop.areas.models import Area
from phoihop.areas.queries.maps import REPORTED
from phoihop.periods import Span
from phoihop.programmes.models import Programme
from phoihop.rollup.compute_figures import percent
from phoihop.rollup.compute_windows import previous_span
from phoihop.rollup.enums import FigureState
from phoihop.rollup.queries.figure import Figure, FigureTable, Key
from phoihop.rollup.queries.table import figures


@dataclass(frozen=True, slots=True)
class Change:
    """Units:   of the indicator; `percent` of the earlier value, two decimals, half up. A rate's `absolute` is in points.

    Missing: None with the reason; also `percent` where the earlier value is 0.
    """

    now: Figure
    before: Figure
    absolute: Decimal | None
    percent: Decimal | None
    same_windows: bool  # as many windows in both: otherwise a flow is compared with a longer or shorter time
    why_missing: str = ""


@dataclass(frozen=True)
class Comparison:
    now: FigureTable
    before: FigureTable
    changes: Mapping[Key, Change]


def comparison(
    *,
    programmes: Iterable[Programme] | None,
    span: Span,
    previous: Span | None = None,
    map_key: str = REPORTED,
    state: str = FigureState.RECEIVED,
    areas: Iterable[Area] | None = None,
    under: Area | None = None,
    level: str | None = None,
    indicators: Sequence[str] | None = None,
) -> Comparison:
    """The same table of both terms; the term before is of the same length unless told.

    On the map "reported" a unit made since has no earlier figure: choose a map to see one history.
    """
    programmes = None if programmes is None else list(programmes)
    areas = None if areas is None else list(areas)

    def of(term: Span) -> FigureTable:
        return figures(
            programmes=programmes, span=term, map_key=map_key, state=state, areas=areas, under=under,
            level=level, indicators=indicators,
        )  # fmt: skip

    now, before = of(span), of(previous or previous_span(span))
    return Comparison(now, before, compare(now, before))


def compare(now: FigureTable, before: FigureTable) -> dict[Key, Change]:
    return {
        key: change(figure, before.cells[key]) for key, figure in now.cells.items() if key in before.cells
    }


def change(now: Figure, before: Figure) -> Change:
    same = len(now.windows) == len(before.windows)
    if now.value is None or before.value is None:
        if now.value is None:
            why = _("no value in this term: %(why)s") % {"why": now.why_missing}
        else:
            why = _("no value in the term before: %(why)s") % {"why": before.why_missing}
        return Change(now, before, None, None, same, why)
    absolute = now.value - before.value
    why = "" if before.value else _("the earlier value is 0")
    return Change(now, before, absolute, percent(absolute, abs(before.value)), same, why)
