"""A report for who decides on it: beside last year's, what stands out, what the rules say, what was done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from phoihop.audit.models import AuditEvent
from phoihop.audit.words import words_told
from phoihop.reports.checks.today import findings_today
from phoihop.reports.enums import ReportState, VersionState
from phoihop.reports.finding import Finding
from phoihop.reports.models import Attachment, Report, ReportVersion, ReturnText
from phoihop.reports.permissions import is_own_submission, may_accept, may_return, may_save_draft
from phoihop.reports.queries.desk import Tab, in_tab, reports_decided_by, return_texts_for
from phoihop.reports.standing import Standing
from phoihop.web.queries.actors import actors_of
from phoihop.web.queries.desk_beside import Columns, columns_beside
from phoihop.web.queries.report_pages import ReportPage

OUTSTANDING = {ReportState.EXPECTED, ReportState.DRAFT, ReportState.RETURNED}
_UNSAID = {"save_draft"}  # a draft is the unit's own until it is handed in

_OF_WINDOW = {"extend_deadline", "close_period", "reopen_period"}  # every unit of it is told why


@dataclass(frozen=True, slots=True)
class Done:
    at: datetime
    who: str  # post and organisation; the user name where none is known; empty: the system
    action: str
    details: Mapping[str, object]

    @property
    def moved(self) -> tuple[date, date] | None:
        """A deadline, from one day to another."""
        old, new = (str(self.details.get(each, "")) for each in ("old", "new"))
        return (date.fromisoformat(old), date.fromisoformat(new)) if old and new else None


@dataclass(frozen=True, slots=True)
class Decision:
    """What the reader may do with the report, and what comes next on the desk."""

    may_accept: bool = False
    may_return: bool = False
    may_remind: bool = False
    is_own: bool = False  # handed in by the reader: somebody else must accept it
    texts: Sequence[ReturnText] = ()
    waiting: int = 0
    following: Report | None = None


@dataclass(frozen=True, slots=True)
class ForDesk:
    columns: Columns
    findings: Sequence[tuple[Finding, Sequence[str]]]  # with the explanations given
    attachments: Sequence[Attachment]
    history: Sequence[Done]
    decision: Decision
    decides: bool


def shows_drafts(standing: Standing, report: Report) -> bool:
    return may_save_draft(standing, report)


def version_that_waits(standing: Standing, report: Report) -> int | None:
    """Seen first by who decides on it and by the unit's own people; None for anyone else."""
    latest = report.latest_version
    if latest is None or report.state != ReportState.SUBMITTED:
        return None
    return latest.number if may_return(standing, report) or may_save_draft(standing, report) else None


def for_desk(standing: Standing, page: ReportPage) -> ForDesk:
    report, version = page.report, page.version
    decides = may_return(standing, report)
    handed_in = version if version and version.state != VersionState.DRAFT else None
    return ForDesk(
        columns=columns_beside(report, version, page.previous, handed_in if decides else None),
        findings=_findings(report, handed_in) if decides and handed_in else (),
        attachments=_attachments(report, version),
        history=_history(report),
        decision=_decision(standing, report) if decides else Decision(),
        decides=decides,
    )


def _findings(report: Report, version: ReportVersion) -> list[tuple[Finding, list[str]]]:
    waivers = list(version.waivers.all())
    return [
        (
            finding,
            [
                each.explanation
                for each in waivers
                if each.check_code == finding.check
                and (not each.indicator_code or each.indicator_code in finding.codes)
            ],
        )
        for finding in findings_today([(report, version)]).get(report.pk, [])
    ]


def _attachments(report: Report, version: ReportVersion | None) -> list[Attachment]:
    """Of the version shown; what hangs on a draft is the unit's own."""
    if version is None or version.state == VersionState.DRAFT:
        return []
    return list(version.attachments.order_by("pk"))


def _history(report: Report) -> list[Done]:
    own = Q(object_type="reports.report", object_id=str(report.pk))
    of_window = Q(
        object_type="reports.reportingperiod", object_id=str(report.period_id), action__in=_OF_WINDOW
    )
    events = AuditEvent.objects.filter(own | of_window).exclude(action__in=_UNSAID).order_by("pk")
    told = [each for each in events if each.details.get("level", report.level) == report.level]
    actors = actors_of(each.actor for each in told)
    reasons, words = _reasons(report), words_told(str(each.details.get("reason_seal", "")) for each in told)
    return [
        Done(
            each.at,
            actors.named(each.actor, each.organisation),
            each.action,
            _with_reason(each, reasons, words),
        )
        for each in told
    ]


def _with_reason(
    event: AuditEvent, reasons: dict[tuple[str, int], dict[str, str]], words: dict[str, str]
) -> dict[str, object]:
    sealed = {"reason": words.get(event.details.get("reason_seal", ""), "")}
    return {**sealed, **reasons.get((event.action, event.details.get("version", 0)), {}), **event.details}


def _reasons(report: Report) -> dict[tuple[str, int], dict[str, str]]:
    """Told by the version itself, where they can be taken out; the audit log keeps their seals only."""
    found: dict[tuple[str, int], dict[str, str]] = {}
    for number, reason, returned in report.versions.values_list("number", "reason", "return_reason"):
        found["correct_report", number] = {"reason": reason}
        found["return_report", number] = {"reason": returned}
    return found


def _decision(standing: Standing, report: Report) -> Decision:
    waits = report.state == ReportState.SUBMITTED
    others = in_tab(reports_decided_by(standing), Tab.SUBMITTED).exclude(pk=report.pk)
    ordered = others.select_related("period", "organisation__area").order_by(
        "latest_version__submitted_at", "pk"
    )
    return Decision(
        may_accept=waits and may_accept(standing, report),
        may_return=waits,
        may_remind=report.state in OUTSTANDING and report.accepted_version_id is None,
        is_own=waits and is_own_submission(standing, report),
        texts=list(return_texts_for(standing)) if waits else (),
        waiting=others.count(),
        following=ordered.first(),
    )
