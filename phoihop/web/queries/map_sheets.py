"""The map of an indicator as a sheet that stands alone: its title, its legend, its signs and its source drawn with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from phoihop.core.templatetags.vietnamese import number
from phoihop.web.drawing.tiles import DrawnTile
from phoihop.web.queries.province_map import ProvinceMap
from phoihop.web.queries.trend_source import source_lines, wrapped
from phoihop.web.tables import Fact

# A sheet has no style sheet: the light theme's scale, from missing to most, and the ink that is read on each.
FILLS = ("#e9e7e1", "#fde9a5", "#cbba69", "#958f78", "#575d6d", "#00224e")
INKS = ("#4d4c48", "#1a1a18", "#1a1a18", "#111110", "#ffffff", "#ffffff")
MARGIN, LEGEND, LINE, LETTERS, LEAST_WIDTH = 24, 130, 20, 84, 700


@dataclass(frozen=True, slots=True)
class SheetTile:
    tile: DrawnTile
    fill: str
    ink: str


@dataclass(frozen=True, slots=True)
class Key:
    x: int
    fill: str
    text: str


def sheet_of_map(
    drawn: ProvinceMap, title: str, facts: Sequence[Fact], *, is_simulated: bool, is_protected: bool
) -> dict[str, Any]:
    titles = wrapped(title, LETTERS)
    signs = [
        _(
            "One equal tile a province, placed near its neighbours. Dark is more, light is less: it is no ranking and judges no one."
        )
    ]
    if is_protected:
        signs.append(_("<5 and *: small counts of persons are protected and not drawn at their value."))
    source = [
        part
        for line in [*source_lines(facts, is_simulated=is_simulated), *signs]
        for part in wrapped(line, LETTERS + 10)
    ]
    top = MARGIN + 24 * len(titles) + 12
    legend_top = top + drawn.drawn.height + 24
    source_top = legend_top + 44
    keys = _keys(drawn)
    return {
        "map": drawn.drawn,
        "tiles": [SheetTile(tile, FILLS[tile.step], INKS[tile.step]) for tile in drawn.drawn.tiles],
        "title": title,
        "titles": titles,
        "keys": keys,
        "source": source,
        "top": top,
        "legend_top": legend_top,
        "source_top": source_top,
        "width": max(LEAST_WIDTH, drawn.drawn.width + 2 * MARGIN, len(keys) * LEGEND + 2 * MARGIN),
        "height": source_top + LINE * len(source),
    }


def _keys(drawn: ProvinceMap) -> list[Key]:
    """What each colour stands for; the same value may fill a class alone."""
    decimals = drawn.indicator.decimals
    words = [
        (step.index, "–".join(dict.fromkeys((number(step.least, decimals), number(step.most, decimals)))))
        for step in drawn.scale.steps
    ]
    if drawn.missing:
        words.append((0, _("missing")))
    return [Key(MARGIN + at * LEGEND, FILLS[index], text) for at, (index, text) in enumerate(words)]
