"""One chart of many, with the words that stand for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from phoihop.core.templatetags.vietnamese import localname, number
from phoihop.rollup.protection import mark
from phoihop.rollup.queries import Figure, FigureIndicator
from phoihop.web.drawing.small import Small, small
from phoihop.web.queries.figure_page import window_label
from phoihop.web.queries.trend_points import (
    Aim,
    coverage_words,
    latest,
    points_of,
    said,
    top_of,
    window_words,
)
from phoihop.web.queries.unlike_coverage import unlike_words


@dataclass(frozen=True)
class SmallTrend:
    """`line` is None where no window has a figure."""

    name: str
    href: str
    figures: Sequence[Figure]
    indicator: FigureIndicator
    line: Small | None
    aim: Aim | None
    top: Decimal

    @property
    def latest(self) -> Figure | None:
        return latest(self.figures)

    @property
    def latest_words(self) -> str:
        last = self.latest
        if last is None:
            return ""
        value = mark(last) or number(last.value, self.indicator.decimals)
        return f"{value} {localname(self.indicator, 'unit')}"

    @property
    def coverage_words(self) -> str:
        return coverage_words(self.latest)

    @property
    def unlike_words(self) -> str:
        return unlike_words(self.figures)

    @property
    def window_words(self) -> str:
        return window_words(self.latest) if self.latest else ""

    @property
    def top_words(self) -> str:
        return number(self.top)

    @property
    def first_window(self) -> str:
        return window_label(self.figures[0]) if self.figures else ""

    @property
    def last_window(self) -> str:
        return window_label(self.figures[-1]) if self.figures else ""

    @property
    def gaps(self) -> int:
        return sum(figure.is_missing for figure in self.figures)

    @property
    def said(self) -> str:
        if self.latest is None:
            return f"{self.name}: {_('no figure')}"
        told = [said(self.latest, self.indicator), self.unlike_words.removesuffix(".")]
        return f"{self.name}: {'. '.join(filter(None, told))}"


Ask = tuple[str, str, Sequence[Figure], FigureIndicator, Aim | None]


def small_trends(asked: Sequence[Ask], *, is_common: bool) -> list[SmallTrend]:
    drawn = {at: points_of(figures, indicator) for at, (_, _, figures, indicator, _) in enumerate(asked)}
    tops = {at: top_of(drawn[at], indicator, aim) for at, (_, _, _, indicator, aim) in enumerate(asked)}
    if is_common and asked:
        tops = dict.fromkeys(drawn, max(tops.values()))
    return [
        SmallTrend(
            name=name,
            href=href,
            figures=found,
            indicator=indicator,
            line=None
            if all(figure.is_missing for figure in found)
            else small(drawn[at], tops[at], target=aim.value if aim else None),
            aim=aim,
            top=tops[at],
        )
        for at, (name, href, found, indicator, aim) in enumerate(asked)
    ]
