from .attaching import attach_file, remove_attachment
from .calendar import close_period, extend_deadline, grant_exception, reopen_period
from .deciding_many import accept_clean_reports, accept_seen_report, return_reports, return_seen_report
from .decisions import accept_report, accept_reports, lock_reports, return_report
from .drafts import save_draft
from .following import ListChange
from .forms import Ask, Exempt, set_up_form
from .loading import note_file_load
from .passing import pass_to_heir, pass_to_only_heirs, redact_passing_reason
from .periods import follow_reorganisations, freeze_list, open_period
from .reminding import RemindOutcome, remind_units
from .return_texts import add_return_text, change_return_text, remove_return_text
from .sending import Sent, receive
from .submission import AcceptOutcome, BulkOutcome, Explanation, ReturnOutcome, Submission
from .submissions import correct_report, submit_report, submit_reports
from .texts import TakenOut, redact_text, text_at

__all__ = [
    "AcceptOutcome",
    "Ask",
    "BulkOutcome",
    "Exempt",
    "Explanation",
    "ListChange",
    "RemindOutcome",
    "ReturnOutcome",
    "Sent",
    "Submission",
    "TakenOut",
    "accept_clean_reports",
    "accept_report",
    "accept_reports",
    "accept_seen_report",
    "add_return_text",
    "attach_file",
    "change_return_text",
    "close_period",
    "correct_report",
    "extend_deadline",
    "follow_reorganisations",
    "freeze_list",
    "grant_exception",
    "lock_reports",
    "note_file_load",
    "open_period",
    "pass_to_heir",
    "pass_to_only_heirs",
    "receive",
    "redact_passing_reason",
    "redact_text",
    "remind_units",
    "remove_attachment",
    "remove_return_text",
    "reopen_period",
    "return_report",
    "return_reports",
    "return_seen_report",
    "save_draft",
    "set_up_form",
    "submit_report",
    "submit_reports",
    "text_at",
]
