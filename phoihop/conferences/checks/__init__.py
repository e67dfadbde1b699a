from .readiness import missing_for_invitations

__all__ = ["missing_for_invitations"]
