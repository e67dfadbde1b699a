"""Minutes: what the log tells, in the legal form. Drafting reads the log; nothing here writes."""

from .draft import draft_of
from .log_hash import hash_of_log
from .parts import parts_of

__all__ = ["draft_of", "hash_of_log", "parts_of"]
