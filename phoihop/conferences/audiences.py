"""Whom a screen is for, and what of a display it may show. Pure: the streams use it without a database."""

from collections.abc import Mapping
from enum import IntEnum
from typing import Any

from phoihop.conferences.enums import Visibility


class Audience(IntEnum):
    """Each sees what those before it see."""

    VIEWERS = 1
    DELEGATES = 2
    PRESIDIUM = 3


_LEAST = {
    Visibility.OPEN.value: Audience.VIEWERS,
    Visibility.INTERNAL.value: Audience.DELEGATES,
    Visibility.HIDDEN.value: Audience.PRESIDIUM,
}


def sees(audience: Audience, visibility: str) -> bool:
    return audience >= _LEAST[visibility]


def is_wider(visibility: str, than: str) -> bool:
    """More people see it."""
    return _LEAST[visibility] < _LEAST[than]


def shown_to(audience: Audience, patch: Mapping[str, Any]) -> dict[str, Any]:
    """A value of a part of the meeting that is closed to the audience is replaced by {"is_closed_part": True}."""
    return {key: _shown(audience, value) for key, value in patch.items()}


def _shown(audience: Audience, value: Any) -> Any:
    visibility = value.get("visibility") if isinstance(value, Mapping) else None
    if visibility is not None and not sees(audience, visibility):
        return {"is_closed_part": True}
    return value
