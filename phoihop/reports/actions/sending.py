"""What a device sends, perhaps hours later and perhaps twice: written once, answered the same each time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import UUIDField

from phoihop.core import clock
from phoihop.core.prepared import Prepared, Slot, insert, key_slot
from phoihop.core.turns import write_in_turn
from phoihop.reports import errors
from phoihop.reports.content import revision_of
from phoihop.reports.enums import Origin
from phoihop.reports.models import Receipt, Report
from phoihop.reports.queries.cells import form_fingerprint
from phoihop.reports.standing import Standing, standing_of

from .ahead import Foreseen, foresee
from .drafts import save_draft
from .locking import locked_report
from .prefill import true_marks
from .submission import Explanation, Submission
from .submissions import submit_locked

Answer = dict[str, Any]


@dataclass(frozen=True)
class Sent:
    """A draft, or a submission, as a device had it.

    base:        revision the writer began from; None: write whatever stands there.
    fingerprint: of the form the writer saw; "" where the form was not seen (a file).
    beside:      the officer chose this copy over another device's; the other one stays as a draft of its own.
    """

    key: UUID
    cells: Mapping[str, str]
    consolidated: Sequence[str] = ()
    notes: Mapping[str, str] = field(default_factory=dict)
    narrative: Mapping[str, str] = field(default_factory=dict)
    prefilled: Mapping[str, bool] = field(default_factory=dict)
    waivers: Sequence[Explanation] = ()
    reason: str = ""
    base: str | None = None
    fingerprint: str = ""
    is_submission: bool = False
    beside: bool = False


_receipt: Prepared[Receipt] = Prepared(
    lambda: Receipt.objects.filter(user=key_slot("user"), key=Slot("key", UUIDField()))
)


def receive(*, report: Report, sent: Sent, by: AbstractBaseUser, standing: Standing | None = None) -> Answer:
    """Writes a draft, then, where it is a submission, submits it: in one transaction, once per key.

    report:   the fresher it was read, the less is done again under its lock.
    standing: that of `by`, where the caller has read it already.

    Raises: whatever save_draft and submit_report raise, NewerVersion, FormChanged. A refused submission writes
            nothing: the device keeps its copy.
    """
    standing = standing or standing_of(by)
    sent = replace(sent, prefilled=_marks(report, sent))
    foreseen = None
    if sent.is_submission and not sent.beside:
        foreseen = foresee(_submission(report, sent), standing=standing, origin=Origin.FORM)
    return write_in_turn(lambda: _receive(locked_report(report), sent, by, standing, foreseen))


def _receive(
    current: Report, sent: Sent, by: AbstractBaseUser, standing: Standing, foreseen: Foreseen | None
) -> Answer:
    for known in _receipt(user=by.pk, key=sent.key):
        if known.report_id != current.pk:
            raise errors.key_of_another_report(sent.key)
        return dict(known.answer)
    fingerprint = form_fingerprint(current)
    if sent.is_submission:
        if sent.fingerprint and sent.fingerprint != fingerprint:
            raise errors.FormChanged(current)
        written = _submit(current, sent, by, standing, foreseen)
    else:
        written = save_draft(
            report=current,
            by=by,
            base=sent.base,
            beside=sent.beside,
            prefilled=sent.prefilled,
            **_typed(sent),
        )
    answer = _answer(written, sent, fingerprint)
    insert([Receipt(user_id=by.pk, key=sent.key, report=current, answer=answer, at=clock.now())])
    return answer


def _marks(report: Report, sent: Sent) -> dict[str, bool]:
    """A figure of nobody's confirming stays marked in a submission, to be refused whatever the register says now."""
    told = true_marks(report, sent.cells, sent.prefilled)
    unsure = {code: False for code, sure in sent.prefilled.items() if not sure} if sent.is_submission else {}
    return told | unsure


def _typed(sent: Sent) -> dict[str, Any]:
    return {
        "cells": sent.cells,
        "consolidated": sent.consolidated,
        "notes": {code: note for code, note in sent.notes.items() if note.strip()},
        "narrative": {section: text for section, text in sent.narrative.items() if text.strip()},
    }


def _submission(report: Report, sent: Sent) -> Submission:
    return Submission(
        report, waivers=sent.waivers, reason=sent.reason, prefilled=sent.prefilled, **_typed(sent)
    )


def _submit(
    report: Report, sent: Sent, by: AbstractBaseUser, standing: Standing, foreseen: Foreseen | None
) -> Report:
    if sent.base is not None and sent.base != revision_of(report.latest_version) and not sent.beside:
        raise errors.NewerVersion(report)
    if sent.beside:
        report = save_draft(report=report, by=by, beside=True, **_typed(sent))
    submission = _submission(report, sent)
    return submit_locked(report, submission, by=by, standing=standing, origin=Origin.FORM, foreseen=foreseen)


def _answer(report: Report, sent: Sent, fingerprint: str) -> Answer:
    version = report.latest_version
    return {
        "status": "submitted" if sent.is_submission else "saved",
        "version": version.number if version else 0,
        "revision": revision_of(version),
        "fingerprint": fingerprint,
        "state": str(report.state),
        "at": clock.now().isoformat(),
    }
