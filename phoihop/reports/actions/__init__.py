from .attaching import attach_file, remove_attachment
from .calendar import close_period, extend_deadline, grant_exception, reopen_period
from .decisions import accept_report, accept_reports, lock_reports, return_report
from .drafts import save_draft
from .following import ListChange
from .forms import Ask, Exempt, set_up_form
from .periods import follow_reorganisations, freeze_list, open_period
from .sending import Sent, receive
from .submission import AcceptOutcome, BulkOutcome, Explanation, Submission
from .submissions import correct_report, submit_report, submit_reports
from .texts import redact_text

__all__ = [
    "AcceptOutcome",
    "Ask",
    "BulkOutcome",
    "Exempt",
    "Explanation",
    "ListChange",
    "Sent",
    "Submission",
    "accept_report",
    "accept_reports",
    "attach_file",
    "close_period",
    "correct_report",
    "extend_deadline",
    "follow_reorganisations",
    "freeze_list",
    "grant_exception",
    "lock_reports",
    "open_period",
    "receive",
    "redact_text",
    "remove_attachment",
    "reopen_period",
    "return_report",
    "save_draft",
    "set_up_form",
    "submit_report",
    "submit_reports",
]
