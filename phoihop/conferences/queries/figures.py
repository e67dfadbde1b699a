"""Figures of the review under discussion, as the screens show them: frozen, with what they are now beside."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext

from phoihop.areas.models import Area
from phoihop.conferences.models import Conference
from phoihop.core.tables import Table
from phoihop.core.templatetags.vietnamese import areaname
from phoihop.reviews.models import FigureCheck, ReviewVersion
from phoihop.reviews.pages.chart_tables import chart_table
from phoihop.reviews.pages.linked import pinned
from phoihop.reviews.queries.public import Public, public_context
from phoihop.reviews.render.labels import Language
from phoihop.reviews.render.plan.figures import alt_text
from phoihop.reviews.render.words import figure_coverage, figure_text, number, short_date, text

MOST = 6  # on one screen: more cannot be read from the last row


@dataclass(frozen=True, slots=True)
class HallFigure:
    """A number never stands alone: with its unit, day, coverage, and what it is now where it has moved."""

    key: str
    name: str
    value: str
    coverage: str
    as_of: str
    address: str  # of its definition and lineage
    now: str  # empty: as frozen
    place: str  # empty: the review's own area


@dataclass(frozen=True, slots=True)
class HallChart:
    key: str
    name: str
    said: str  # for who does not see it
    table: Table


@dataclass(frozen=True, slots=True)
class Choice:
    key: str
    name: str


@dataclass(frozen=True, slots=True)
class ChoiceGroup:
    name: str
    choices: Sequence[Choice]


def hall_figures(
    conference: Conference, keys: Iterable[str], lang: Language, area_id: int | None = None
) -> list[HallFigure]:
    """Those of the area too, each after its country's, where the review has them for it.

    Missing: keys the review does not have are left out.
    """
    version = conference.review
    if version is None:
        return []
    figures = context_of(version)["figures"]
    now = _moved(version)
    wanted = [each for key in keys for each in (key, f"{key}@{area_id}")] if area_id else list(keys)
    return [_figure(key, figures, now, lang, version) for key in wanted if key in figures][: 2 * MOST]


def choices(conference: Conference, lang: Language) -> list[Choice]:
    """What the director can put on the screen: the review's own figures, then its charts."""
    if conference.review is None:
        return []
    context = context_of(conference.review)
    figures = [
        Choice(key, text(figure["name"], lang)) for key, figure in context["figures"].items() if key.isalnum()
    ]
    return figures + [
        Choice(f"chart:{key}", text(chart["title"], lang)) for key, chart in context["charts"].items()
    ]


def choice_groups(conference: Conference, lang: Language, chosen: Sequence[str]) -> list[ChoiceGroup]:
    """What is on the screen first, then by the section of the review that tells it, charts last."""
    offered = choices(conference, lang)
    if not offered or conference.review is None:
        return []
    sections = _sections(context_of(conference.review), lang)
    groups: dict[str, list[Choice]] = {gettext("On the screen now"): []}
    groups |= {title: [] for title in dict.fromkeys(sections.values())}
    for each in offered:
        name = gettext("Charts") if each.key.startswith("chart:") else gettext("Other figures")
        title = gettext("On the screen now") if each.key in chosen else sections.get(each.key, name)
        groups.setdefault(title, []).append(each)
    return [ChoiceGroup(title, found) for title, found in groups.items() if found]


def _sections(context: Mapping[str, Any], lang: Language) -> dict[str, str]:
    """Figure -> title of the section that tells it first, in a sentence or a table."""
    found: dict[str, str] = {}
    for section in context["sections"]:
        for block in section["blocks"]:
            for key in _told_in(block, context["tables"]):
                found.setdefault(key, text(section["title"], lang))
    return found


def _told_in(block: Mapping[str, Any], tables: Mapping[str, Any]) -> list[str]:
    if block["kind"] != "table":
        return list(block.get("figures", []))
    rows = tables.get(block["table"], {}).get("rows", [])
    return [row["figure"] for row in rows if row.get("figure")]


def charts_of(conference: Conference, keys: Sequence[str], lang: Language) -> list[HallChart]:
    if conference.review is None:
        return []
    context = context_of(conference.review)
    charts = context["charts"]
    named = [key.removeprefix("chart:") for key in keys if key.startswith("chart:")]
    return [
        HallChart(
            key,
            text(charts[key]["title"], lang),
            alt_text(charts[key], lang),
            chart_table(context, key, lang),
        )
        for key in named
        if key in charts
    ]


def chart_of(conference: Conference, key: str) -> Mapping[str, Any] | None:
    if conference.review is None:
        return None
    found: Mapping[str, Any] | None = context_of(conference.review)["charts"].get(key)
    return found


def context_of(version: ReviewVersion) -> Mapping[str, Any]:
    """As the public may see it: nobody signs in before a wall. A frozen context never changes, it is read once a process."""
    return _public(version.pk, version.context_hash).context


@lru_cache(maxsize=4)
def _public(pk: int, _hash: str) -> Public:
    return public_context(json.loads(ReviewVersion.objects.values_list("context", flat=True).get(pk=pk)))


def _moved(version: ReviewVersion) -> Mapping[str, str | None]:
    """Values of today, exact, of the figures that are no longer what was frozen; not of those that are protected."""
    check = FigureCheck.objects.filter(version=version).first()
    hidden = _public(version.pk, version.context_hash).hidden
    return (
        {key: value for key, value in check.values.items() if key not in hidden} if check is not None else {}
    )


def _figure(
    key: str,
    figures: Mapping[str, Any],
    moved: Mapping[str, str | None],
    lang: Language,
    version: ReviewVersion,
) -> HallFigure:
    figure = figures[key]
    is_moved = key in moved and moved[key] != figure.get("value")
    address = pinned({key: figure}, version.review.slug, version.number)[key].get("lineage") or ""
    return HallFigure(
        key=key,
        name=text(figure["name"], lang),
        value=figure_text(figure, lang),
        coverage=figure_coverage(figure, lang),
        as_of=short_date(figure.get("as_of")),
        address=address,
        now=number(moved[key], lang, figure.get("decimals")) if is_moved else "",
        place=areaname(Area.objects.get(pk=figure["area_id"])) if "@" in key else "",
    )
