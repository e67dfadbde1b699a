"""What one screen is drawn from: the display as its audience sees it, and the things the display names."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from phoihop.conferences.audiences import Audience, shown_to
from phoihop.conferences.display import display
from phoihop.conferences.enums import PageView, Scene
from phoihop.conferences.models import Conference, ItemDocument
from phoihop.conferences.queries.agenda import AgendaLine, agenda_of, documents_of
from phoihop.conferences.queries.figures import Choice, HallFigure, charts_of, hall_figures
from phoihop.reviews.render.labels import Language


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a document, with its neighbours."""

    document: ItemDocument
    number: int
    count: int
    view: str


@dataclass(frozen=True, slots=True)
class Screen:
    audience: Audience
    shown: Mapping[str, Any]
    agenda: list[AgendaLine]
    scene: str
    figures: list[HallFigure] = field(default_factory=list)
    charts: list[Choice] = field(default_factory=list)
    page: Page | None = None


def screen_of(conference: Conference, audience: Audience, lang: Language) -> Screen:
    shown = shown_to(audience, display(conference))
    hall = shown["hall"] or {}
    scene = hall.get("scene", Scene.SPEAKER)
    is_figures = scene == Scene.FIGURES
    keys = hall.get("keys", [])
    area = (shown["floor"] or {}).get("area") if hall.get("follow") else None
    return Screen(
        audience=audience,
        shown=shown,
        agenda=agenda_of(conference, audience),
        scene=scene,
        figures=hall_figures(conference, keys, lang, area) if is_figures else [],
        charts=charts_of(conference, keys, lang) if is_figures else [],
        page=_page(conference, audience, hall) if scene == Scene.DOCUMENT else None,
    )


def _page(conference: Conference, audience: Audience, hall: Mapping[str, Any]) -> Page | None:
    document = documents_of(conference, audience).filter(pk=hall.get("document") or 0).first()
    if document is None or not document.pages:
        return None
    number = min(max(1, hall.get("page", 1)), len(document.pages))
    return Page(document, number, len(document.pages), hall.get("view", PageView.WHOLE))
