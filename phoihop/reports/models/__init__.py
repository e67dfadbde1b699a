from .forms import AskedScope, Exemption, ReportForm, ReportingPeriod
from .ledger import LedgerCounter, LedgerEntry
from .loads import FileLoad
from .report import Report
from .versions import ReportVersion, Waiver

__all__ = [
    "AskedScope",
    "Exemption",
    "FileLoad",
    "LedgerCounter",
    "LedgerEntry",
    "Report",
    "ReportForm",
    "ReportVersion",
    "ReportingPeriod",
    "Waiver",
]
