"""Charts of the frozen context: a grammar drawn to SVG or PNG without a browser, the same bytes every time."""

from collections.abc import Mapping
from functools import cache
from typing import Any, Literal

import vl_convert

from phoihop.reviews.render.charts.night import night
from phoihop.reviews.render.charts.spec import specification
from phoihop.reviews.render.form import CHART_FONT_DIR
from phoihop.reviews.render.labels import Language

_PRINT_PPI = 200
_LOCALES: dict[Language, dict[str, Any]] = {
    "vi": {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["", " ₫"]},
    "en": {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["", " VND"]},
}


def draw(
    chart: Mapping[str, Any],
    lang: Language,
    fmt: Literal["svg", "png"],
    *,
    bare: bool = False,
    dark: bool = False,
    lettering: float = 1.0,
) -> bytes:
    """The chart with its title and notes; bare without them, for a page that writes them as text.

    lettering: how many times as large as on paper; a wall is read from the last row.
    """
    _register_fonts()
    spec = specification(chart, lang, bare=bare, lettering=lettering)
    if dark:
        spec = night(spec)
    if fmt == "svg":
        drawn: str = vl_convert.vegalite_to_svg(spec, format_locale=_LOCALES[lang])
        return drawn.encode()
    return vl_convert.vegalite_to_png(spec, format_locale=_LOCALES[lang], ppi=_PRINT_PPI)


@cache
def _register_fonts() -> None:
    vl_convert.register_font_directory(str(CHART_FONT_DIR))
