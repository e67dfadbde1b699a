from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from phoihop.audit.actions import record
from phoihop.core import clock
from phoihop.reports import errors
from phoihop.reports.content import content_hash, report_key, revision_of
from phoihop.reports.enums import Origin, VersionState
from phoihop.reports.models import Report, ReportVersion
from phoihop.reports.permissions import may_save_draft
from phoihop.reports.standing import standing_of

from .guards import require_transition
from .locking import locked_report
from .submission import clean_cells, is_figure


@transaction.atomic
def save_draft(
    *,
    report: Report,
    cells: Mapping[str, Any],
    by: AbstractBaseUser | None,
    consolidated: Sequence[str] = (),
    notes: Mapping[str, str] | None = None,
    narrative: Mapping[str, Any] | None = None,
    prefilled: Mapping[str, bool] | None = None,
    origin: Origin = Origin.FORM,
    base: str | None = None,
    beside: bool = False,
) -> Report:
    """Keeps what was typed, right or wrong; the checks speak at submission.

    prefilled: figures filled in from what was known, and whether somebody confirmed each; None: as the draft had it,
            where the figure is the same.
    base:   the `revision_of` the writer began from; another one by now is NewerVersion, and nothing is written.
    beside: keep an open draft as it is and write this one after it: both copies stay.
    """
    current = locked_report(report)
    if not may_save_draft(standing_of(by), current):
        raise errors.unit_must_act(current)
    current.state = require_transition("save_draft", current)
    if base is not None and base != revision_of(current.latest_version):
        raise errors.NewerVersion(current)
    marks = kept_marks(current, clean_cells(cells)) if prefilled is None else prefilled
    draft = None if beside else open_draft(current)
    draft = draft or ReportVersion(
        report=current, number=next_number(current), created_by_id=getattr(by, "pk", None)
    )
    draft.cells, draft.consolidated = clean_cells(cells), sorted(set(consolidated))
    draft.notes, draft.narrative = dict(notes or {}), dict(narrative or {})
    draft.prefilled = {code: sure for code, sure in marks.items() if is_figure(draft.cells.get(code))}
    draft.origin, draft.created_at = origin, clock.now()
    draft.content_hash = content_hash(report_key(current), draft)
    draft.save()
    current.latest_version = draft
    current.save(update_fields=["state", "latest_version"])
    record("save_draft", current, by=by, organisation=current.organisation, details={"version": draft.number})
    return current


def kept_marks(report: Report, cells: Mapping[str, str]) -> Mapping[str, bool]:
    """Of the open draft, where the figure is still the same."""
    draft = open_draft(report)
    if draft is None:
        return {}
    return {code: sure for code, sure in draft.prefilled.items() if draft.cells.get(code) == cells.get(code)}


def open_drafts(report: Report) -> list[ReportVersion]:
    """Every copy that was not submitted, also one left beside another."""
    return list(report.versions.filter(state=VersionState.DRAFT))


def open_draft(report: Report) -> ReportVersion | None:
    latest = report.latest_version
    return latest if latest is not None and latest.state == VersionState.DRAFT else None


def next_number(report: Report) -> int:
    return report.latest_version.number + 1 if report.latest_version else 1
