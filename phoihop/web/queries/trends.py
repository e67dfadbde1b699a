"""How one indicator of one area went, window by window, beside what was aimed at."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from phoihop.areas.models import Area
from phoihop.core.templatetags.vietnamese import areaname, localname, number
from phoihop.indicators.models import IndicatorVersion
from phoihop.orgs.permissions import AnyUser
from phoihop.periods import parse_period
from phoihop.rollup.queries import Change, Figure, FigureIndicator, FigureTable, figures
from phoihop.rollup.queries.compare import change
from phoihop.web.drawing.trend import NARROW, WIDE, Trend, trend
from phoihop.web.forms.asked import Asked
from phoihop.web.naming import compact
from phoihop.web.queries.figure_page import definition_on
from phoihop.web.queries.figure_tables import figure_cell, remark
from phoihop.web.queries.shown import shown_to
from phoihop.web.queries.trend_points import (
    Aim,
    aims,
    coverage_words,
    is_whole,
    latest,
    points_of,
    said,
    trends_shown,
    window_words,
)
from phoihop.web.queries.unlike_coverage import unlike_change_words, unlike_remark, unlike_words
from phoihop.web.tables import Cell, Column, Row, Table, text_cell, value_cell

ORDERS = ("window", "-window")


@dataclass(frozen=True)
class TrendPage:
    """`wide` and `narrow` are one picture for two widths of screen; None where no window has a value."""

    asked: Asked
    area: Area
    definition: IndicatorVersion
    indicator: FigureIndicator
    table: FigureTable  # the span as a whole: its day, its ledger number
    points: Sequence[Figure]
    aim: Aim | None
    aims_elsewhere: Sequence[Aim]  # of other levels: no line here, but told
    changes: Sequence[Change | None]  # each window against the same one a year before
    wide: Trend | None
    narrow: Trend | None

    @property
    def latest(self) -> Figure | None:
        return latest(self.points)

    @property
    def change_words(self) -> str:
        last = self.latest
        return _change_words(self.changes[self.points.index(last)], self.indicator) if last else ""

    @property
    def coverage_words(self) -> str:
        return coverage_words(self.latest)

    @property
    def unlike_words(self) -> str:
        return unlike_words(self.points)

    @property
    def unit(self) -> str:
        return localname(self.indicator, "unit")

    @property
    def aim_text(self) -> str:
        return number(self.aim.value) if self.aim else ""

    @property
    def said(self) -> str:
        """The picture in one sentence, for who does not see it."""
        parts = [
            f"{self.indicator.code} {localname(self.indicator)}, {areaname(self.area)}",
            _("%(known)s of %(all)s windows have a figure")
            % {"known": number(len(self.points) - self.gaps), "all": number(len(self.points))},
        ]
        if self.latest:
            parts.append(_("latest, %(words)s") % {"words": said(self.latest, self.indicator)})
        if self.aim:
            parts.append(_("target %(value)s %(unit)s") % {"value": self.aim_text, "unit": self.unit})
        return " ".join(filter(None, ("; ".join(parts) + ".", self.unlike_words)))

    @property
    def gaps(self) -> int:
        return sum(point.is_missing for point in self.points)

    @property
    def protected(self) -> int:
        return sum(bool(point.hidden) for point in self.points)


def trend_page(user: AnyUser, asked: Asked, area: Area, code: str) -> TrendPage:
    whole = shown_to(user, figures(span=asked.span, areas=[area], indicators=[code], **asked.term))
    indicator = whole.indicator(code)
    points = trends_shown(user, asked, codes=[code], areas=[area])[area.pk, code]
    found = aims(asked, [code])
    aim = found.get((code, area.level))
    return TrendPage(
        asked=asked,
        area=area,
        definition=definition_on(code, asked.span.last),
        indicator=indicator,
        table=whole,
        points=points,
        aim=aim,
        aims_elsewhere=[each for each in found.values() if each.level != area.level],
        changes=_changes(points),
        wide=_drawn(points, indicator, aim, is_wide=True),
        narrow=_drawn(points, indicator, aim, is_wide=False),
    )


def _drawn(
    points: Sequence[Figure], indicator: FigureIndicator, aim: Aim | None, *, is_wide: bool
) -> Trend | None:
    if all(point.is_missing for point in points):
        return None

    def write(value: Decimal) -> str:
        return compact(value, max(0, -int(value.as_tuple().exponent)))

    return trend(
        points_of(points, indicator),
        WIDE if is_wide else NARROW,
        target=aim.value if aim else None,
        is_whole=is_whole(indicator),
        write=write,
    )


def _changes(points: Sequence[Figure]) -> list[Change | None]:
    """Half-years differ by season, so a window is held against the same one of the year before."""
    by_code = {point.windows[0]: point for point in points if point.windows}
    changes: list[Change | None] = []
    for point in points:
        before = by_code.get(_a_year_before(point))
        changes.append(change(point, before) if before else None)
    return changes


def _a_year_before(point: Figure) -> str:
    if not point.windows:
        return ""
    period = parse_period(point.windows[0])
    start = period.start.replace(year=period.start.year - 1)
    earlier = period.previous()
    while earlier.start > start:
        earlier = earlier.previous()
    return earlier.code


def _change_words(found: Change | None, indicator: FigureIndicator) -> str:
    """tăng 12,5 % so với 1.100 (6 tháng đầu năm 2025); of a percentage, in percentage points."""
    return "; ".join(filter(None, (_moved_words(found, indicator), unlike_change_words(found))))


def _moved_words(found: Change | None, indicator: FigureIndicator) -> str:
    if found is None or found.absolute is None:
        return _("no figure of the same window a year before")
    against = _("against %(value)s (%(window)s)") % {
        "value": number(found.before.value, indicator.decimals),
        "window": window_words(found.before),
    }
    if found.absolute == 0:
        return f"{_('unchanged')} {against}"
    if indicator.is_ratio and indicator.factor == 100:
        way = (
            _("up %(points)s percentage points")
            if found.absolute > 0
            else _("down %(points)s percentage points")
        )
        return f"{way % {'points': number(abs(found.absolute), indicator.decimals)}} {against}"
    if found.percent is None:
        return against
    way = _("up %(percent)s %%") if found.absolute > 0 else _("down %(percent)s %%")
    return f"{way % {'percent': number(abs(found.percent), 1)}} {against}"


def trend_table(page: TrendPage, order: str = "window") -> Table:
    """The picture in words and numbers. Sorted by time only."""
    is_backwards = order == "-window"
    rows = [_row(page, at) for at in range(len(page.points))]
    window = Column(
        "window",
        _("Window"),
        sort="window" if is_backwards else "-window",
        sorted_by="descending" if is_backwards else "ascending",
    )
    return Table(
        key="trend",
        caption=f"{page.indicator.code} {localname(page.indicator)}",
        columns=[
            window,
            Column("value", _("Value"), is_number=True, note=localname(page.indicator, "unit")),
            Column("reported", _("Reports that gave it"), is_number=True),
            Column("expected", _("Reports due"), is_number=True),
            *([Column("target", _("Target"), is_number=True)] if page.aim else []),
            Column("change", _("Against the same window a year before")),
            Column("remark", _("Remark")),
        ],
        rows=rows[::-1] if is_backwards else rows,
        note=page.unlike_words,
        is_simulated=page.table.is_simulated,
        empty=_("The span holds no whole window of this indicator."),
    )


def _row(page: TrendPage, at: int) -> Row:
    point, indicator = page.points[at], page.indicator
    given = point.coverage
    told = "; ".join(filter(None, (remark(point), unlike_remark(point, page.points))))
    cells: list[Cell] = [
        Cell(window_words(point), point.windows[0] if point.windows else ""),
        figure_cell(point, indicator),
        value_cell(given[0] if given else None),
        value_cell(given[1] if given else None),
    ]
    if page.aim:
        cells.append(value_cell(page.aim.value, indicator.decimals))
    return Row([*cells, text_cell(_change_words(page.changes[at], indicator)), text_cell(told)])
