from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from phoihop.accounts.access import public
from phoihop.areas.enums import Level
from phoihop.areas.models import Area
from phoihop.core.templatetags.vietnamese import areaname, localname
from phoihop.indicators.models import IndicatorVersion
from phoihop.programmes.models import Programme
from phoihop.reports.models import ReportForm
from phoihop.rollup.queries import FigureTable, target_attainment
from phoihop.web import errors, trail
from phoihop.web.forms.asked import Asked
from phoihop.web.forms.chooser import Chooser, choice, chooser
from phoihop.web.permissions import can_view_figures, is_member, require_figures
from phoihop.web.queries.download_facts import facts_of
from phoihop.web.queries.duty_matrix import DutyMatrix, duty_matrix, forms_of
from phoihop.web.queries.figure_tables import by_unit
from phoihop.web.queries.headline import headlines
from phoihop.web.queries.map_sheets import sheet_of_map
from phoihop.web.queries.openness import standard_asked
from phoihop.web.queries.province_figures import map_indicators, province_figures
from phoihop.web.queries.province_map import province_map
from phoihop.web.queries.published import claims_count
from phoihop.web.tables import Fact, Sheet, Table, download, svg_alone
from phoihop.web.tables.paging import page_of


@public
def dashboard(request: HttpRequest, slug: str) -> HttpResponse:
    """A programme's figures at a glance: for its whole area, or for a unit below it."""
    visible = Programme.objects.visible_to(request.user).select_related("area", "localises")
    programme = get_object_or_404(visible, slug=slug)
    area = _area(request.GET.get("area", ""), programme)
    asked = standard_asked(request.user, request.GET, [programme])
    require_figures(request.user, area, asked.programmes, asked.span, asked.state)
    indicators = map_indicators(programme)
    code = _code(request.GET.get("indicator", ""), indicators)
    table = province_figures(request.user, asked, area, code) if code and area.level == Level.NATION else None
    units = by_unit(asked, table, code) if table else None
    if table and units and (fmt := request.GET.get("download")):
        facts = facts_of(
            asked, area=area, as_of=table.as_of, ledger_seq=table.ledger_seq, indicator=table.indicator(code)
        )
        if fmt == "svg":
            return _map_alone(asked, table, units, facts, code)
        return download(Sheet(units, facts=facts), fmt)
    context = {
        "programme": programme,
        "area": area,
        "asked": asked,
        "trail": _way(programme, area, asked),
        "chooser": _chooser(request, asked, area, indicators, code if table else ""),
        "headlines": headlines(request.user, asked, area),
        "map": province_map(asked, table, code) if table else None,
        "units": units,
        "trends": {
            "contents": asked.contents_url(area.key),
            "places": asked.places_url(code) if table and programme.area.level == Level.NATION else "",
        },
        "targets": target_attainment(
            programme=programme, span=asked.span, under=area, map_key=asked.map_key, state=asked.state
        ),
        "claims": claims_count([version.indicator.code for version in indicators]),
        **_duties(request, asked, area),
    }
    return render(request, "web/dashboard.html", context)


def _map_alone(
    asked: Asked, table: FigureTable, units: Table, facts: Sequence[Fact], code: str
) -> HttpResponse:
    drawn = province_map(asked, table, code)
    if drawn is None:
        raise errors.no_map_drawn()
    marks = {"is_simulated": table.is_simulated, "is_protected": table.is_protected}
    sheet = sheet_of_map(drawn, units.caption, facts, **marks)
    return svg_alone("web/maps/alone.svg", sheet, units)


def _area(key: str, programme: Programme) -> Area:
    if not key:
        return programme.area
    area: Area | None = Area.objects.filter(key=key).first()
    if area is None:
        raise errors.unknown_name(_("area"), key)
    return area


def _code(asked: str, indicators: Sequence[IndicatorVersion]) -> str:
    codes = [version.indicator.code for version in indicators]
    if asked and asked not in codes:
        raise errors.unknown_name(_("indicator of this programme"), asked)
    return asked or next(iter(codes), "")


def _way(programme: Programme, area: Area, asked: Asked) -> list[trail.Step]:
    steps = [trail.home(), trail.programme_step(programme)]
    here = trail.Step(_("Figures at a glance"))
    if area == programme.area:
        return [*steps, here]
    return [*steps, trail.Step(here.label, asked.dashboard_url()), trail.Step(areaname(area))]


def _chooser(
    request: HttpRequest, asked: Asked, area: Area, indicators: Sequence[IndicatorVersion], code: str
) -> Chooser:
    names = {each.indicator.code: f"{each.indicator.code} {localname(each)}" for each in indicators}
    return chooser(
        asked,
        after=[choice("indicator", _("On the map"), names, code)] if code else [],
        hidden=[("area", area.key)] if area != asked.programme.area else [],
        is_guest=not is_member(request.user),
    )


def _duties(request: HttpRequest, asked: Asked, area: Area) -> dict[str, object]:
    forms = forms_of(asked)
    form = _form(forms, request.GET.get("form", ""))
    if form is None:
        return {"duties": None}
    duties = duty_matrix(asked, area, form, request.GET.get("sort", ""))
    if not _may_see_units(request, asked, duties):
        return {"duties": None}
    rows, page = page_of(request, duties.rows)
    return {"duties": duties, "duty_rows": rows, "page": page, "forms": forms}


def _may_see_units(request: HttpRequest, asked: Asked, duties: DutyMatrix) -> bool:
    """A guest sees the duties of the units a published review speaks of, and of none below them."""
    if is_member(request.user) or not duties.rows:
        return True
    unit = Area.objects.get(pk=duties.rows[0].area.id)
    return can_view_figures(request.user, unit, asked.programmes, asked.span, asked.state)


def _form(forms: Sequence[ReportForm], code: str) -> ReportForm | None:
    return next((form for form in forms if form.code == code), next(iter(forms), None))
