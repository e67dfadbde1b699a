from .engine import Engine, Participant

__all__ = ["Engine", "Participant"]
