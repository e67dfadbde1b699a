"""Many small trends beside each other: one indicator of every unit below an area, or a programme's contents in one."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from phoihop.areas.enums import Level
from phoihop.areas.models import Area
from phoihop.areas.queries import epoch_on, tiles
from phoihop.areas.queries.maps import REPORTED
from phoihop.core import clock
from phoihop.core.templatetags.vietnamese import areaname, localname, number
from phoihop.indicators.enums import REPORTING_DUTIES
from phoihop.indicators.models import Selection
from phoihop.orgs.permissions import AnyUser
from phoihop.programmes.models import Content
from phoihop.rollup.queries import FigureIndicator, FigureTable, figures
from phoihop.web import errors
from phoihop.web.forms.asked import Asked
from phoihop.web.queries.shown import shown_to
from phoihop.web.queries.small_trends import SmallTrend, small_trends
from phoihop.web.queries.trend_points import Aim, aims, trends_shown

BELOW = {Level.NATION: Level.PROVINCE, Level.PROVINCE: Level.COMMUNE}
COMMON, OWN = "common", "own"
BY_NAME, BY_PLACE, BY_VALUE = "name", "place", "value"


@dataclass(frozen=True)
class PlacesPage:
    asked: Asked
    area: Area
    indicator: FigureIndicator
    table: FigureTable
    items: Sequence[SmallTrend]
    aim: Aim | None
    scale: str
    order: str
    orders: Sequence[str]

    @property
    def is_unlike(self) -> bool:
        return any(item.unlike_words for item in self.items)

    @property
    def here(self) -> str:
        if self.area.level == Level.NATION:
            return _("Trends of the provinces")
        return _("Trends of the communes of %(area)s") % {"area": areaname(self.area)}

    @property
    def top(self) -> Decimal:
        return self.items[0].top if self.items else Decimal(0)

    @property
    def scale_words(self) -> str:
        if self.scale == OWN:
            return _("Each chart has its own scale, written under it: heights do not compare.")
        return _("One scale for all charts: from 0 to %(top)s.") % {"top": number(self.top)}

    @property
    def aim_words(self) -> str:
        """What the dashed line of every chart stands for."""
        if self.aim is None:
            return ""
        words = {"value": number(self.aim.value), "unit": localname(self.indicator, "unit")}
        return _("Dashed line: target %(value)s %(unit)s.") % words


def places_page(user: AnyUser, asked: Asked, area: Area, code: str, *, scale: str, order: str) -> PlacesPage:
    """Raises: DomainError where units were asked to be ranked by what no unit is ranked by."""
    level = BELOW[Level(area.level)]
    orders = _orders(asked, area, code)
    if order not in orders:
        raise errors.not_ranked(code) if order == BY_VALUE else errors.unknown_order(order, orders)
    table = figures(span=asked.span, under=area, level=level, indicators=[code], **asked.term)
    table = shown_to(user, table)
    indicator = table.indicator(code)
    rows = [row for row in table.areas if row.id != area.pk and row.is_on_map]
    found = trends_shown(
        user, asked, codes=[code], areas=Area.objects.filter(pk__in=[row.id for row in rows])
    )
    aim = aims(asked, [code]).get((code, level))
    made = small_trends(
        [(row.name, asked.trend_url(code, row.key), found[row.id, code], indicator, aim) for row in rows],
        is_common=scale == COMMON,
    )
    sort = _sorting(asked, {row.name: row.key for row in rows}, order)
    return PlacesPage(asked, area, indicator, table, sort(made), aim, scale, order, orders)


def _orders(asked: Asked, area: Area, code: str) -> list[str]:
    """By name and by place; by value only the desks' own duties: other rankings breed coercion."""
    placed = [BY_PLACE] if area.level == Level.NATION and tiles(_map_drawn(asked)) else []
    return [BY_NAME, *placed, *([BY_VALUE] if code in REPORTING_DUTIES else [])]


def _map_drawn(asked: Asked) -> str:
    if asked.map_key != REPORTED:
        return asked.map_key
    return epoch_on(min(asked.span.last, clock.today())).key


def _sorting(
    asked: Asked, keys: Mapping[str, str], order: str
) -> Callable[[Sequence[SmallTrend]], list[SmallTrend]]:
    """Names are in Vietnamese order already; places go as one reads the map, row by row."""
    if order == BY_PLACE:
        where = {tile.key: (tile.row, tile.column) for tile in tiles(_map_drawn(asked))}
        return lambda made: sorted(made, key=lambda each: where.get(keys[each.name], (999, 0)))
    if order == BY_VALUE:
        return lambda made: sorted(made, key=_fullest_first)
    return list


def _fullest_first(each: SmallTrend) -> tuple[bool, Decimal]:
    value = each.latest.value if each.latest else None
    return value is None, -(value or Decimal(0))


@dataclass(frozen=True)
class Chapter:
    """A content of the programme with its indicators that have a figure, and the codes of those that have none."""

    content: Content | None
    items: Sequence[SmallTrend]
    silent: Sequence[FigureIndicator]


@dataclass(frozen=True)
class ContentsPage:
    asked: Asked
    area: Area
    table: FigureTable
    chapters: Sequence[Chapter]

    @property
    def scale_words(self) -> str:
        return _("Each chart has its own scale, written under it: heights do not compare.")

    @property
    def is_unlike(self) -> bool:
        return any(item.unlike_words for item in self.items)

    @property
    def items(self) -> list[SmallTrend]:
        return [item for chapter in self.chapters for item in chapter.items]


def contents_page(user: AnyUser, asked: Asked, area: Area) -> ContentsPage:
    selections = (
        Selection.objects.filter(programme=asked.programme)
        .select_related("content", "indicator")
        .order_by("content__order", "order", "indicator__code")
    )
    chosen = {each.indicator.code: each.content for each in selections}
    codes = list(chosen)
    if not codes:
        raise errors.nothing_selected(asked.programme.number or asked.programme.title_vi)
    table = shown_to(user, figures(span=asked.span, areas=[area], indicators=codes, **asked.term))
    found = trends_shown(user, asked, codes=codes, areas=[area])
    targets = aims(asked, codes)
    made = small_trends(
        [
            (
                f"{code} {localname(table.indicator(code))}",
                asked.trend_url(code, area.key),
                found.get((area.pk, code), ()),
                table.indicator(code),
                targets.get((code, area.level)),
            )
            for code in codes
        ],
        is_common=False,
    )
    contents = dict.fromkeys(chosen.values())
    ordered = sorted(contents, key=lambda content: (content is None, content.order if content else 0))
    return ContentsPage(asked, area, table, [_chapter(each, chosen, made) for each in ordered])


def _chapter(
    content: Content | None, chosen: Mapping[str, Content | None], made: Sequence[SmallTrend]
) -> Chapter:
    mine = [each for each in made if chosen[each.indicator.code] == content]
    return Chapter(
        content,
        [each for each in mine if each.line is not None],
        [each.indicator for each in mine if each.line is None],
    )


def title_of(page: PlacesPage | ContentsPage) -> str:
    if isinstance(page, PlacesPage):
        return f"{page.indicator.code} {localname(page.indicator)} ({localname(page.indicator, 'unit')})"
    return f"{_('Trends of the contents')}: {areaname(page.area)}"
