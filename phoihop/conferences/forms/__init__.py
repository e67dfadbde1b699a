from .door import DoorForm

__all__ = ["DoorForm"]
