from .checking import AskedFigures, FailedCheck, FigureCheck
from .drafts import DraftRun
from .issuing import Approval, IssuedNumber
from .redaction import Redaction
from .review import Issuer, Review, ReviewFile, ReviewQuerySet, ReviewVersion, Section, SectionText

__all__ = [
    "Approval",
    "AskedFigures",
    "DraftRun",
    "FailedCheck",
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
