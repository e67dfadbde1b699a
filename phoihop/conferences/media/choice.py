"""Which engine this installation has. None: sites speak by telephone, and everything else works."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext as _

from phoihop.conferences.media.engine import Engine
from phoihop.conferences.media.fake import FakeEngine
from phoihop.conferences.media.janus.edges import edges_set
from phoihop.conferences.media.janus.engine import JanusEngine

JANUS = "janus"
ENGINES: dict[str, Callable[[], Engine]] = {
    "fake": FakeEngine,
    JANUS: lambda: JanusEngine(settings.MEDIA_FOLDER, edges_set()),
}


@cache
def engine() -> Engine | None:
    """One a process.

    Raises: ImproperlyConfigured where PHOIHOP_MEDIA_ENGINE names none that is known.
    """
    name = settings.MEDIA_ENGINE
    if not name:
        return None
    if name not in ENGINES:
        sentence = _(
            "PHOIHOP_MEDIA_ENGINE is “%(value)s”; known engines: %(known)s. Leave it empty for none."
        )
        raise ImproperlyConfigured(sentence % {"value": name, "known": ", ".join(ENGINES)})
    return ENGINES[name]()


def recordings(conference: str) -> Path:
    """The folder of what was recorded of it, also where picture and sound have been turned off since."""
    chosen = engine()
    return (
        chosen.recordings(conference) if chosen else Path(settings.MEDIA_FOLDER) / "recordings" / conference
    )


def has_media() -> bool:
    """Whether pages show pictures: with an engine that has them."""
    return bool(settings.MEDIA_ENGINE == JANUS)
