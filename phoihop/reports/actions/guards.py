"""Refusals common to the actions."""

from phoihop.reports import errors
from phoihop.reports.enums import ReportState
from phoihop.reports.models import Report
from phoihop.reports.transitions import sources_of, target_of

LONGEST_REASON = 500


def require_transition(action: str, report: Report) -> ReportState:
    """The state the action leads to."""
    target = target_of(action, report.state)
    if target is None:
        raise errors.not_possible_now(report, action, sources_of(action))
    return target


def require_short(reason: str) -> str:
    cleaned = reason.strip()
    if len(cleaned) > LONGEST_REASON:
        raise errors.reason_too_long(len(cleaned), LONGEST_REASON)
    return cleaned
