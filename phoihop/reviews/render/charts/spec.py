"""The grammar of each kind of chart. Lengths are points, so that sizes on paper are the sizes written here."""

import json
import textwrap
from collections.abc import Mapping
from typing import Any

import altair as alt

from phoihop.reviews.render.charts.notes import titled
from phoihop.reviews.render.charts.points import Points, points_of
from phoihop.reviews.render.labels import Language

WIDTH_PT = 440
# The drawing library brings a Liberation Sans without Vietnamese, and the first of a name wins: hence a name of our own.
_FONT = "Phoi Hop Sans, Be Vietnam Pro, Arial, sans-serif"
_CHARACTER_PT = 4.9  # mean advance at the labels' size
# Okabe and Ito's colours tell apart under every common colour blindness; dashes and shapes tell apart in grey.
PALETTE = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000"]
_DASHES = [[1, 0], [6, 3], [2, 2], [8, 3, 2, 3], [1, 0], [6, 3], [2, 2]]
_SHAPES = ["circle", "square", "triangle-up", "diamond", "cross", "triangle-down", "circle"]
_LABELLED = 14  # up to so many bars carry their figure


def specification(
    chart: Mapping[str, Any], lang: Language, *, bare: bool, lettering: float = 1.0
) -> dict[str, Any]:
    points = points_of(chart, lang, lettering)
    drawn = _KINDS[chart["kind"]](points)
    whole = titled(drawn, chart, points, lang, bare=bare)
    configured = (
        whole.configure(font=_FONT, background="white", padding=4)
        .configure_view(stroke=None)
        .configure_axis(
            labelFontSize=9 * lettering, labelColor="#222", domainColor="#666", tickColor="#666", gridColor="#E3E3E3",
            labelLimit=190 * lettering, labelPadding=4,
        )
        .configure_legend(
            orient="bottom", title=None, labelFontSize=9 * lettering, labelLimit=400, symbolStrokeWidth=2, symbolSize=60,
            columns=3,
        )
        .configure_header(labelFontSize=9.5, labelFontWeight="bold", labelLimit=200, title=None)
    )  # fmt: skip
    spec: dict[str, Any] = configured.to_dict()
    return spec


def _x(points: Points, **options: Any) -> alt.X:
    """Labels stand upright on two or three short lines where they can, and lean where they cannot."""
    slot = int((WIDTH_PT - 60) / max(len(points.categories), 1) / (_CHARACTER_PT * points.lettering))
    lines = [textwrap.wrap(each, max(slot, 1), break_long_words=False) for each in points.categories]
    upright = all(len(each) <= 3 and max(map(len, each), default=0) <= slot for each in lines)
    wrapped = dict(zip(points.categories, lines, strict=True))
    axis = alt.Axis(
        title=None,
        grid=False,
        labelAngle=0 if upright else -40,
        labelExpr=f"({json.dumps(wrapped, ensure_ascii=False)})[datum.value]" if upright else alt.Undefined,
    )
    return alt.X("x:N", sort=points.categories, axis=axis, **options)


def _value_axis() -> alt.Axis:
    return alt.Axis(title=None, format=",~f", tickCount=5, domain=False, ticks=False)


def _colour(points: Points) -> Any:
    if len(points.series) == 1:
        return alt.value(PALETTE[0])
    scale = alt.Scale(domain=points.series, range=_cycled(PALETTE, points))
    return alt.Color("series:N", scale=scale, sort=points.series)


def _cycled(choices: list[Any], points: Points) -> list[Any]:
    return [choices[index % len(choices)] for index in range(len(points.series))]


def _line(points: Points) -> Any:
    """A missing point is a gap in the line, never a fall to zero."""
    encoding: dict[str, Any] = {
        "x": _x(points, scale=alt.Scale(type="point", padding=0.3)),
        "y": alt.Y("value:Q", axis=_value_axis(), scale=alt.Scale(zero=True)),
        "color": _colour(points),
    }
    if len(points.series) > 1:
        encoding["strokeDash"] = alt.StrokeDash(
            "series:N",
            sort=points.series,
            scale=alt.Scale(domain=points.series, range=_cycled(_DASHES, points)),
        )
        encoding["shape"] = alt.Shape(
            "series:N",
            sort=points.series,
            scale=alt.Scale(domain=points.series, range=_cycled(_SHAPES, points)),
        )
    marks = alt.Chart(points.data).mark_line(
        invalid="break-paths-show-path-domains", strokeWidth=2, point=alt.OverlayMarkDef(size=40, filled=True)
    )
    return marks.encode(**encoding).properties(width=WIDTH_PT - 60, height=170)


