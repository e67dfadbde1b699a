from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from phoihop.accounts.access import public
from phoihop.indicators.models import Indicator
from phoihop.programmes.models import Programme
from phoihop.web.queries import catalogue
from phoihop.web.queries.download_facts import facts_of
from phoihop.web.queries.figure_tables import by_unit
from phoihop.web.queries.indicator_page import NationalFigures, national_figures, sources_of
from phoihop.web.queries.trend_source import source_lines
from phoihop.web.queries.trends import trend_table
from phoihop.web.tables import Table
from phoihop.web.trail import Step


@public
def indicators(request: HttpRequest) -> HttpResponse:
    text = request.GET.get("q", "").strip()
    core_only = request.GET.get("core") == "1"
    context = {
        "trail": [Step(_("Indicators"))],
        "chapters": catalogue.chapters(text, core_only=core_only),
        "refused": catalogue.refused(),
        "q": text,
        "core_only": core_only,
    }
    return render(request, "web/indicators.html", context)


@public
def indicator(request: HttpRequest, code: str) -> HttpResponse:
    found = get_object_or_404(Indicator, code=code)
    versions = catalogue.versions_of(found)
    selecting = Programme.objects.visible_to(request.user).filter(selections__indicator=found)
    national = national_figures(request.user, versions[0])
    context = {
        "trail": [Step(_("Indicators"), reverse("web:indicators")), Step(found.code)],
        "national": national,
        "tables": _tables(national),
        "links": _links(national),
        "source": _source(national),
        "sources": sources_of(versions[0]),
        "indicator": found,
        "version": versions[0],
        "versions": versions,
        "programmes": selecting.order_by("-term_from"),
        "claims": catalogue.claims_on(found),
        "ratios": catalogue.part_of(found),
    }
    return render(request, "web/indicator.html", context)


def _links(national: NationalFigures | None) -> dict[str, str]:
    if national is None:
        return {}
    asked, code, key = national.asked, national.code, national.programme.area.key
    map_drawn = {"map": asked.dashboard_url(indicator=code)} if national.map else {}
    return {
        **map_drawn,
        "trend": asked.trend_url(code, key),
        "places": asked.places_url(code),
        "figure": asked.figure_url(code, key),
        "contents": asked.contents_url(key),
    }


def _tables(national: NationalFigures | None) -> dict[str, Table]:
    """Of the two pictures, beside them; sorted and handed out where the links lead."""
    if national is None:
        return {}
    units = by_unit(national.asked, national.units, national.code)
    return {"trend": trend_table(national.page).beside_picture(), "map": units.beside_picture()}


def _source(national: NationalFigures | None) -> list[str]:
    if national is None:
        return []
    table = national.page.table
    facts = facts_of(
        national.asked, area=national.programme.area, as_of=table.as_of, ledger_seq=table.ledger_seq
    )
    return source_lines(facts, is_simulated=table.is_simulated)
