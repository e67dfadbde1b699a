from .checking import FigureCheck
from .issuing import Approval, IssuedNumber
from .review import Issuer, Review, ReviewFile, ReviewQuerySet, ReviewVersion, Section, SectionText

__all__ = [
    "Approval",
    "FigureCheck",
    "IssuedNumber",
    "Issuer",
    "Review",
    "ReviewFile",
    "ReviewQuerySet",
    "ReviewVersion",
    "Section",
    "SectionText",
]
