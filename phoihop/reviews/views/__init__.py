from .reading import chart, file, review, reviews
from .room import compose, drafting_unit, freeze, publish, room, section, upload

__all__ = [
    "chart",
    "compose",
    "drafting_unit",
    "file",
    "freeze",
    "publish",
    "review",
    "reviews",
    "room",
    "section",
    "upload",
]
