"""What the wall of the conference of `session_world` is made to show, as if by its director. Imported once Django is set up."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from phoihop.conferences.actions import (
    add_item,
    close_conference,
    open_roll_call,
    show_item_figures,
    show_scene,
)
from phoihop.conferences.display import current_item
from phoihop.conferences.enums import ItemKind, Layout, Scene
from phoihop.conferences.facts import ItemFacts
from phoihop.conferences.models import ItemDocument
from phoihop.conferences.queries.board import MOST
from phoihop.conferences.queries.board_terms import offers
from phoihop.conferences.queries.figures import BESIDE_A_SPEAKER
from phoihop.conferences.queries.stage import pages_of_sites
from phoihop.core import clock
from tests.conferences.reviewed import MANY, TREND
from tests.conferences.session_world import LONG_TITLE

MESSAGE = "Giải lao đến 10 giờ"


def _show(scene: Scene, conference: Any, number: int) -> None:
    """number: minutes ago, of a countdown; of figures, none is the trend."""
    settings = SETTINGS[scene](conference, number) if scene in SETTINGS else {}
    show_scene(conference=conference, scene=scene, by=None, **settings)


def _figures(_conference: Any, number: int) -> dict[str, Any]:
    return {"keys": list(MANY) if number else [f"chart:{TREND}"], "follow": True}


def _live(conference: Any, _number: int) -> dict[str, Any]:
    offer = offers(conference, "vi")[0]
    keys = [each.key for each in offer.choices[:MOST]]
    return {"programme": offer.programme.slug, "keys": keys, "follow": True}


def _document(_conference: Any, _number: int) -> dict[str, Any]:
    return {"document": ItemDocument.objects.latest("pk").pk, "page": 1, "view": "whole"}


def _countdown(_conference: Any, number: int) -> dict[str, Any]:
    began_at = clock.now() - timedelta(minutes=number)
    return {"began_at": began_at.isoformat(), "allotted_seconds": 300}


def _mosaic(conference: Any, _number: int) -> dict[str, Any]:
    page = pages_of_sites(conference)[0]
    return {"page": 1, "pages": 1, "sites": [site.slug for site in page]}


SETTINGS: dict[Scene, Callable[[Any, int], dict[str, Any]]] = {
    Scene.FIGURES: _figures,
    Scene.LIVE: _live,
    Scene.DOCUMENT: _document,
    Scene.MOSAIC: _mosaic,
    Scene.MESSAGE: lambda _conference, _number: {"text": MESSAGE},
    Scene.COUNTDOWN: _countdown,
}


def _figures_beside(conference: Any, number: int) -> None:
    """Who speaks large beside as many of them as there is room for then."""
    told = _figures(conference, number)
    told["keys"] = told["keys"][:BESIDE_A_SPEAKER]
    show_scene(conference=conference, scene=Scene.FIGURES, by=None, layout=Layout.HALF.value, **told)


def _lengthen(conference: Any, number: int) -> None:
    for _each in range(number):
        add_item(conference=conference, facts=ItemFacts(kind=ItemKind.REPORT, title_vi=LONG_TITLE), by=None)


ACTS: dict[str, Callable[[Any, int], object]] = {
    **{f"show {scene}": partial(_show, scene) for scene in Scene},
    "show figures beside": _figures_beside,
    "show item": lambda conference, _number: show_item_figures(item=current_item(conference), by=None),
    "roll_call": lambda conference, _number: open_roll_call(conference=conference, by=None),
    "lengthen": _lengthen,
    "close": lambda conference, _number: close_conference(conference=conference, by=None),
}
