"""Lives one window after another: opens it, reports, returns, accepts, consolidates, corrects, each on its day."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from typing import TypeVar

from phoihop.core import clock
from phoihop.demo.chance import chance
from phoihop.demo.reporting import Reporter
from phoihop.demo.story import PEOPLE
from phoihop.periods import Period
from phoihop.reports.actions import (
    BulkOutcome,
    Explanation,
    Submission,
    accept_reports,
    close_period,
    freeze_list,
    lock_reports,
    open_period,
    return_report,
    submit_reports,
)
from phoihop.reports.checks.registry import all_checks
from phoihop.reports.enums import Origin, ReportState
from phoihop.reports.models import Report, ReportForm, ReportingPeriod

EXPLANATION = "Đơn vị đã rà soát, số liệu đúng với sổ theo dõi (giải trình mô phỏng)."
RETURN_REASON = "Đề nghị rà soát lại số lượt người dự so với số cuộc tuyên truyền (nội dung mô phỏng)."
CORRECTION = "Bổ sung số liệu của một khu dân cư báo cáo chậm (nội dung mô phỏng)."
CLOSING = "Hết thời hạn báo cáo của kỳ (nội dung mô phỏng)."
LEVELS = ("commune", "province", "nation")
DAY = timedelta(days=1)
Result = TypeVar("Result")


def live_through(form: ReportForm, period: Period, reporter: Reporter) -> None:
    """The whole life of a window, as far as the demo clock allows."""
    opened = _at(period.start, 8, lambda: open_period(form=form, period=period, by=None))
    today = clock.today()
    if period.end <= today:
        _at(period.end, 7, lambda: freeze_list(period=opened, by=None))
    for level in LEVELS:
        _report_level(opened, level, reporter, today)
    if all(date.fromisoformat(day) + 60 * DAY < today for day in opened.deadlines.values()):
        _at(opened.end + 90 * DAY, 9, lambda: _lock_and_close(opened))


def _lock_and_close(period: ReportingPeriod) -> None:
    locked = lock_reports(period=period, by=None)
    if locked.closed_at is None:
        close_period(period=locked, reason=CLOSING, by=None)


def _report_level(period: ReportingPeriod, level: str, reporter: Reporter, today: date) -> None:
    reports = list(
        period.reports.expected().filter(level=level).select_related("organisation", "area", "period__form")
    )
    if not reports:
        return
    for report in reports:
        report.period = period  # one form instance for all: its cells are read once
    deadline = reports[0].deadline
    if period.end > today:
        _send(reporter, [r for r in reports if r.covers_until <= today], today)  # closing reports, early
        if level == "commune" and period.end == today + DAY:
            _begin_on_the_last_day(reports, reporter, today)
        return
    on_time = [r for r in reports if _manner(r) in {"on time", "returned", "corrected"}]
    late = [r for r in reports if _manner(r) == "late"]
    if _is_on_the_desk(deadline, today):
        _leave_on_the_desk(reports, reporter, deadline, today)
    _send(reporter, on_time, min(deadline, today))
    _return_some([r for r in on_time if _manner(r) == "returned"], reporter, deadline)
    if deadline + 4 * DAY <= today:
        _send(reporter, late, deadline + 4 * DAY)
    _accept([r for r in reports if _manner(r) != "waiting"], min(deadline + 5 * DAY, today))
    _correct_some(
        [r for r in reports if _manner(r) == "corrected"], reporter, min(deadline + 20 * DAY, today)
    )


def _begin_on_the_last_day(reports: Sequence[Report], reporter: Reporter, today: date) -> None:
    """Early birds, for the desks to decide on before the deadline; the visitor's own report is left to the visitor."""
    luck = {report.pk: chance("last day", report.organisation.slug, report.period.code) for report in reports}
    own = {person.organisation for person in PEOPLE}
    early = [r for r in reports if luck[r.pk] < 0.4 and r.organisation.slug not in own]
    _send(reporter, early, today, hour=6)
    _send_back([r for r in early if luck[r.pk] < 0.03], today)


def _is_on_the_desk(deadline: date, today: date) -> bool:
    """The desks are still at work on it."""
    return deadline < today < deadline + 30 * DAY


def _leave_on_the_desk(reports: Sequence[Report], reporter: Reporter, deadline: date, today: date) -> None:
    """Some came in late and wait for a decision; some went back and are not in again."""
    waiting = [r for r in reports if _manner(r) == "waiting"]
    sent_back = [r for r in reports if _manner(r) == "sent back"]
    _send(reporter, sent_back, deadline)
    _send_back(sent_back, min(deadline + 6 * DAY, today))
    _send(reporter, waiting, today - DAY)


def _manner(report: Report) -> str:
    """How this unit behaves in this window: most are on time, some late, a few never report."""
    luck = chance("manner", report.organisation.slug, report.period.code, report.period.form.code)
    if report.level == "commune" and _is_on_the_desk(report.deadline, clock.today()):
        if 0.5 < luck < 0.58:
            return "waiting"
        if 0.6 < luck < 0.63:
            return "sent back"
    if report.level == "nation":
        return "on time"
    if report.level == "province":
        return "late" if luck < 0.06 else "missing" if luck > 0.992 else "on time"
    marks = (("missing", 0.02), ("late", 0.08), ("returned", 0.11), ("corrected", 0.13))
    return next((manner for manner, below in marks if luck < below), "on time")


def _send(reporter: Reporter, reports: Sequence[Report], on: date, hour: int = 15) -> None:
    if not reports:
        return
    submissions = [reporter.submission(report) for report in reports]
    outcome = _submit(submissions, on, hour)
    if outcome.refused:
        explained = [_explained(submission) for submission, _sentences in outcome.refused]
        again = _submit(explained, on, hour + 1)
        for submission, sentences in again.refused:
            raise RuntimeError(f"{submission.report}: {'; '.join(sentences)}")


def _submit(submissions: Sequence[Submission], on: date, hour: int) -> BulkOutcome:
    def send() -> BulkOutcome:
        return submit_reports(submissions=submissions, by=None, origin=Origin.BULK_FILE, simulated=True)

    return _at(on, hour, send)


def _explained(submission: Submission) -> Submission:
    waivers = tuple(Explanation(check, EXPLANATION) for check in all_checks())
    return Submission(
        submission.report,
        submission.cells,
        submission.consolidated,
        waivers=waivers,
        reason=submission.reason,
    )


def _return_some(reports: Sequence[Report], reporter: Reporter, deadline: date) -> None:
    _send_back(reports, deadline + 2 * DAY)
    _send(reporter.adjusted(1), reports, deadline + 3 * DAY)


def _send_back(reports: Sequence[Report], on: date) -> None:
    def return_all() -> None:
        for report in reports:
            return_report(report=report, reason=RETURN_REASON, by=None)

    if reports:
        _at(on, 9, return_all)


def _accept(reports: Sequence[Report], on: date) -> None:
    waiting = list(Report.objects.filter(pk__in=[r.pk for r in reports], state=ReportState.SUBMITTED))
    _at(on, 10, lambda: accept_reports(reports=waiting, by=None))


def _correct_some(reports: Sequence[Report], reporter: Reporter, on: date) -> None:
    accepted = [r for r in reports if Report.objects.filter(pk=r.pk, state=ReportState.ACCEPTED).exists()]
    if accepted:
        _send(reporter.adjusted(2, reason=CORRECTION), accepted, on)
        _accept(accepted, on)


def _at(on: date, hour: int, act: Callable[[], Result]) -> Result:
    with clock.pinned(datetime.combine(on, time(hour), clock.VIETNAM)):
        return act()
