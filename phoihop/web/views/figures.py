from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from phoihop.accounts.access import public
from phoihop.areas.models import Area
from phoihop.core.templatetags.vietnamese import areaname
from phoihop.rollup.lineage import PAGE_SIZE
from phoihop.web import errors, trail
from phoihop.web.forms.asked import Asked
from phoihop.web.forms.chooser import chooser
from phoihop.web.forms.named import area_named, code_named, programmes_named
from phoihop.web.permissions import is_member, require_figures
from phoihop.web.queries.download_facts import facts_of
from phoihop.web.queries.figure_page import FigurePage, figure_page
from phoihop.web.queries.frozen_figure import FrozenFigure, frozen_figure, since_frozen
from phoihop.web.queries.lineage_tables import lineage_tables, party_table, trend_table
from phoihop.web.queries.openness import standard_asked
from phoihop.web.tables import Sheet, Table, download
from phoihop.web.tables.paging import size_of, whole


@public
def figure(request: HttpRequest) -> HttpResponse:
    """One figure: its value, how it was made, and the reports behind it."""
    programmes = programmes_named(request)
    area = area_named(request, programmes[0])
    code = code_named(request)
    asked = standard_asked(request.user, request.GET, programmes)
    require_figures(request.user, area, asked.programmes, asked.span, asked.state)
    fmt = request.GET.get("download", "")
    size = PAGE_SIZE if fmt else size_of(request)
    frozen = frozen_figure(request.user, request.GET, asked, area, code)
    page = figure_page(
        request.user,
        asked,
        area,
        code,
        page=whole(request.GET.get("page", ""), 1),
        size=size,
        upto=frozen.ledger_seq if frozen else None,
    )
    tables = {
        "trend": trend_table(page.points, page.indicator),
        "parties": party_table(page.parties, page.indicator),
    }
    behind = lineage_tables(request.user, page.lineage, size) if is_member(request.user) else []
    if fmt:
        return download(_sheet(page, [*tables.values(), *behind], request.GET.get("table", ""), frozen), fmt)
    context = {
        "page": page,
        "frozen": frozen,
        "since": since_frozen(frozen, page.figure) if frozen else None,
        "trend_address": asked.trend_url(code, area.key),
        "today_address": f"{asked.figure_url(code, area.key)}#lineage",
        "asked": asked,
        "area": area,
        "trail": _way(asked, area, code),
        "chooser": chooser(asked, hidden=_hidden(asked, area, code), is_guest=not is_member(request.user)),
        "trend_table": tables["trend"],
        "party_table": tables["parties"],
        "lineage_tables": behind,
    }
    return render(request, "web/figure.html", context)


def _hidden(asked: Asked, area: Area, code: str) -> list[tuple[str, str]]:
    named = [("programme", programme.slug) for programme in asked.programmes]
    return [*named, ("indicator", code), ("area", area.key)]


def _way(asked: Asked, area: Area, code: str) -> list[trail.Step]:
    programme = asked.programme
    return [
        trail.home(),
        trail.programme_step(programme),
        trail.Step(_("Figures at a glance"), asked.dashboard_url()),
        trail.Step(areaname(area), asked.area_url(area.key)),
        trail.Step(code),
    ]


def _sheet(page: FigurePage, tables: list[Table], key: str, frozen: FrozenFigure | None) -> Sheet:
    """The versions behind a frozen figure are those of its ledger number; all else is today's."""
    table = next((each for each in tables if each.key == key), None)
    if table is None:
        raise errors.unknown_name(_("table"), key)
    is_then = frozen is not None and key.startswith("lineage-")
    facts = facts_of(
        page.asked,
        area=page.area,
        as_of=frozen.frozen_at if frozen and is_then else page.figure.as_of,
        ledger_seq=frozen.ledger_seq if frozen and is_then else page.figure.ledger_seq,
        indicator=page.indicator,
    )
    return Sheet(table, facts=facts)
