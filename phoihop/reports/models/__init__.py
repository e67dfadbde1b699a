from .deadlines import ClosingChange, DeadlineChange
from .desk import Reminder, ReturnText
from .forms import AskedScope, Exemption, FormMark, ReportForm, ReportingPeriod
from .ledger import LedgerCounter, LedgerEntry
from .loads import FileLoad
from .passing import DutyPassing
from .report import Report
from .texts import Attachment, Receipt, TextSeal
from .versions import ReportVersion, Waiver

__all__ = [
    "AskedScope",
    "Attachment",
    "ClosingChange",
    "DeadlineChange",
    "DutyPassing",
    "Exemption",
    "FileLoad",
    "FormMark",
    "LedgerCounter",
    "LedgerEntry",
    "Receipt",
    "Reminder",
    "Report",
    "ReportForm",
    "ReportVersion",
    "ReportingPeriod",
    "ReturnText",
    "TextSeal",
    "Waiver",
]
