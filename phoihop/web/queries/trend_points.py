"""Figures of windows as the points of a picture, with the words that say the same."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from phoihop.areas.models import Area
from phoihop.core.templatetags.vietnamese import localname, number
from phoihop.indicators.models import Target
from phoihop.orgs.permissions import AnyUser
from phoihop.periods import parse_period
from phoihop.rollup.protection import mark, protect_trends
from phoihop.rollup.queries import Figure, FigureIndicator, trends
from phoihop.rollup.queries.figure import Key
from phoihop.web.drawing.plot import Point
from phoihop.web.drawing.small import scale_top
from phoihop.web.forms.asked import Asked
from phoihop.web.naming import compact
from phoihop.web.permissions import is_member
from phoihop.web.queries.figure_page import window_label
from phoihop.web.queries.unlike_coverage import is_unlike

HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Aim:
    """What a programme set out to reach in one window, for one unit of a level."""

    level: str
    value: Decimal
    note: str
    note_en: str


def aims(asked: Asked, codes: Sequence[str]) -> dict[tuple[str, str], Aim]:
    """By code and level, of the programme whose page it is."""
    found = Target.objects.filter(
        selection__programme=asked.programme, selection__indicator__code__in=codes
    ).select_related("selection__indicator")
    return {
        (each.selection.indicator.code, each.level): Aim(each.level, each.value, each.note, each.note_en)
        for each in found.order_by("pk")
    }


def trends_shown(
    user: AnyUser, asked: Asked, *, codes: Sequence[str], areas: Iterable[Area]
) -> dict[Key, tuple[Figure, ...]]:
    """As the reader may see them: small counts of persons only after signing in."""
    found = trends(indicators=codes, areas=areas, span=asked.span, **asked.term)
    return found if is_member(user) else protect_trends(found, span=asked.span, map_key=asked.map_key)


def points_of(figures: Sequence[Figure], indicator: FigureIndicator) -> list[Point]:
    return [
        _point(figure, indicator, is_unlike=before is not None and is_unlike(before, figure))
        for before, figure in zip((None, *figures), figures, strict=False)
    ]


def _point(figure: Figure, indicator: FigureIndicator, *, is_unlike: bool) -> Point:
    given = figure.coverage
    reported, expected = (number(given[0]), number(given[1])) if given else ("", "")
    return Point(
        window=window_label(figure),
        value=figure.value,
        text=compact(figure.value, indicator.decimals),
        said=said(figure, indicator),
        mark=mark(figure),
        reported=reported,
        expected=expected,
        is_partial=given is not None and given[0] < given[1],
        is_unlike=is_unlike,
    )


def coverage_words(figure: Figure | None) -> str:
    given = figure.coverage if figure else None
    if given is None:
        return ""
    return _("%(given)s/%(due)s reports") % {"given": number(given[0]), "due": number(given[1])}


def said(figure: Figure, indicator: FigureIndicator) -> str:
    """One window in words: what a pointer or a screen reader meets at a point."""
    where = window_words(figure)
    if figure.value is None:
        return f"{where}: {mark(figure) or _('no figure')} ({figure.why_missing})"
    words = f"{number(figure.value, indicator.decimals)} {localname(indicator, 'unit')}"
    if figure.is_at_least:
        words = _("at least %(figure)s") % {"figure": words}
    given = figure.coverage
    if given:
        words += ", " + _("%(reported)s of %(expected)s reports") % {
            "reported": number(given[0]),
            "expected": number(given[1]),
        }
    return f"{where}: {words}"


def window_words(figure: Figure) -> str:
    return parse_period(figure.windows[0]).short_label(get_language() or "vi") if figure.windows else "–"


def is_whole(indicator: FigureIndicator) -> bool:
    return indicator.decimals == 0 and not indicator.is_ratio


def top_of(points: Sequence[Point], indicator: FigureIndicator, aim: Aim | None) -> Decimal:
    """The upper edge of a small chart; a percentage is read against the whole of 100."""
    whole = HUNDRED if indicator.is_ratio and indicator.factor == 100 else None
    return scale_top([points], aim.value if aim else None, whole, is_whole=is_whole(indicator))


def latest(figures: Sequence[Figure]) -> Figure | None:
    """The last window that has a value, or a protected one."""
    return next((each for each in reversed(figures) if not each.is_missing), None)
