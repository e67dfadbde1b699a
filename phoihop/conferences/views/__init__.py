from .door import door
from .reading import conference, conferences

__all__ = ["conference", "conferences", "door"]
