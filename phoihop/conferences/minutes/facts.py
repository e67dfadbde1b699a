"""What of a draft the log settles. What posts, bodies and programmes are called is as of the day it was drafted."""

from collections.abc import Mapping
from typing import Any

_OF_OTHERS = ("programmes", "organisers", "review")  # named in other lists, which may be put right later
_POSTS = ("post", "signed_as")  # typed in Vietnamese; the English comes from the list of posts


def facts_of(draft: Mapping[str, Any]) -> dict[str, Any]:
    """The same for the same log, whatever was renamed since; without the log's hash, which is checked by itself."""
    conference = {name: told for name, told in draft["conference"].items() if name not in _OF_OTHERS}
    officials = {duty: len(held) for duty, held in draft["officials"].items()}
    log = {"last_seq": draft["log"]["last_seq"]}
    return {**_as_typed(dict(draft)), "conference": conference, "officials": officials, "log": log}


def moved(held: Any, before: Any, after: Any) -> Any:
    """A draft as it was kept, with what differs between two readings of the log put in, and nothing else."""
    if before == after:
        return held
    if all(isinstance(each, dict) for each in (held, before, after)):
        return {key: moved(told, before.get(key), after.get(key)) for key, told in held.items()}
    if all(isinstance(each, list) and len(each) == len(held) for each in (held, before, after)):
        return [moved(*each) for each in zip(held, before, after, strict=True)]
    return after


def _as_typed(told: Any) -> Any:
    if isinstance(told, dict):
        return {
            key: each["vi"] if key in _POSTS and isinstance(each, dict) else _as_typed(each)
            for key, each in told.items()
        }
    return [_as_typed(each) for each in told] if isinstance(told, list) else told
