"""The life of a report as one table: what may be done from which state, and by whom."""

from dataclasses import dataclass
from enum import StrEnum

from phoihop.reports.enums import ReportState

S = ReportState


class Who(StrEnum):
    UNIT = "unit"  # the organisation that owes it, or its heir
    SUPERIOR = "superior"  # the organisation that accepts it
    CENTRE = "centre"  # the central desk, or the system


@dataclass(frozen=True, slots=True)
class Transition:
    action: str
    sources: frozenset[ReportState]
    target: ReportState
    who: Who


TRANSITIONS = (
    Transition("save_draft", frozenset({S.EXPECTED, S.DRAFT}), S.DRAFT, Who.UNIT),
    Transition("save_draft", frozenset({S.RETURNED}), S.RETURNED, Who.UNIT),
    Transition("save_draft", frozenset({S.ACCEPTED}), S.ACCEPTED, Who.UNIT),
    Transition("save_draft", frozenset({S.LOCKED}), S.LOCKED, Who.UNIT),
    Transition(
        "submit_report", frozenset({S.EXPECTED, S.DRAFT, S.RETURNED, S.SUBMITTED}), S.SUBMITTED, Who.UNIT
    ),
    Transition(  # after an acceptance: with a reason; the accepted version stays in force meanwhile
        "correct_report", frozenset({S.ACCEPTED, S.LOCKED, S.RETURNED, S.SUBMITTED}), S.SUBMITTED, Who.UNIT
    ),
    Transition("return_report", frozenset({S.SUBMITTED}), S.RETURNED, Who.SUPERIOR),
    Transition("accept_report", frozenset({S.SUBMITTED}), S.ACCEPTED, Who.SUPERIOR),
    Transition("lock_reports", frozenset({S.ACCEPTED}), S.LOCKED, Who.SUPERIOR),
    Transition("withdraw_report", frozenset(S) - {S.WITHDRAWN}, S.WITHDRAWN, Who.CENTRE),
)


def target_of(action: str, state: str) -> ReportState | None:
    """Where an action leads from a state; None where it is not allowed."""
    for row in TRANSITIONS:
        if row.action == action and state in row.sources:
            return row.target
    return None


def sources_of(action: str) -> list[ReportState]:
    """In the order a report lives through them."""
    allowed = {state for row in TRANSITIONS if row.action == action for state in row.sources}
    return [state for state in ReportState if state in allowed]
