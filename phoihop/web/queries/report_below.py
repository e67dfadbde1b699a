"""A superior's report beside what was accepted from the units below it: figure by figure, with how many gave one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from phoihop.indicators.enums import Rule
from phoihop.indicators.models import IndicatorVersion
from phoihop.reports.queries.cells import versions_on
from phoihop.web.queries.from_below import Below, SumBelow, from_below
from phoihop.web.queries.report_pages import CellRow, ReportPage


@dataclass(frozen=True, slots=True)
class BelowRow:
    """Missing: `own` None where the superior reported none of its own, or is not asked."""

    definition: IndicatorVersion
    own: Decimal | None
    is_consolidated: bool  # its own figure stands for every unit below
    below: SumBelow


@dataclass(frozen=True, slots=True)
class ReportBelow:
    below: Below
    rows: Sequence[BelowRow]


def report_below(page: ReportPage) -> ReportBelow | None:
    """Of figures that add up over units. None where no unit below is asked."""
    below = from_below(page.report)
    if below is None:
        return None
    own = {row.definition.indicator.code: row for row in page.rows}
    asked = versions_on(page.report.period.form, page.report.period.start)
    adding = [each for each in asked if each.over_units == Rule.ADD]
    wanted = [each for each in adding if each.indicator.code in own or each.indicator.code in below.sums]
    return ReportBelow(below, [_row(each, own, below) for each in wanted])


def _row(definition: IndicatorVersion, own: Mapping[str, CellRow], below: Below) -> BelowRow:
    code = definition.indicator.code
    row = own.get(code)
    return BelowRow(
        definition=definition,
        own=row.value if row else None,
        is_consolidated=row is not None and row.is_consolidated,
        below=below.sums.get(code, SumBelow(None, 0)),
    )
