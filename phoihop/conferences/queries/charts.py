"""Charts of the review under discussion; while a site has the floor, those of its area.

A review freezes a trend of its own area alone. That of another area is drawn from the reports received by now, over the
same windows, on the same map, protected as for everyone who has not signed in, and says so.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from phoihop.areas.enums import Level
from phoihop.areas.models import Area
from phoihop.conferences.models import Conference
from phoihop.conferences.queries.figures import areas_followed, context_of
from phoihop.core.clock import day_of
from phoihop.core.tables import Table
from phoihop.core.templatetags.vietnamese import areaname
from phoihop.periods import Span
from phoihop.reviews.compose.text import Text
from phoihop.reviews.models import ReviewVersion
from phoihop.reviews.pages.chart_tables import chart_table
from phoihop.reviews.render.labels import Language
from phoihop.reviews.render.plan.figures import alt_text
from phoihop.reviews.render.words import short_date, text
from phoihop.rollup.live import ensure_fresh
from phoihop.rollup.protection import protect_trend
from phoihop.rollup.queries import trend

Chart = Mapping[str, Any]
LANGUAGES: tuple[Language, ...] = ("vi", "en")
MOST_BARS = 10  # with their names, on half a wall
_PERCENT = {"vi": "%", "en": "%"}
BANDS = (
    (Text("100 %", "100 %"), Decimal(100), Decimal("Infinity")),
    (Text("Từ 90 %", "From 90 %"), Decimal(90), Decimal(100)),
    (Text("Từ 50 %", "From 50 %"), Decimal(50), Decimal(90)),
    (Text("Dưới 50 %", "Below 50 %"), Decimal(0), Decimal(50)),
)
_UNKNOWN, _UNITS = Text("Chưa có", "None yet"), Text("đơn vị", "units")
_HOW_MANY, _AT = Text("số đơn vị", "number of units"), Text("Mức", "Height")
_COUNTRY = Text("Cả nước", "The whole country")
_OF_NOW = Text("Theo báo cáo của đơn vị đã tiếp nhận đến nay", "By the area's reports received by now")


@dataclass(frozen=True, slots=True)
class HallChart:
    key: str
    name: str
    said: str  # for who does not see it
    table: Table
    note: str
    as_of: str
    place: str = ""  # empty: the review's own area
    query: str = ""  # of its address
    lacking: str = ""  # the place followed, where there is too little of it to draw


def charts_of(
    conference: Conference, keys: Sequence[str], lang: Language, area_id: int | None = None
) -> list[HallChart]:
    """Missing: those the review does not have are left out; one that the area has nothing for is the review's own."""
    if conference.review is None:
        return []
    context, named = context_of(conference.review), [each for each in keys if each.startswith("chart:")]
    found = [(key.removeprefix("chart:"), area_id) for key in named]
    return [
        _hall_chart(context, conference, key, area, lang) for key, area in found if key in context["charts"]
    ]


def chart_of(conference: Conference, key: str, area_id: int | None = None) -> Chart | None:
    """As it is drawn: the area's, where it is one of the conference's sites and there is something to draw."""
    if conference.review is None:
        return None
    own: Chart | None = context_of(conference.review)["charts"].get(key)
    if own is None:
        return None
    local = _of_area(conference, key, area_id)
    return local.chart if local else for_screens(own)


def _hall_chart(
    context: Mapping[str, Any], conference: Conference, key: str, area_id: int | None, lang: Language
) -> HallChart:
    local = _of_area(conference, key, area_id)
    chart = local.chart if local else for_screens(context["charts"][key])
    areas = areas_followed(area_id, context["review"]["area"]["id"])
    return HallChart(
        key=key,
        name=text(chart["title"], lang),
        said=alt_text(chart, lang),
        table=chart_table({**context, "charts": {key: chart}}, key, lang),
        note=text(chart["note"], lang) if chart.get("note") else "",
        as_of=short_date(chart.get("as_of")),
        place=areaname(local.area) if local else "",
        query=f"khu-vuc={area_id}" if local else "",
        lacking="" if local or not areas else areaname(areas[0]),
    )


