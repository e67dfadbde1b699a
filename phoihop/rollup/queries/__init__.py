"""Figures for pages, documents and downloads.

    from phoihop.periods import Span
    from phoihop.rollup.queries import compare, completeness, figures, trend ...

    table = figures(
        programmes=[programme], span=Span.of(date(2023, 12, 15), date(2026, 6, 14)),
        map_key="2025-07-01",            # areas.queries.resolve_map(...); "reported" as it was reported
        state="confirmed",               # or "received"
        under=province, level="commune", # the province itself first, then its communes; or areas=[...]
        indicators=["B01", "C08"],       # default: every indicator the programmes select
    )
    figure = table.get(province.pk, "B01")
    figure.value, figure.reported, figure.expected, figure.unallocated, figure.is_at_least, figure.why_missing
    figure.windows, figure.left_out, figure.as_of, figure.ledger_seq, figure.is_simulated

    before = figures(..., span=previous_term)
    change = compare(table, before)[province.pk, "B01"]      # .absolute, .percent, .why_missing, .same_windows
    points = trend(indicator="B01", area=province, span=span, map_key=..., state=...)  # one Figure a window
    duties = completeness(programmes=[programme], span=span, map_key=..., under=nation, level="province")
    duties.get(province.pk).completeness_percent             # also .at(area, window); rank_duties(duties, ...)
    target_attainment(...), matrix(...), parties_side_by_side(...), last_known(...), comparison(...)
    tree = rollup.lineage.lineage(indicator="B01", area=province, span=span, map_key=..., state=..., page=1)
    public = rollup.protection.protect(table)                # for readers who have not signed in

Each first brings the live tables up to the ledger (`live.ensure_fresh`), so a reader never sees stale figures.
"""

from phoihop.rollup.queries.compare import Change, Comparison, compare, comparison
from phoihop.rollup.queries.completeness import Duties, Duty, DutyTable, Rank, completeness, rank_duties
from phoihop.rollup.queries.figure import Figure, FigureArea, FigureIndicator, FigureTable
from phoihop.rollup.queries.matrix import Cell, Letter, Matrix, matrix
from phoihop.rollup.queries.parties import PartyFigure, parties_side_by_side
from phoihop.rollup.queries.table import figures
from phoihop.rollup.queries.targets import Attainment, TargetRow, target_attainment
from phoihop.rollup.queries.trend import LastKnown, last_known, trend, trends

__all__ = [
    "Attainment",
    "Cell",
    "Change",
    "Comparison",
    "Duties",
    "Duty",
    "DutyTable",
    "Figure",
    "FigureArea",
    "FigureIndicator",
    "FigureTable",
    "LastKnown",
    "Letter",
    "Matrix",
    "PartyFigure",
    "Rank",
    "TargetRow",
    "compare",
    "comparison",
    "completeness",
    "figures",
    "last_known",
    "matrix",
    "parties_side_by_side",
    "rank_duties",
    "target_attainment",
    "trend",
    "trends",
]