def _bar(points: Points) -> Any:
    return _lying_bars(points) if len(points.categories) > 10 else _standing_bars(points)


def _standing_bars(points: Points) -> Any:
    grouped = len(points.series) > 1
    offset: dict[str, Any] = {"xOffset": alt.XOffset("series:N", sort=points.series)} if grouped else {}
    base = alt.Chart(points.data).encode(
        x=_x(points, scale=alt.Scale(paddingInner=0.3, paddingOuter=0.2)),
        y=alt.Y("value:Q", axis=_value_axis(), scale=alt.Scale(zero=True)),
        **offset,
    )
    layers = [base.mark_bar().encode(color=_colour(points))]
    if len(points.categories) * len(points.series) <= _LABELLED:
        layers.append(
            _figures(
                base.mark_text(dy=-5 * points.lettering, fontSize=8.5 * points.lettering, color="#222"),
                y=alt.Y("base:Q"),
            )
        )
    return alt.layer(*layers).properties(width=WIDTH_PT - 60, height=170)


def _lying_bars(points: Points) -> Any:
    """Many long names read across: one line each, in the order given, never sorted by size."""
    grouped = len(points.series) > 1
    step = max(7.5, min(15.0, 560 / (len(points.categories) * len(points.series))))
    offset: dict[str, Any] = {"yOffset": alt.YOffset("series:N", sort=points.series)} if grouped else {}
    size = (8 if step * len(points.series) >= 10 else 7) * points.lettering
    step *= points.lettering
    axis = alt.Axis(title=None, labelFontSize=size, ticks=False, domain=False, labelOverlap=False)
    base = alt.Chart(points.data).encode(
        y=alt.Y("x:N", sort=points.categories, axis=axis, scale=alt.Scale(paddingInner=0.25)),
        x=alt.X("value:Q", axis=_value_axis(), scale=alt.Scale(zero=True)),
        **offset,
    )
    bars = base.mark_bar().encode(color=_colour(points))
    figures = _figures(base.mark_text(align="left", dx=3, fontSize=size, color="#222"), x=alt.X("base:Q"))
    height = step * len(points.categories) * len(points.series)
    return alt.layer(bars, figures).properties(width=WIDTH_PT - 110, height=height)


def _figures(marks: alt.Chart, **place: Any) -> alt.Chart:
    """The figure at the end of its bar; a dash at the base where it is missing."""
    return marks.encode(text="written:N", **place)


def _small_multiples(points: Points) -> Any:
    """One small chart a series, each with its own scale from zero: shapes compare, sizes do not."""
    columns = 2 if len(points.series) <= 4 else 3
    width = (WIDTH_PT - 56 * columns) / columns
    thinned = points.categories[:: max(1, -(-len(points.categories) * 34 // int(width)))]
    axis = alt.Axis(title=None, grid=False, labelAngle=0, labelFontSize=8 * points.lettering, values=thinned)
    marks = alt.Chart(points.data).mark_line(
        invalid="break-paths-show-path-domains",
        strokeWidth=1.8,
        color=PALETTE[0],
        point=alt.OverlayMarkDef(size=24, filled=True, color=PALETTE[0]),
    )
    small = marks.encode(
        x=alt.X("x:N", sort=points.categories, axis=axis, scale=alt.Scale(type="point", padding=0.3)),
        y=alt.Y("value:Q", axis=_value_axis(), scale=alt.Scale(zero=True)),
    ).properties(width=width, height=80)
    facet = alt.Facet("series:N", sort=points.series, header=alt.Header(title=None))
    return small.facet(facet=facet, columns=columns, spacing=14).resolve_scale(
        x="independent", y="independent"
    )


_KINDS = {"bar": _bar, "line": _line, "small_multiples": _small_multiples}
