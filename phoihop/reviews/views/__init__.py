from .reading import chart, chart_figures, file, review, reviews
from .redacting import redact_beside, redaction
from .room import compose, drafting_unit, freeze, publish, room, section, upload
from .signing import approve, cancel, number, withdraw

__all__ = [
    "approve",
    "cancel",
    "chart",
    "chart_figures",
    "compose",
    "drafting_unit",
    "file",
    "freeze",
    "number",
    "publish",
    "redact_beside",
    "redaction",
    "review",
    "reviews",
    "room",
    "section",
    "upload",
    "withdraw",
]
