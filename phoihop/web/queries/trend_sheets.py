"""A picture as a sheet that stands alone: its title, its signs and its source drawn with it."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from phoihop.core.templatetags.vietnamese import localname, number
from phoihop.web.drawing.small import grid
from phoihop.web.queries.multiples import ContentsPage, PlacesPage, title_of
from phoihop.web.queries.trend_source import lines_of_sheet, source_lines, wrapped
from phoihop.web.queries.trends import TrendPage
from phoihop.web.tables import Fact, Page

ACROSS = 4  # small charts in a row
TITLE_LETTERS = 84
_EMPTY_HEIGHT, _WIDTH = 80, 880


def source_of(page: TrendPage | PlacesPage | ContentsPage, facts: Sequence[Fact]) -> list[str]:
    return source_lines(facts, is_simulated=page.table.is_simulated)


def sheet_of(page: TrendPage, facts: Sequence[Fact]) -> dict[str, Any]:
    title = f"{page.indicator.code} {localname(page.indicator)} ({page.unit})"
    titles = wrapped(title, TITLE_LETTERS)
    source = lines_of_sheet(
        source_of(page, facts), is_protected=page.table.is_protected, unlike=page.unlike_words
    )
    height = page.wide.height if page.wide else _EMPTY_HEIGHT
    top = 24 * len(titles) + 34
    return {
        "page": page,
        "title": title,
        "titles": titles,
        "top": top,
        "source": source,
        "width": page.wide.width if page.wide else _WIDTH,
        "height": top + height + 20 * len(source) + 16,
        "source_top": top + height + 18,
    }


def sheet_of_many(
    page: PlacesPage | ContentsPage, facts: Sequence[Fact], paging: Page | None
) -> dict[str, Any]:
    title = title_of(page)
    if paging and paging.count > 1:
        part = {"first": number(paging.first), "last": number(paging.last), "total": number(paging.total)}
        title = f"{title} – {_('%(first)s–%(last)s of %(total)s') % part}"
    titles = wrapped(title, TITLE_LETTERS)
    unlike = _("Unlike shares of the units reported them: the table names each.") if page.is_unlike else ""
    source = lines_of_sheet(source_of(page, facts), is_protected=page.table.is_protected, unlike=unlike)
    placed = grid(len(page.items), ACROSS, head=24 * len(titles) + 66, foot=20 * len(source) + 16)
    return {
        "page": page,
        "title": title,
        "titles": titles,
        "source": source,
        "sheet": placed,
        "cells": list(zip(placed.cells, page.items, strict=True)),
        "source_top": placed.height - 20 * len(source) - 4,
    }
