"""The list of reports due, brought up to date: new ones, ones not due any more, ones whose days changed."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.contrib.auth.models import AbstractBaseUser

from phoihop.audit.actions import event, record, record_many
from phoihop.audit.models import AuditEvent
from phoihop.core import clock
from phoihop.reports.enums import ReportState, VersionState
from phoihop.reports.models import DeadlineChange, Report, ReportingPeriod
from phoihop.reports.queries.expected import Due, reports_due

from .deadlines import add_missing_deadlines
from .ledger import mark_steps_above, write_entries
from .locking import locked_reports

_FOLLOWED = (
    "area_id", "level", "party", "covers_from", "covers_until", "deadline", "superior_id", "entered_by_id",
    "has_children_asked",
)  # fmt: skip
_DAYS = {"covers_from", "covers_until"}
_STANDS = {
    VersionState.DRAFT: ReportState.DRAFT,
    VersionState.SUBMITTED: ReportState.SUBMITTED,
    VersionState.RETURNED: ReportState.RETURNED,
}


@dataclass(frozen=True)
class ListChange:
    added: list[Report] = field(default_factory=list)
    changed: list[Report] = field(default_factory=list)
    withdrawn: list[Report] = field(default_factory=list)
    restored: list[Report] = field(default_factory=list)


@dataclass
class _Following:
    period: ReportingPeriod
    by: AbstractBaseUser | None
    outcome: ListChange = field(default_factory=ListChange)
    entries: list[tuple[Report, int | None]] = field(default_factory=list)
    events: list[AuditEvent] = field(default_factory=list)

    def note(self, action: str, report: Report, **details: Any) -> None:
        organisation = report.organisation
        self.events.append(event(action, report, by=self.by, organisation=organisation, details=details))


def follow(period: ReportingPeriod, *, by: AbstractBaseUser | None) -> ListChange:
    dues = reports_due(period.form, period.start, period.end)
    add_missing_deadlines(period, {due.level for due in dues})
    known = locked_reports(period.reports.values_list("pk", flat=True))
    own_days = _own_deadlines(period)
    at_hand = {report.organisation_id: report for report in known.values()}
    following = _Following(period, by)
    for due in dues:
        report = at_hand.pop(due.organisation_id, None)
        if report is None:
            following.outcome.added.append(new_report(period, due))
        else:
            _keep(following, report, due, own_days.get(report.pk))
    for report in at_hand.values():
        if report.state != ReportState.WITHDRAWN:
            _withdraw(following, report)
    _write(following)
    return following.outcome


def new_report(period: ReportingPeriod, due: Due) -> Report:
    return Report(period=period, organisation_id=due.organisation_id, **_owed(period, due))


def _owed(period: ReportingPeriod, due: Due) -> dict[str, Any]:
    return {
        "area_id": due.area_id,
        "level": due.level,
        "party": due.party,
        "covers_from": due.covers.start,
        "covers_until": due.covers.end,
        "deadline": date.fromisoformat(period.deadlines[due.level]),
        "superior_id": due.superior_id,
        "entered_by_id": due.entered_by_id,
        "has_children_asked": due.has_children_asked,
    }


def _own_deadlines(period: ReportingPeriod) -> dict[int, date]:
    """Of reports that were given more time: the list follows the map, it does not take that back."""
    changes = DeadlineChange.objects.filter(period=period, report__isnull=False, is_exception=False)
    return {report: day for report, day in changes.order_by("pk").values_list("report_id", "new") if report}


def _keep(following: _Following, report: Report, due: Due, own_deadline: date | None) -> None:
    """What was granted or chosen for this report stays."""
    owed = _owed(following.period, due)
    if own_deadline is not None:
        owed["deadline"] = max(own_deadline, owed["deadline"])
    if report.heir_chosen_at is not None:
        owed["entered_by_id"] = report.entered_by_id
    before = {name: getattr(report, name) for name in _FOLLOWED if getattr(report, name) != owed[name]}
    for name, value in owed.items():
        setattr(report, name, value)
    if report.state == ReportState.WITHDRAWN:
        _restore(following, report)
    elif before:
        _change(following, report, before)


def _change(following: _Following, report: Report, before: dict[str, Any]) -> None:
    """Where its days changed, figures given for the old days go back to the unit; accepted ones stay in force."""
    if before.keys() & _DAYS:
        if report.state in {ReportState.SUBMITTED, ReportState.ACCEPTED, ReportState.LOCKED}:
            report.state = ReportState.RETURNED
        if report.accepted_version_id:
            following.entries.append((report, report.accepted_version_id))
    following.outcome.changed.append(report)
    changes = {name: [_plain(old), _plain(getattr(report, name))] for name, old in before.items()}
    following.note("follow_reorganisations", report, changes=changes, state=str(report.state))


def _withdraw(following: _Following, report: Report) -> None:
    report.state = ReportState.WITHDRAWN
    if report.accepted_version_id:
        following.entries.append((report, None))
    following.outcome.withdrawn.append(report)
    following.note("withdraw_report", report)


def _restore(following: _Following, report: Report) -> None:
    """Back to where its versions say it stood."""
    latest = report.latest_version
    report.state = (
        _STANDS.get(VersionState(latest.state), ReportState.ACCEPTED) if latest else ReportState.EXPECTED
    )
    if report.accepted_version_id:
        following.entries.append((report, report.accepted_version_id))
        if report.state == ReportState.DRAFT:
            report.state = ReportState.ACCEPTED
    following.outcome.restored.append(report)
    following.note("restore_report", report, state=str(report.state))


def _write(following: _Following) -> None:
    outcome, now = following.outcome, clock.now()
    Report.objects.bulk_create(outcome.added, batch_size=2_000)
    moved = [*outcome.changed, *outcome.withdrawn, *outcome.restored]
    for report in moved:
        report.save(update_fields=["state", *(name.removesuffix("_id") for name in _FOLLOWED)])
    mark_steps_above({version for report in moved if (version := report.accepted_version_id)})
    write_entries(following.entries, now)
    record_many(following.events)
    if outcome.added or moved:
        counts = {"added": len(outcome.added), "changed": len(outcome.changed)}
        counts |= {"withdrawn": len(outcome.withdrawn), "restored": len(outcome.restored)}
        record("follow_reorganisations", following.period, by=following.by, details=counts)


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
