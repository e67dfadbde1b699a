"""What the superior does with a submitted report."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import F

from phoihop.audit.actions import event, record, record_many
from phoihop.core import clock
from phoihop.core.errors import DomainError
from phoihop.reports import errors
from phoihop.reports.enums import ReportState, VersionState
from phoihop.reports.models import Report, ReportingPeriod, ReportVersion
from phoihop.reports.permissions import is_own_submission, may_accept, may_lock, may_return
from phoihop.reports.standing import Standing, standing_of

from .guards import require_short, require_transition
from .ledger import mark_steps, mark_steps_above, write_entries
from .locking import chunks, locked_period, locked_report, locked_reports
from .submission import AcceptOutcome, ReturnOutcome, sentences_of
from .texts import seal_returns


@transaction.atomic
def return_report(*, report: Report, reason: str, by: AbstractBaseUser | None) -> Report:
    """Back to the unit, with the reason; a version accepted earlier stays in force."""
    current = locked_report(report)
    _admit_return(current, standing_of(by))
    if not (why := require_short(reason)):
        raise errors.reason_needed_to_return()
    _return([current], why, by)
    return current


def return_locked(reports: Sequence[Report], why: str, by: AbstractBaseUser | None) -> ReturnOutcome:
    """The good ones together; each other one is refused with a sentence. The rows are locked by the caller."""
    standing, outcome = standing_of(by), ReturnOutcome()
    for current in reports:
        try:
            _admit_return(current, standing)
        except DomainError as refusal:
            outcome.refused.append((current, sentences_of(refusal)))
        else:
            outcome.returned.append(current)
    _return(outcome.returned, why, by)
    return outcome


@transaction.atomic
def accept_report(*, report: Report, by: AbstractBaseUser | None) -> Report:
    """Its latest version comes into force; the ledger entry is of the same transaction."""
    current = locked_report(report)
    _admit(current, standing_of(by))
    _accept([current], by)
    current.refresh_from_db(fields=["is_out_of_step"])
    return current


@transaction.atomic
def accept_reports(*, reports: Sequence[Report], by: AbstractBaseUser | None) -> AcceptOutcome:
    """The good ones together, in the order given; each other one is refused with a sentence."""
    locked = locked_reports(report.pk for report in reports)
    standing, outcome = standing_of(by), AcceptOutcome()
    for current in (locked.pop(report.pk, None) for report in reports):
        if current is None:
            continue
        try:
            _admit(current, standing)
        except DomainError as refusal:
            outcome.refused.append((current, sentences_of(refusal)))
        else:
            outcome.accepted.append(current)
    _accept(outcome.accepted, by)
    return outcome


@transaction.atomic
def lock_reports(*, period: ReportingPeriod, by: AbstractBaseUser | None) -> ReportingPeriod:
    """Closes what the user has accepted; the period is closed when every report due is locked."""
    current, standing = locked_period(period), standing_of(by)
    accepted = Report.objects.filter(period=current, state=ReportState.ACCEPTED)
    locked = [each for each in accepted.select_related("organisation") if may_lock(standing, each)]
    if not locked:
        raise errors.nothing_to_lock(current)
    for some in chunks([each.pk for each in locked]):
        Report.objects.filter(pk__in=some).update(state=ReportState.LOCKED)
    record_many(event("lock_reports", each, by=by, organisation=each.organisation) for each in locked)
    if not current.reports.expected().exclude(state=ReportState.LOCKED).exists():
        current.closed_at = clock.now()
        current.save(update_fields=["closed_at"])
        record("close_period", current, by=by)
    return current


def _admit(report: Report, standing: Standing) -> None:
    if not may_accept(standing, report):
        if may_return(standing, report) and is_own_submission(standing, report):
            raise errors.own_submission(report)
        raise errors.superior_must_decide(report)
    require_transition("accept_report", report)


def _admit_return(report: Report, standing: Standing) -> None:
    if not may_return(standing, report):
        raise errors.superior_must_decide(report)
    require_transition("return_report", report)


def _submitted_version(report: Report) -> ReportVersion:
    """In the state SUBMITTED the latest version is the submitted one: no draft can be opened beside it."""
    if report.latest_version is None:
        raise ReportVersion.DoesNotExist
    return report.latest_version


def _accept(reports: Sequence[Report], by: AbstractBaseUser | None) -> None:
    now = clock.now()
    replaced = {report.accepted_version_id for report in reports} - {None}
    for some in chunks([report.pk for report in reports]):
        rows = Report.objects.filter(pk__in=some)
        ReportVersion.objects.filter(pk__in=rows.values("latest_version")).update(
            state=VersionState.ACCEPTED, decided_at=now, decided_by=getattr(by, "pk", None)
        )
        rows.update(state=ReportState.ACCEPTED, accepted_version=F("latest_version"))
    mark_steps({report.pk for report in reports})
    mark_steps_above({version for version in replaced if version})
    write_entries([(report, report.latest_version_id) for report in reports], now)
    record_many(
        event("accept_report", report, by=by, organisation=report.superior, details=_details(report))
        for report in reports
    )
    for report in reports:
        _remember(report, by, now)


def _return(reports: Sequence[Report], why: str, by: AbstractBaseUser | None) -> None:
    now = clock.now()
    decided = {"state": VersionState.RETURNED, "return_reason": why, "decided_at": now}
    for some in chunks([report.pk for report in reports]):
        rows = Report.objects.filter(pk__in=some)
        latest = ReportVersion.objects.filter(pk__in=rows.values("latest_version"))
        latest.update(**decided, decided_by=getattr(by, "pk", None))
        rows.update(state=ReportState.RETURNED)
    for report in reports:
        version = _submitted_version(report)
        report.state = ReportState.RETURNED
        version.state, version.return_reason, version.decided_at = VersionState.RETURNED, why, now
        version.decided_by_id = getattr(by, "pk", None)
    sealed = seal_returns([_submitted_version(report) for report in reports], why)
    record_many(
        event("return_report", report, by=by, organisation=report.superior, details=_returned(report, sealed))
        for report in reports
    )


def _returned(report: Report, sealed: Mapping[int, str]) -> dict[str, str | int]:
    """The reason itself stands with the version, under its seal: it may have to be taken out one day."""
    version = _submitted_version(report)
    return {"version": version.number, "reason_seal": sealed[version.pk]}


def _details(report: Report) -> dict[str, str | int]:
    version = _submitted_version(report)
    return {"version": version.number, "content_hash": version.content_hash}


def _remember(report: Report, by: AbstractBaseUser | None, at: datetime) -> None:
    """The same on the instance that is handed back."""
    version = _submitted_version(report)
    version.state, version.decided_at = VersionState.ACCEPTED, at
    version.decided_by_id = getattr(by, "pk", None)
    report.state, report.accepted_version = ReportState.ACCEPTED, version
