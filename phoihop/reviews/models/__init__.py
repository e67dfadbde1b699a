from .checking import FigureCheck
from .issuing import Approval, IssuedNumber
from .redaction import Redaction
from .review import Issuer, Review, ReviewFile, ReviewQuerySet, ReviewVersion, Section, SectionText

__all__ = [
    "Approval",
    "FigureCheck",
    "IssuedNumber",
    "Issuer",
    "Redaction",
    "Review",
    "ReviewFile",
    "ReviewQuerySet",
    "ReviewVersion",
    "Section",
    "SectionText",
]