def for_screens(chart: Chart) -> Chart:
    """More units than a wall has room for are told by how many stand at which height."""
    points = [value for series in chart["series"] for _x, value in series["points"]]
    if chart["kind"] != "bar" or len(points) <= MOST_BARS or chart["unit"] != _PERCENT:
        return chart
    known = [Decimal(value) for value in points if value is not None]
    counts = [sum(low <= value < high for value in known) for _name, low, high in BANDS]
    bands = [[name.as_json(), str(count)] for (name, _low, _high), count in zip(BANDS, counts, strict=True)]
    without = [[_UNKNOWN.as_json(), str(len(points) - len(known))]]
    title = {lang: f"{text(chart['title'], lang)}: {text(_HOW_MANY.as_json(), lang)}" for lang in LANGUAGES}
    unit = _UNITS.as_json()
    series = {"label": unit, "points": bands + without, "figures": []}
    return {
        **chart,
        "title": title,
        "x": _AT.as_json(),
        "y": unit,
        "unit": unit,
        "series": [series],
        "note": None,
    }


@dataclass(frozen=True, slots=True)
class _Local:
    area: Area
    chart: Chart


def _of_area(conference: Conference, key: str, area_id: int | None) -> _Local | None:
    """Of the nearest area that has enough to draw."""
    version = conference.review
    if version is None or not area_id or not conference.sites.filter(area=area_id).exists():
        return None
    for area in areas_followed(area_id, version.review.area_id):
        chart = _drawn(version.pk, version.context_hash, key, area.pk, ensure_fresh().seq)
        if chart is not None:
            return _Local(area, chart)
    return None


@lru_cache(maxsize=64)
def _drawn(version_pk: int, _hash: str, key: str, area_id: int, _seq: int) -> Chart | None:
    version = ReviewVersion.objects.select_related("review__area").get(pk=version_pk)
    context, area = context_of(version), Area.objects.get(pk=area_id)
    chart = context["charts"].get(key)
    if chart is None:
        return None
    return _trend(version, chart, area) if chart["kind"] == "line" else _beside(context, chart, area)


def _trend(version: ReviewVersion, chart: Chart, area: Area) -> Chart | None:
    """Missing: None where fewer than two windows have a figure of the area: a trend is of two."""
    (series,) = chart["series"]
    code = next((each.partition(":")[0] for each in series["figures"] if each), "")
    review = version.review
    span, on = Span(review.span_from, review.span_until), review.map_key
    programmes = [review.programme, *review.also_reviews.all()]
    points = trend(
        indicator=code, area=area, span=span, map_key=on, state=review.state, programmes=programmes
    )
    shown = protect_trend(points, area=area, span=span, map_key=on)
    values = {f"{code}:{each.windows[0]}": each for each in shown if each.windows and each.value is not None}
    drawn = [
        [x, format(values[each].value, "f") if each in values else None]
        for (x, _value), each in zip(series["points"], series["figures"], strict=True)
    ]
    if sum(value is not None for _x, value in drawn) < 2:
        return None
    days = [each.as_of for each in values.values() if each.as_of]
    return {
        **chart,
        "title": _titled(chart, area),
        "series": [
            {
                "label": Text(area.full_name, area.full_name).as_json(),
                "points": drawn,
                "figures": list(series["figures"]),
            }
        ],
        "note": _OF_NOW.as_json(),
        "as_of": day_of(max(days)).isoformat() if days else chart["as_of"],
    }


def _beside(context: Mapping[str, Any], chart: Chart, area: Area) -> Chart | None:
    """Of a chart unit by unit: the area and the whole, both as they were frozen."""
    (series,) = chart["series"]
    at = next((n for n, key in enumerate(series["figures"]) if key.endswith(f"@{area.pk}")), None)
    whole = context["figures"].get(series["figures"][0].partition("@")[0]) if at is not None else None
    if at is None or whole is None:
        return None
    held = context["review"]["area"]
    name = _COUNTRY if held["level"] == Level.NATION else Text(held["full_name"], held["full_name"])
    points = [series["points"][at], [name.as_json(), whole.get("value")]]
    keys = [series["figures"][at], series["figures"][at].partition("@")[0]]
    drawn = {**series, "points": points, "figures": keys}
    return {**chart, "title": _titled(chart, area), "series": [drawn], "note": None}


def _titled(chart: Chart, area: Area) -> dict[str, str]:
    return {lang: f"{area.full_name} – {text(chart['title'], lang)}" for lang in LANGUAGES}
