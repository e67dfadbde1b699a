"""Pictures of figures over time. Each has its table, its address, its CSV and its SVG."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from phoihop.accounts.access import public
from phoihop.areas.enums import Level
from phoihop.areas.models import Area
from phoihop.core.templatetags.vietnamese import areaname, localname
from phoihop.rollup.queries import FigureTable
from phoihop.web import errors, trail
from phoihop.web.forms.asked import Asked
from phoihop.web.forms.chooser import Choice, choice, chooser
from phoihop.web.forms.named import area_named, code_named, programmes_named
from phoihop.web.permissions import is_member, require_figures, require_units_below
from phoihop.web.queries.download_facts import facts_of
from phoihop.web.queries.multiples import (
    BELOW,
    BY_NAME,
    BY_PLACE,
    BY_VALUE,
    COMMON,
    OWN,
    ContentsPage,
    PlacesPage,
    contents_page,
    places_page,
)
from phoihop.web.queries.multiples_tables import long_table, places_table
from phoihop.web.queries.openness import standard_asked
from phoihop.web.queries.province_figures import map_indicators
from phoihop.web.queries.trend_sheets import sheet_of, sheet_of_many, source_of
from phoihop.web.queries.trends import ORDERS, trend_page, trend_table
from phoihop.web.tables import Fact, Sheet, Table, download, svg_alone
from phoihop.web.tables.paging import page_of


@public
def trend(request: HttpRequest) -> HttpResponse:
    """One indicator in one area, window by window."""
    asked, area = _asked(request)
    code = code_named(request)
    order = request.GET.get("sort", ORDERS[0])
    if order not in ORDERS:
        raise errors.unknown_order(order, ORDERS)
    page = trend_page(request.user, asked, area, code)
    table = trend_table(page, order)
    facts = _facts(asked, area, page.table, code)
    fmt = request.GET.get("download", "")
    if fmt == "svg":
        return svg_alone("web/trends/alone.svg", sheet_of(page, facts), table)
    if fmt:
        return download(Sheet(table, facts=facts), fmt)
    named = [*_hidden(asked), ("indicator", code), ("area", area.key)]
    context = {
        "page": page,
        "asked": asked,
        "area": area,
        "table": table,
        "source": source_of(page, facts),
        "links": {"figure": asked.figure_url(code, area.key), **_links(asked, area, code)},
        "trail": _way(asked, area, code),
        "chooser": chooser(asked, hidden=named, is_guest=not is_member(request.user)),
    }
    return render(request, "web/trends/trend.html", context)


@public
def places(request: HttpRequest) -> HttpResponse:
    """One indicator in every province, or in every commune of one, each with its own small trend."""
    asked, area = _asked(request)
    if area.level not in BELOW:
        raise errors.nothing_drawn_below(areaname(area))
    require_units_below(request.user, area, asked.programmes, asked.span, asked.state)
    code = code_named(request)
    scale = OWN if request.GET.get("scale") == OWN else COMMON
    page = places_page(request.user, asked, area, code, scale=scale, order=request.GET.get("sort", BY_NAME))
    versions = map_indicators(asked.programme)
    names = {each.indicator.code: f"{each.indicator.code} {localname(each)}" for each in versions}
    names.setdefault(code, f"{code} {localname(page.indicator)}")
    return _many(
        request,
        page,
        _facts(asked, area, page.table, code),
        before=[choice("indicator", _("Indicator"), names, code)],
        after=_choices(page),
        hidden=[*_hidden(asked), ("area", area.key)],
        table=places_table,
        template="web/trends/places.html",
        links=_links(asked, area, code),
        here=page.here,
    )


@public
def contents(request: HttpRequest) -> HttpResponse:
    """Every indicator a programme selects, in one area, content by content."""
    asked, area = _asked(request)
    page = contents_page(request.user, asked, area)
    return _many(
        request,
        page,
        _facts(asked, area, page.table),
        hidden=[*_hidden(asked), ("area", area.key)],
        table=long_table,
        template="web/trends/contents.html",
        links=_links(asked, area),
        here=_("Trends of the contents"),
    )


def _many(
    request: HttpRequest,
    page: PlacesPage | ContentsPage,
    facts: Sequence[Fact],
    *,
    hidden: Sequence[tuple[str, str]],
    table: Callable[[Any], Table],
    template: str,
    links: dict[str, str],
    here: str,
    before: Sequence[Choice] = (),
    after: Sequence[Choice] = (),
) -> HttpResponse:
    """A page at a time of the units; a table that is downloaded has them all, a picture those before one's eyes."""
    fmt = request.GET.get("download", "")
    if fmt and fmt != "svg":
        return download(Sheet(long_table(page), facts=facts), fmt)
    paging = None
    if isinstance(page, PlacesPage):
        shown, paging = page_of(request, page.items)
        page = replace(page, items=shown)
    if fmt:
        return svg_alone("web/trends/many.svg", sheet_of_many(page, facts, paging), table(page))
    context = {
        "page": page,
        "paging": paging,
        "asked": page.asked,
        "area": page.area,
        "table": table(page),
        "source": source_of(page, facts),
        "links": links,
        "trail": [*_way(page.asked, page.area)[:-1], trail.Step(here)],
        "chooser": chooser(
            page.asked, before=before, after=after, hidden=hidden, is_guest=not is_member(request.user)
        ),
    }
    return render(request, template, context)


def _asked(request: HttpRequest) -> tuple[Asked, Area]:
    programmes = programmes_named(request)
    area = area_named(request, programmes[0])
    asked = standard_asked(request.user, request.GET, programmes)
    require_figures(request.user, area, asked.programmes, asked.span, asked.state)
    return asked, area


def _hidden(asked: Asked) -> list[tuple[str, str]]:
    return [("programme", programme.slug) for programme in asked.programmes]


def _choices(page: PlacesPage) -> list[Choice]:
    scales = {COMMON: _("One for all, so that charts compare"), OWN: _("Each its own, so that shapes show")}
    orders = {
        BY_NAME: _("By name"),
        BY_PLACE: _("By place on the map"),
        BY_VALUE: _("Fullest first (a reporting duty)"),
    }
    return [
        choice("scale", _("Scale"), scales, page.scale),
        choice("sort", _("Order"), {key: orders[key] for key in page.orders}, page.order),
    ]


def _facts(asked: Asked, area: Area, table: FigureTable, code: str = "") -> list[Fact]:
    return facts_of(
        asked,
        area=area,
        as_of=table.as_of,
        ledger_seq=table.ledger_seq,
        indicator=table.indicator(code) if code else None,
    )


def _links(asked: Asked, area: Area, code: str = "") -> dict[str, str]:
    links = {"contents": asked.contents_url(area.key), "dashboard": asked.dashboard_url(area=area.key)}
    if code and asked.programme.area.level == Level.NATION:
        links["places"] = asked.places_url(code)
    if code and area.level == Level.PROVINCE:
        links["communes"] = asked.places_url(code, area.key)
    return links


def _way(asked: Asked, area: Area, code: str = "") -> list[trail.Step]:
    return [
        trail.home(),
        trail.programme_step(asked.programme),
        trail.Step(_("Figures at a glance"), asked.dashboard_url()),
        trail.Step(areaname(area), asked.area_url(area.key)),
        trail.Step(_("Trend of %(code)s") % {"code": code}),
    ]
