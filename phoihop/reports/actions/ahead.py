"""Judging a submission before its turn to write, so that who holds the only writer's place does little there.

What is found ahead counts only where it is good and the locked row, its version, its window and its form are, field
for field, those it was found with; otherwise the submission is judged again, under the lock, as if nobody had looked.
Figures of other reports (a year before) may move in between, as they may in the moment after.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from phoihop.core import clock
from phoihop.reports.enums import Origin
from phoihop.reports.models import Report
from phoihop.reports.queries.cells import mark_of
from phoihop.reports.standing import Standing

from .calendar import require_open
from .judging import Judged, judge, says_the_same
from .pinning import pins_for
from .submission import Submission


@dataclass(frozen=True)
class Foreseen:
    judged: Judged
    stood_on: tuple[Any, ...]


def foresee(submission: Submission, *, standing: Standing, origin: Origin) -> Foreseen | None:
    """None where it would be refused, or changes nothing: that is said under the lock only."""
    report = submission.report
    judged, stood_on = Judged(submission, report), _what_it_stands_on(report)
    judge([judged], standing=standing, origin=origin, simulated=False, at=clock.now())
    is_good = judged.refusal is None and not says_the_same(judged, simulated=False)
    return Foreseen(judged, stood_on) if is_good and mark_of(report.period.form) else None


def confirmed(foreseen: Foreseen, current: Report) -> Judged | None:
    """The judgement for the locked row; None where anything it stood on has moved.

    Raises: Conflict where the window has closed meanwhile.
    """
    if foreseen.stood_on != _what_it_stands_on(current):
        return None
    require_open(current)
    judged = foreseen.judged
    judged.report, judged.pins = current, pins_for([current])[current.pk]
    return judged


def _what_it_stands_on(report: Report) -> tuple[Any, ...]:
    period = report.period
    rows = (report, report.latest_version, period, period.form, report.organisation)
    return (mark_of(period.form), *(_fields(row) for row in rows))


def _fields(row: Model | None) -> dict[str, Any] | None:
    if row is None:
        return None
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
