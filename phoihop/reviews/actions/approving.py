"""Each issuer approves a frozen version in its own name. An approval, not a digital signature."""

from django.db import transaction

from phoihop.accounts.models import User
from phoihop.audit.actions import record
from phoihop.core import clock
from phoihop.core.text import nfc
from phoihop.orgs.models import Organisation
from phoihop.reviews import issuing_errors as errors
from phoihop.reviews.actions.guards import require_signing_for
from phoihop.reviews.models import Approval, IssuedNumber, ReviewVersion
from phoihop.reviews.queries.signing import missing_approvals

LONGEST = 500


@transaction.atomic
def approve_version(
    *, version: ReviewVersion, organisation: Organisation, by: User | None, note: str = ""
) -> Approval:
    """Of the newest version, before it is published; a version frozen later needs new approvals."""
    require_signing_for(by, organisation, version)
    locked = _locked(version)
    newest = locked.review.versions.latest("number").number
    if newest != locked.number:
        raise errors.superseded(locked, newest)
    if locked.published_at is not None:
        raise errors.out_already(locked)
    if locked.approvals.standing().filter(organisation=organisation).exists():
        raise errors.approved_already(locked, organisation)
    given = Approval.objects.create(
        version=locked, organisation=organisation, at=clock.now(), by=by, note=nfc(note.strip())[:LONGEST]
    )
    details = {"version": locked.number, "context": locked.context_hash, "note": given.note}
    record("approve_version", locked.review, by=by, organisation=organisation, details=details)
    return given


@transaction.atomic
def approve_for_every_issuer(*, version: ReviewVersion, by: User | None, note: str = "") -> list[Approval]:
    """For whom it is still missing, one audit event each: what a command on the machine does."""
    return [
        approve_version(version=version, organisation=organisation, by=by, note=note)
        for organisation in missing_approvals(version)
    ]


@transaction.atomic
def withdraw_approval(
    *, version: ReviewVersion, organisation: Organisation, reason: str, by: User | None
) -> Approval:
    """Before publication, with a reason; what was approved and withdrawn stays on record."""
    require_signing_for(by, organisation, version)
    locked = _locked(version)
    if locked.published_at is not None:
        raise errors.out_already(locked)
    held = locked.approvals.standing().filter(organisation=organisation).first()
    if held is None:
        raise errors.not_approved(locked, organisation)
    numbered = IssuedNumber.objects.given().filter(version=locked, organisation=organisation).first()
    if numbered is not None:
        raise errors.number_stands(numbered)
    held.withdrawn_at, held.withdrawn_by, held.reason = clock.now(), by, reason_given(reason)
    held.save(update_fields=["withdrawn_at", "withdrawn_by", "reason"])
    details = {"version": locked.number, "reason": held.reason}
    record("withdraw_approval", locked.review, by=by, organisation=organisation, details=details)
    return held


def reason_given(text: str) -> str:
    said = nfc(text.strip())
    if not said or len(said) > LONGEST:
        raise errors.no_reason()
    return said


def _locked(version: ReviewVersion) -> ReviewVersion:
    found: ReviewVersion = (
        ReviewVersion.objects.select_for_update(of=("self",)).select_related("review").get(pk=version.pk)
    )
    return found
