"""Versions into the database, in few statements however many there are."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser

from phoihop.audit.actions import event, record_many
from phoihop.audit.models import AuditEvent
from phoihop.core import clock
from phoihop.core.prepared import insert, update
from phoihop.reports.content import content_hash, report_key
from phoihop.reports.enums import Origin, ReportState, VersionState
from phoihop.reports.models import Report, ReportVersion, TextSeal, Waiver
from phoihop.reports.sealing import texts_hash

from .drafts import next_number, open_draft
from .judging import Judged
from .pinning import write_pins
from .submission import is_figure
from .texts import seal_texts

_MOVED = ("state", "latest_version", "first_submitted_at", "is_on_time")


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
    for each, version in zip(judged, versions, strict=True):
        _move(each.report, version, at)
    update([each.report for each in judged], *_MOVED)
    record_many(
        _event(each, version, by, seals.get(version.pk, ()))
        for each, version in zip(judged, versions, strict=True)
    )


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
    version.prefilled = {
        code: True
        for code, sure in judged.submission.prefilled.items()
        if sure and is_figure(judged.cells.get(code))
    }
    version.reason, version.origin, version.is_simulated = judged.reason, origin, simulated
    version.submitted_at, version.submitted_by_id = at, user
    version.content_hash = content_hash(report_key(report), version)
    return version


def _save(versions: Sequence[ReportVersion]) -> None:
    drafts = [version for version in versions if version.pk]
    insert([version for version in versions if not version.pk])
    update(drafts, *(field.name for field in ReportVersion._meta.concrete_fields if not field.primary_key))


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
    insert(waivers)
    return waivers


def _move(report: Report, version: ReportVersion, at: datetime) -> None:
    """Late stays late: timeliness is that of the first submission, which the locked row tells."""
    report.state, report.latest_version = ReportState.SUBMITTED, version
    if report.first_submitted_at is None:
        report.first_submitted_at, report.is_on_time = at, clock.day_of(at) <= report.deadline


def _event(
    judged: Judged, version: ReportVersion, by: AbstractBaseUser | None, seals: Sequence[TextSeal]
) -> AuditEvent:
    details: dict[str, Any] = {
        "version": version.number,
        "content_hash": version.content_hash,
        "origin": str(version.origin),
        "simulated": version.is_simulated,
    }
    if version.prefilled:
        details["prefilled"] = sorted(version.prefilled)
    if seals:
        details["texts"] = texts_hash(seals)
    return event(
        judged.action, judged.report, by=by, organisation=judged.report.organisation, details=details
    )
