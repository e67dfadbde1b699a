"""Figures of the review under discussion, as the screens show them: frozen, with what they are now beside.

While a site has the floor they are those of its area, the country's told with them; then the country's again.
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import takewhile
from typing import Any

from django.utils.translation import gettext

from phoihop.areas.models import Area
from phoihop.areas.queries import path_of
from phoihop.conferences import hall_errors
from phoihop.conferences.models import Conference
from phoihop.core import clock
from phoihop.core.templatetags.vietnamese import areaname
from phoihop.reviews.models import FigureCheck, ReviewVersion
from phoihop.reviews.pages.linked import pinned
from phoihop.reviews.queries.public import Public, public_context
from phoihop.reviews.render.labels import Language
from phoihop.reviews.render.words import figure_text, number, reports_coverage, short_date, text

MOST = 6  # on one screen: more cannot be read from the last row
BESIDE_A_CHART = 3
BESIDE_A_SPEAKER = 3  # drawn large


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
    whole: str = ""  # of a place: the review's own area, its value and coverage
    lacking: str = ""  # the place followed, where the review has nothing of it


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
    """Of the area where the review has them for it, else the review's own with a word that it has not.

    Missing: keys the review does not have are left out.
    """
    version = conference.review
    if version is None:
        return []
    asked = _Asked(context_of(version)["figures"], _moved(version), lang, version)
    areas = areas_followed(area_id, version.review.area_id)
    return [_placed(key, areas, asked) for key in keys if key in asked.figures][:MOST]


def areas_followed(area_id: int | None, own_id: int) -> list[Area]:
    """The area and those above it, nearest first, up to the review's own: a ward speaks with its province's figures."""
    area = Area.objects.filter(pk=area_id).first() if area_id and area_id != own_id else None
    if area is None:
        return []
    above = [each for each in reversed(path_of(area, clock.today())) if each.pk != area.pk]
    return [area, *takewhile(lambda each: each.pk != own_id, above)]


def require_room(keys: Collection[str]) -> None:
    """Raises: DomainError for more than a wall has room for, in letters that the last row can read."""
    charts = sum(key.startswith("chart:") for key in keys)
    figures = len(keys) - charts
    if charts > 1 or figures > (BESIDE_A_CHART if charts else MOST):
        raise hall_errors.too_many_figures(figures, charts)


def require_room_beside(keys: Collection[str]) -> None:
    """Beside who speaks, drawn large. Raises: DomainError for more than that half of a wall has room for."""
    charts = sum(key.startswith("chart:") for key in keys)
    if len(keys) > (1 if charts else BESIDE_A_SPEAKER):
        raise hall_errors.too_many_beside(len(keys) - charts, charts)


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


def choice_groups(
    conference: Conference, lang: Language, chosen: Sequence[str], first: str = ""
) -> list[ChoiceGroup]:
    """What is chosen first (on the screen, unless told), then by the section of the review that tells it, charts last."""
    first = first or gettext("On the screen now")
    offered = choices(conference, lang)
    if not offered or conference.review is None:
        return []
    sections = _sections(context_of(conference.review), lang)
    groups: dict[str, list[Choice]] = {first: []}
    groups |= {title: [] for title in dict.fromkeys(sections.values())}
    for each in offered:
        name = gettext("Charts") if each.key.startswith("chart:") else gettext("Other figures")
        title = first if each.key in chosen else sections.get(each.key, name)
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


@dataclass(frozen=True, slots=True)
class _Asked:
    figures: Mapping[str, Any]
    moved: Mapping[str, str | None]
    lang: Language
    version: ReviewVersion


def _placed(key: str, areas: Sequence[Area], asked: _Asked) -> HallFigure:
    if not areas:
        return _figure(key, asked)
    area = next((each for each in areas if f"{key}@{each.pk}" in asked.figures), None)
    if area is None:
        return replace(_figure(key, asked), lacking=areaname(areas[0]))
    local = f"{key}@{area.pk}"
    whole = _figure(key, asked)
    said = f"{areaname(asked.version.review.area)}: {whole.value} ({whole.coverage})"
    return replace(_figure(local, asked), place=areaname(area), whole=said)


def _figure(key: str, asked: _Asked) -> HallFigure:
    figure, moved, lang = asked.figures[key], asked.moved, asked.lang
    is_moved = key in moved and moved[key] != figure.get("value")
    address = pinned({key: figure}, asked.version.review.slug, asked.version.number)[key].get("lineage") or ""
    return HallFigure(
        key=key,
        name=text(figure["name"], lang),
        value=figure_text(figure, lang),
        coverage=reports_coverage(figure, lang),
        as_of=short_date(figure.get("as_of")),
        address=address,
        now=number(moved[key], lang, figure.get("decimals")) if is_moved else "",
        place="",
    )
