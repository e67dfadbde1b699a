"""Minutes: what the log tells, in the legal form. Drafting reads the log; nothing here writes."""

from .draft import draft_of
from .parts import parts_of

__all__ = ["draft_of", "parts_of"]
