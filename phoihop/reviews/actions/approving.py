"""Each issuer approves a frozen version in its own name. An approval, not a digital signature."""

from django.db import transaction

from phoihop.accounts.models import User
from phoihop.audit.actions import record
from phoihop.audit.words import seal_words
from phoihop.core import clock
from phoihop.core.text import nfc
from phoihop.orgs.models import Organisation
from phoihop.reviews import issuing_errors as errors
from phoihop.reviews.actions.guards import audience_named, require_signing_for
from phoihop.reviews.enums import Audience
from phoihop.reviews.models import Approval, IssuedNumber, ReviewVersion
from phoihop.reviews.queries.signing import missing_approvals

LONGEST = 500


@transaction.atomic
def approve_version(
    *, version: ReviewVersion, organisation: Organisation, audience: str, by: User | None, note: str = ""
) -> Approval:
    """Of the newest version, for an audience it is not published for yet; a version frozen later needs new approvals."""
    require_signing_for(by, organisation, version)
    wanted, locked = audience_named(audience), locked_version(version)
    refuse_superseded(locked)
    if is_out_for(locked, wanted):
        raise errors.out_already(locked)
    if locked.approvals.standing().covering(wanted).filter(organisation=organisation).exists():
        raise errors.approved_already(locked, organisation, wanted)
    given = Approval.objects.create(
        version=locked, organisation=organisation, audience=wanted, at=clock.now(), by=by,
        note=nfc(note.strip())[:LONGEST],
    )  # fmt: skip
    told = {"version": locked.number, "context": locked.context_hash, "audience": wanted.value}
    details = told | seal_words(given, "note")
    record("approve_version", locked.review, by=by, organisation=organisation, details=details)
    return given


@transaction.atomic
def approve_for_every_issuer(
    *, version: ReviewVersion, audience: str, by: User | None, note: str = ""
) -> list[Approval]:
    """For whom it is still missing, one audit event each: what a command on the machine does."""
    return [
        approve_version(version=version, organisation=organisation, audience=audience, by=by, note=note)
        for organisation in missing_approvals(version, audience_named(audience))
    ]


@transaction.atomic
def withdraw_approval(
    *, version: ReviewVersion, organisation: Organisation, reason: str, by: User | None
) -> Approval:
    """The last one given, before it is published for that audience; what was approved and withdrawn stays on record."""
    require_signing_for(by, organisation, version)
    locked = locked_version(version)
    standing = list(locked.approvals.standing().filter(organisation=organisation).order_by("-pk"))
    if not standing:
        raise errors.not_approved(locked, organisation)
    held = standing[0]
    if is_out_for(locked, Audience(held.audience)):
        raise errors.out_already(locked)
    numbered = IssuedNumber.objects.given().filter(version=locked, organisation=organisation).first()
    if numbered is not None and len(standing) == 1:
        raise errors.number_stands(numbered)
    held.withdrawn_at, held.withdrawn_by, held.reason = clock.now(), by, reason_given(reason)
    held.save(update_fields=["withdrawn_at", "withdrawn_by", "reason"])
    details = {"version": locked.number, "audience": held.audience, **seal_words(held, "reason")}
    record("withdraw_approval", locked.review, by=by, organisation=organisation, details=details)
    return held


def reason_given(text: str) -> str:
    said = nfc(text.strip())
    if not said or len(said) > LONGEST:
        raise errors.no_reason()
    return said


def is_out_for(version: ReviewVersion, audience: Audience) -> bool:
    """Published for it, or for a wider one."""
    return version.published_at is not None and version.audience in audience.at_least()


def refuse_superseded(version: ReviewVersion) -> None:
    newest = version.review.versions.latest("number").number
    if newest != version.number:
        raise errors.superseded(version, newest)


def locked_version(version: ReviewVersion) -> ReviewVersion:
    found: ReviewVersion = (
        ReviewVersion.objects.select_for_update(of=("self",)).select_related("review").get(pk=version.pk)
    )
    return found
