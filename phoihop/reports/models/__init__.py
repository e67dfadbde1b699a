from .deadlines import DeadlineChange
from .forms import AskedScope, Exemption, ReportForm, ReportingPeriod
from .ledger import LedgerCounter, LedgerEntry
from .loads import FileLoad
from .report import Report
from .texts import Attachment, Receipt, TextSeal
from .versions import ReportVersion, Waiver

__all__ = [
    "AskedScope",
    "Attachment",
    "DeadlineChange",
    "Exemption",
    "FileLoad",
    "LedgerCounter",
    "LedgerEntry",
    "Receipt",
    "Report",
    "ReportForm",
    "ReportVersion",
    "ReportingPeriod",
    "TextSeal",
    "Waiver",
]
