"""What stands around a chart: its title and unit above; source, day and coverage below."""

import textwrap
from collections.abc import Mapping
from typing import Any

import altair as alt

from phoihop.reviews.render.charts.points import Points, inline
from phoihop.reviews.render.labels import Language, label
from phoihop.reviews.render.words import short_date, text

_TITLE_CHARACTERS = 84
_NOTE_CHARACTERS = 104


def titled(
    drawn: Any, chart: Mapping[str, Any], points: Points, lang: Language, *, bare: bool
) -> alt.VConcatChart | Any:
    unit = text(chart.get("unit"), lang)
    below = label("unit", lang, unit=unit) if unit else ""
    if bare:
        heading = alt.Title(
            below,
            anchor="start",
            frame="group",
            fontSize=9 * points.lettering,
            fontWeight="normal",
            color="#333",
        )
        return drawn.properties(title=heading) if below else drawn
    title = textwrap.wrap(text(chart.get("title"), lang), _TITLE_CHARACTERS)
    heading = alt.Title(
        title or [""], subtitle=below, anchor="start", frame="group", fontSize=11.5, subtitleFontSize=9,
        subtitleColor="#333", offset=8,
    )  # fmt: skip
    footer = _footer(_lines(chart, lang))
    whole = drawn.properties(title=heading)
    return alt.vconcat(whole, footer, spacing=6) if footer else whole


def _lines(chart: Mapping[str, Any], lang: Language) -> list[str]:
    source, as_of = text(chart.get("source"), lang), chart.get("as_of")
    note = text(chart.get("note"), lang)
    parts = [
        label("source", lang, text=source.rstrip(" .")) if source else "",
        label("as_of", lang, day=short_date(as_of)) if as_of else "",
        label("note", lang, text=note.rstrip(" .")) if note else "",
    ]
    told = ". ".join(filter(None, parts))
    return textwrap.wrap(f"{told}.", _NOTE_CHARACTERS) if told else []


def _footer(lines: list[str]) -> Any:
    if not lines:
        return None
    data: Any = inline([{"line": index, "told": line} for index, line in enumerate(lines)])
    marks = alt.Chart(data).mark_text(align="left", x=0, fontSize=8.5, color="#444")
    encoded = marks.encode(text="told:N", y=alt.Y("line:O", axis=None))
    return encoded.properties(width=380, height=12 * len(lines))
