from .assignment import Assignment
from .conclusion import CoIssuer, Conclusion, Paragraph
from .feed import CalendarFeed
from .following import Escalation, Extension, Movement, Passing, Progress, ReviewDate
from .proposal import Forwarding, Proposal, ProposalEscalation

__all__ = [
    "Assignment",
    "CalendarFeed",
    "CoIssuer",
    "Conclusion",
    "Escalation",
    "Extension",
    "Forwarding",
    "Movement",
    "Paragraph",
    "Passing",
    "Progress",
    "Proposal",
    "ProposalEscalation",
    "ReviewDate",
]
