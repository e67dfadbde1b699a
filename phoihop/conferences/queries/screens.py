"""What one screen is drawn from: the display as its audience sees it, and the things the display names."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from phoihop.conferences.audiences import Audience, shown_to
from phoihop.conferences.display import display
from phoihop.conferences.enums import PageView, Scene
from phoihop.conferences.models import Conference, ItemDocument, RollCallAnswer, Site
from phoihop.conferences.queries.agenda import AgendaLine, AgendaWindow, agenda_of, documents_of, window_of
from phoihop.conferences.queries.board import Board, board_of
from phoihop.conferences.queries.charts import HallChart, charts_of
from phoihop.conferences.queries.figures import HallFigure, hall_figures
from phoihop.reviews.render.labels import Language

_DRAWN = ("item", "floor", "queue", "hall", "muted", "roll_call", "vote")  # the rest is for scripts
WALL_LINES = 8  # of an agenda: titles of two rows, each with its document, fill a wall


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a document, with its neighbours."""

    document: ItemDocument
    number: int
    count: int
    view: str


@dataclass(frozen=True, slots=True)
class MosaicSite:
    """A site of the page of pictures; whether it has answered the open roll-call, where one is open."""

    site: Site
    has_answered: bool | None


@dataclass(frozen=True, slots=True)
class Screen:
    audience: Audience
    shown: Mapping[str, Any]
    agenda: list[AgendaLine]
    scene: str
    figures: list[HallFigure] = field(default_factory=list)
    charts: list[HallChart] = field(default_factory=list)
    page: Page | None = None
    board: Board | None = None
    mosaic: list[MosaicSite] = field(default_factory=list)

    @property
    def agenda_on_wall(self) -> AgendaWindow:
        return window_of(self.agenda, WALL_LINES)


def screen_of(conference: Conference, audience: Audience, lang: Language) -> Screen:
    shown = shown_to(audience, display(conference, _DRAWN))
    hall = shown["hall"] or {}
    scene = hall.get("scene", Scene.SPEAKER)
    is_figures = scene == Scene.FIGURES
    keys = hall.get("keys", [])
    area = _area_followed(shown)
    return Screen(
        audience=audience,
        shown=shown,
        agenda=agenda_of(conference, audience),
        scene=scene,
        figures=hall_figures(conference, keys, lang, area) if is_figures else [],
        charts=charts_of(conference, keys, lang, area) if is_figures else [],
        page=_page(conference, audience, hall) if scene == Scene.DOCUMENT else None,
        board=_board(conference, shown, lang),
        mosaic=_mosaic(conference, audience, hall) if scene == Scene.MOSAIC else [],
    )


def board_shown(conference: Conference, audience: Audience, lang: Language) -> Board | None:
    """The board alone, as the screens ask for it again and again. None: it is not shown to this audience now."""
    shown = shown_to(audience, display(conference, ("hall", "item", "floor")))
    return _board(conference, shown, lang)


def _board(conference: Conference, shown: Mapping[str, Any], lang: Language) -> Board | None:
    hall, is_closed = shown["hall"] or {}, (shown["item"] or {}).get("is_closed_part", False)
    if is_closed or hall.get("scene") != Scene.LIVE:
        return None
    return board_of(conference, hall, lang, _area_followed(shown))


def _area_followed(shown: Mapping[str, Any]) -> int | None:
    """Of the site that has the floor, where the director lets the figures follow it."""
    area: int | None = (shown["floor"] or {}).get("area") if (shown["hall"] or {}).get("follow") else None
    return area


def _mosaic(conference: Conference, audience: Audience, hall: Mapping[str, Any]) -> list[MosaicSite]:
    """Who has answered is for delegates, as the roll-call is."""
    sites = conference.sites.filter(slug__in=hall.get("sites", []), is_removed=False)
    called = conference.roll_calls.filter(closed_at__isnull=True).first()
    if called is None or audience < Audience.DELEGATES:
        return [MosaicSite(site, None) for site in sites]
    answers = RollCallAnswer.objects.filter(roll_call=called, is_current=True)
    answered = set(answers.values_list("delegation__site", flat=True))
    return [MosaicSite(site, site.pk in answered) for site in sites]


def _page(conference: Conference, audience: Audience, hall: Mapping[str, Any]) -> Page | None:
    document = documents_of(conference, audience).filter(pk=hall.get("document") or 0).first()
    if document is None or not document.pages:
        return None
    number = min(max(1, hall.get("page", 1)), len(document.pages))
    return Page(document, number, len(document.pages), hall.get("view", PageView.WHOLE))
