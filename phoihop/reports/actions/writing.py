"""Versions into the database, in few statements however many there are."""

from collections.abc import Sequence
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from phoihop.audit.actions import event, record_many
from phoihop.audit.models import AuditEvent
from phoihop.core import clock
from phoihop.reports.content import content_hash, report_key
from phoihop.reports.enums import Origin, ReportState, VersionState
from phoihop.reports.models import Report, ReportVersion, TextSeal, Waiver
from phoihop.reports.sealing import texts_hash

from .drafts import next_number, open_draft
from .judging import Judged
from .locking import chunks
from .pinning import write_pins
from .texts import seal_texts

_BATCH = 2_000


def write_versions(
    judged: Sequence[Judged],
    *,
    by: AbstractBaseUser | None,
    origin: Origin,
    simulated: bool,
    at: datetime,
) -> None:
    versions = [_version(each, by, origin, simulated, at) for each in judged]
    _save(versions)
    write_pins([(version, each.pins) for version, each in zip(versions, judged, strict=True) if each.pins])
    waivers = _write_waivers(versions, judged)
    seals = seal_texts(versions, waivers)
    _move_reports([each.report for each in judged], at)
    events = [
        _event(each, version, by, seals.get(version.pk, ()))
        for each, version in zip(judged, versions, strict=True)
    ]
    for each, version in zip(judged, versions, strict=True):
        _remember(each.report, version, at)
    record_many(events)


def _version(
    judged: Judged, by: AbstractBaseUser | None, origin: Origin, simulated: bool, at: datetime
) -> ReportVersion:
    """An open draft becomes the submitted version; otherwise the next number."""
    report, user = judged.report, getattr(by, "pk", None)
    version = open_draft(report) or ReportVersion(
        report=report, number=next_number(report), created_at=at, created_by_id=user
    )
    version.state = VersionState.SUBMITTED
    version.covers_from, version.covers_until = report.covers_from, report.covers_until
    version.cells, version.consolidated = judged.cells, judged.consolidated
    version.notes, version.narrative = judged.notes, dict(judged.submission.narrative)
    version.reason, version.origin, version.is_simulated = judged.reason, origin, simulated
    version.submitted_at, version.submitted_by_id = at, user
    version.content_hash = content_hash(report_key(report), version)
    return version


def _save(versions: Sequence[ReportVersion]) -> None:
    drafts = [version for version in versions if version.pk]
    ReportVersion.objects.bulk_create([v for v in versions if not v.pk], batch_size=_BATCH)
    for draft in drafts:
        draft.save()


def _write_waivers(versions: Sequence[ReportVersion], judged: Sequence[Judged]) -> list[Waiver]:
    waivers = [
        Waiver(
            version=version,
            check_code=finding.check,
            indicator_code=finding.codes[0] if finding.codes else "",
            explanation=explanation,
        )
        for version, each in zip(versions, judged, strict=True)
        for finding, explanation in each.explained
    ]
    return Waiver.objects.bulk_create(waivers, batch_size=_BATCH)


def _move_reports(reports: Sequence[Report], at: datetime) -> None:
    """Late stays late: timeliness is that of the first submission."""
    newest = ReportVersion.objects.filter(report=OuterRef("pk")).order_by("-number").values("pk")[:1]
    day = clock.day_of(at)
    for some in chunks([report.pk for report in reports]):
        Report.objects.filter(pk__in=some).update(
            state=ReportState.SUBMITTED,
            latest_version=Subquery(newest),
            first_submitted_at=Coalesce("first_submitted_at", Value(at)),
            is_on_time=Coalesce("is_on_time", Q(deadline__gte=day)),
        )


def _remember(report: Report, version: ReportVersion, at: datetime) -> None:
    """The same on the instance that is handed back."""
    report.state, report.latest_version = ReportState.SUBMITTED, version
    if report.first_submitted_at is None:
        report.first_submitted_at, report.is_on_time = at, clock.day_of(at) <= report.deadline


def _event(
    judged: Judged, version: ReportVersion, by: AbstractBaseUser | None, seals: Sequence[TextSeal]
) -> AuditEvent:
    details = {
        "version": version.number,
        "content_hash": version.content_hash,
        "origin": str(version.origin),
        "simulated": version.is_simulated,
    }
    if seals:
        details["texts"] = texts_hash(seals)
    if version.reason:
        details["reason"] = version.reason
    return event(
        judged.action, judged.report, by=by, organisation=judged.report.organisation, details=details
    )
