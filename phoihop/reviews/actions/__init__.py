from .approving import approve_for_every_issuer, approve_version, withdraw_approval
from .asking import ask_figures
from .composing import compose_review
from .creating import create_planned_review, create_review
from .drafting_unit import set_drafting_unit
from .editing import edit_section
from .freezing import freeze_review
from .numbering import cancel_number, give_number
from .publishing import publish_review
from .redacting import (
    redact_file,
    redact_issued_words,
    redact_quoted_words,
    redact_reported_text,
    redact_words,
)
from .uploading import add_uploaded_file

__all__ = [
    "add_uploaded_file",
    "approve_for_every_issuer",
    "approve_version",
    "ask_figures",
    "cancel_number",
    "compose_review",
    "create_planned_review",
    "create_review",
    "edit_section",
    "freeze_review",
    "give_number",
    "publish_review",
    "redact_file",
    "redact_issued_words",
    "redact_quoted_words",
    "redact_reported_text",
    "redact_words",
    "set_drafting_unit",
    "withdraw_approval",
]
