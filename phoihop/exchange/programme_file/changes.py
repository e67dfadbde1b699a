"""What a load changed, place by place, for the audit trail and the person at the terminal."""

from collections.abc import Iterator
from typing import Any

from phoihop.exchange.programme_file.shape import ProgrammeFile

_IDENTITIES = ("code", "organisation", "key", "area", "party", "level")


def changes_between(before: ProgrammeFile, after: ProgrammeFile) -> dict[str, list[Any]]:
    """`indicators[A03].target.value` -> ["100", "95"]; None on the side where the place does not exist."""
    old, new = (
        dict(_places("", document.model_dump(mode="json", by_alias=True))) for document in (before, after)
    )
    return {
        place: [old.get(place), new.get(place)]
        for place in sorted(old | new)
        if old.get(place) != new.get(place)
    }


def _places(path: str, value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for key, each in value.items():
            yield from _places(f"{path}.{key}" if path else str(key), each)
    elif isinstance(value, list) and any(isinstance(each, dict) for each in value):
        for each in value:
            yield from _places(f"{path}[{_identity(each)}]", each)
        yield f"{path} (order)", [_identity(each) for each in value]
    else:
        yield path, value


def _identity(item: dict[str, Any]) -> str:
    if "year" in item:
        return f"{item['year']}/{item['content']}/{item['owner']}"
    return next((str(item[key]) for key in _IDENTITIES if item.get(key)), "")
