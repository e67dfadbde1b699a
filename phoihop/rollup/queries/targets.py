"""What a programme set out to reach, and how far its units came."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from phoihop.areas.models import Area
from phoihop.areas.queries.maps import REPORTED
from phoihop.indicators.enums import Direction
from phoihop.indicators.enums import Rule as Combining
from phoihop.indicators.models import Target
from phoihop.periods import Span
from phoihop.programmes.models import Programme
from phoihop.rollup.compute_figures import percent
from phoihop.rollup.enums import FigureState
from phoihop.rollup.queries.figure import Figure, FigureArea, FigureIndicator
from phoihop.rollup.queries.table import figures


@dataclass(frozen=True, slots=True)
class Attainment:
    """Missing: `attained` and `percent` are None where the value is; a missing value attains nothing and fails nothing."""

    area: FigureArea
    figure: Figure
    target: Decimal  # over the windows taken: a flow is asked once for each
    percent: Decimal | None
    attained: bool | None


@dataclass(frozen=True)
class TargetRow:
    """One target of the programme and every unit of its level."""

    indicator: FigureIndicator
    level: str
    note: str
    note_en: str
    units: tuple[Attainment, ...]

    @property
    def attained(self) -> int:
        return sum(unit.attained is True for unit in self.units)

    @property
    def known(self) -> int:
        return sum(unit.attained is not None for unit in self.units)

    @property
    def share_percent(self) -> Decimal | None:
        """Units that reached it, of units whose value is known."""
        return percent(self.attained, self.known)


def target_attainment(
    *,
    programme: Programme,
    span: Span,
    under: Area,
    map_key: str = REPORTED,
    state: str = FigureState.RECEIVED,
) -> tuple[TargetRow, ...]:
    """Each target with the units of its level at or under an area."""
    targets = list(
        Target.objects.filter(selection__programme=programme)
        .select_related("selection__indicator")
        .order_by("selection__order", "selection__indicator__code", "level")
    )
    rows: list[TargetRow] = []
    codes = list(dict.fromkeys(target.selection.indicator.code for target in targets))
    for level in dict.fromkeys(target.level for target in targets):
        table = figures(
            programmes=[programme], span=span, map_key=map_key, state=state, under=under, level=level,
            indicators=codes,
        )  # fmt: skip
        units = [area for area in table.areas if area.level == level]
        for target in targets:
            if target.level == level:
                indicator = table.indicator(target.selection.indicator.code)
                cells = {area: table.get(area.id, indicator.code) for area in units}
                rows.append(_row(target, indicator, cells))
    order = {code: place for place, code in enumerate(codes)}
    return tuple(sorted(rows, key=lambda row: order[row.indicator.code]))


def _row(target: Target, indicator: FigureIndicator, cells: Mapping[FigureArea, Figure]) -> TargetRow:
    units = []
    for area, figure in cells.items():
        windows = len(figure.windows) if indicator.over_time == Combining.ADD else 1
        asked = target.value * windows
        units.append(
            Attainment(area, figure, asked, percent(figure.value, asked), _attains(figure, asked, indicator))
        )
    return TargetRow(indicator, target.level, target.note, target.note_en, tuple(units))


def _attains(figure: Figure, asked: Decimal, indicator: FigureIndicator) -> bool | None:
    if figure.value is None:
        return None
    return figure.value <= asked if indicator.direction == Direction.DOWN else figure.value >= asked
