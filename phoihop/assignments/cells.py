"""The four official cells of an assignment by dates alone. Colour, word and shape follow from here."""

from datetime import date, timedelta

from phoihop.assignments.enums import Cell

STALE_AFTER = timedelta(days=30)  # not updated for longer: a measure of its own
DUE_SOON = timedelta(days=7)
STEPS = (-7, 0, 7, 30)  # days from the date in force at which somebody is told
TOLD_TO_THE_ISSUER_FROM = 7  # days after the date in force: from then on also who gave it
TOLD_FURTHER_UP_FROM = 30  # and from then on also who is above them

# The class of a status mark: its shape says it before its colour.
TAGS = {Cell.DONE_ON_TIME: "good", Cell.DONE_LATE: "warn", Cell.OPEN_IN_TIME: "", Cell.OPEN_OVERDUE: "bad"}


def cell_of(*, done_on: date | None, due_on: date | None, on: date) -> Cell:
    """`due_on` is the date in force; None: no date asks for it. What was done after `on` is still open then."""
    if done_on is not None and done_on <= on:
        return Cell.DONE_LATE if due_on is not None and done_on > due_on else Cell.DONE_ON_TIME
    return Cell.OPEN_OVERDUE if due_on is not None and due_on < on else Cell.OPEN_IN_TIME


def days_late(due_on: date | None, on: date) -> int:
    return max(0, (on - due_on).days) if due_on else 0


def step_reached(due_on: date, on: date) -> int | None:
    """The last of the steps that a day has reached."""
    reached = [step for step in STEPS if on >= due_on + timedelta(days=step)]
    return reached[-1] if reached else None
