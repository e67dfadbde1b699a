"""What stands beside a definition: how the indicator goes in the country, where, and how complete it is."""

import re
from dataclasses import dataclass

from django.http import QueryDict

from phoihop.areas.enums import Level
from phoihop.core.errors import DomainError
from phoihop.core.templatetags.vietnamese import number
from phoihop.indicators.enums import Rule
from phoihop.indicators.models import IndicatorVersion, Source
from phoihop.orgs.permissions import AnyUser
from phoihop.programmes.models import Programme
from phoihop.rollup.queries import FigureTable
from phoihop.web.forms.asked import Asked
from phoihop.web.permissions import can_view_figures
from phoihop.web.queries.openness import standard_asked
from phoihop.web.queries.province_figures import province_figures
from phoihop.web.queries.province_map import ProvinceMap, province_map
from phoihop.web.queries.trends import TrendPage, trend_page

_SOURCE_CODE = re.compile(r"\bS\d+[a-z]?\b")


@dataclass(frozen=True)
class NationalFigures:
    """Of the newest programme that selects it and whose figures the reader may see."""

    programme: Programme
    asked: Asked
    page: TrendPage
    units: FigureTable
    map: ProvinceMap | None

    @property
    def code(self) -> str:
        return self.page.indicator.code

    @property
    def provinces_given(self) -> str:
        """Provinces with a figure, of all on the map."""
        rows = [row for row in self.units.areas if row.level == Level.PROVINCE and row.is_on_map]
        given = [row for row in rows if not self.units.get(row.id, self.code).is_missing]
        return f"{number(len(given))}/{number(len(rows))}"


def national_figures(user: AnyUser, version: IndicatorVersion) -> NationalFigures | None:
    """None where no programme selects it for the country, or none of its figures are open to the reader."""
    code = version.indicator.code
    selecting = (
        Programme.objects.visible_to(user)
        .filter(selections__indicator=version.indicator, area__level=Level.NATION)
        .select_related("area", "localises")
        .order_by("-term_from", "slug")
    )
    for programme in selecting:
        asked = _asked(user, programme)
        if asked and can_view_figures(user, programme.area, asked.programmes, asked.span, asked.state):
            return _figures(user, programme, asked, code, version)
    return None


def _asked(user: AnyUser, programme: Programme) -> Asked | None:
    try:
        return standard_asked(user, QueryDict(), [programme])
    except DomainError:  # no window has begun
        return None


def _figures(
    user: AnyUser, programme: Programme, asked: Asked, code: str, version: IndicatorVersion
) -> NationalFigures:
    units = province_figures(user, asked, programme.area, code)
    drawn = province_map(asked, units, code) if version.over_time != Rule.NONE else None
    return NationalFigures(programme, asked, trend_page(user, asked, programme.area, code), units, drawn)


def sources_of(version: IndicatorVersion) -> list[Source]:
    """The sources its definition and its plausible range name by their codes."""
    codes = _SOURCE_CODE.findall(f"{version.source} {version.plausible_source}")
    found = {source.code: source for source in Source.objects.filter(code__in=codes)}
    return [found[code] for code in dict.fromkeys(codes) if code in found]
