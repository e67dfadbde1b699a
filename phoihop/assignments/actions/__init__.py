from .assigning import assign, edit_assignment, remove_assignment
from .cascading import cascade_assignment
from .closing import close_assignment, return_assignment, withdraw_assignment
from .drafting import add_paragraph, create_conclusion, edit_paragraph, remove_paragraph
from .escalating import tell_escalations
from .extending import ask_extension, grant_extension, refuse_extension
from .feeds import change_feed, feed_of
from .issuing import issue_conclusion, number_conclusion
from .passing import pass_assignments, pass_to_only_heirs
from .performing import acknowledge_assignment, report_done, report_progress
from .proposing import answer_proposal, forward_proposal, send_proposal
from .redacting import redact_assigned_words, words_at
from .reminding import tell_proposals
from .striking import passage, strike_issued_words

__all__ = [
    "acknowledge_assignment",
    "add_paragraph",
    "answer_proposal",
    "ask_extension",
    "assign",
    "cascade_assignment",
    "change_feed",
    "close_assignment",
    "create_conclusion",
    "edit_assignment",
    "edit_paragraph",
    "feed_of",
    "forward_proposal",
    "grant_extension",
    "issue_conclusion",
    "number_conclusion",
    "pass_assignments",
    "pass_to_only_heirs",
    "passage",
    "redact_assigned_words",
    "refuse_extension",
    "remove_assignment",
    "remove_paragraph",
    "report_done",
    "report_progress",
    "return_assignment",
    "send_proposal",
    "strike_issued_words",
    "tell_escalations",
    "tell_proposals",
    "withdraw_assignment",
    "words_at",
]
