"""The register of an issuer: from 01 each year, no number twice, every gap explained."""

from datetime import date

from django.db import transaction
from django.db.models import Max

from phoihop.accounts.models import User
from phoihop.audit.actions import record
from phoihop.audit.words import seal_alike, seal_words
from phoihop.core import clock
from phoihop.orgs.models import Organisation
from phoihop.reviews import issuing_errors as errors
from phoihop.reviews.actions.approving import reason_given
from phoihop.reviews.actions.guards import require_signing_for
from phoihop.reviews.enums import DocumentKind, NumberState
from phoihop.reviews.models import IssuedNumber, ReviewVersion

LARGEST = 9_999


@transaction.atomic
def give_number(
    *,
    version: ReviewVersion,
    organisation: Organisation,
    by: User | None,
    number: int | None = None,
    reason: str = "",
) -> IssuedNumber:
    """The next number of the issuer's year, or a later one with a reason for those it leaves out.

    The frozen documents keep their blank: the number is written there by hand, and stands in the register.
    """
    require_signing_for(by, organisation, version)
    Organisation.objects.select_for_update().get(
        pk=organisation.pk
    )  # one at a time gives an issuer's numbers
    _refuse(version, organisation)
    today = (
        clock.today()
    )  # once: at midnight of the year's last day a number belongs to one year or the other
    series = IssuedNumber.objects.filter(organisation=organisation, kind=DocumentKind.REPORT, year=today.year)
    following = (series.aggregate(last=Max("number"))["last"] or 0) + 1
    wanted = following if number is None else number
    if not 1 <= wanted <= LARGEST:
        raise errors.not_a_number(wanted, LARGEST)
    if wanted < following:
        raise errors.number_taken(series.get(number=wanted), following)
    _skip(version, organisation, today, range(following, wanted), reason, by)
    given = _entered(organisation, today, by, number=wanted, version=version)
    given.save(force_insert=True)
    details = {"version": version.number, "number": given.written, "year": given.year, "kind": given.kind}
    record("give_number", version.review, by=by, organisation=organisation, details=details)
    return given


@transaction.atomic
def cancel_number(*, held: IssuedNumber, reason: str, by: User | None) -> IssuedNumber:
    """The line stays in the register; the number is not given again."""
    locked = IssuedNumber.objects.select_for_update().get(pk=held.pk)
    if locked.version is None or locked.state != NumberState.GIVEN:
        raise errors.cancelled_already(locked)
    require_signing_for(by, locked.organisation, locked.version)
    locked.state, locked.reason = NumberState.CANCELLED, reason_given(reason)
    locked.cancelled_at, locked.cancelled_by = clock.now(), by
    locked.save(update_fields=["state", "reason", "cancelled_at", "cancelled_by"])
    details = {"version": locked.version.number, "number": locked.written, "year": locked.year}
    record(
        "cancel_number",
        locked.version.review,
        by=by,
        organisation=locked.organisation,
        details=details | seal_words(locked, "reason"),
    )
    return locked


def _refuse(version: ReviewVersion, organisation: Organisation) -> None:
    if version.review.is_simulated:
        raise errors.simulated_has_no_number(version)
    if not version.approvals.standing().filter(organisation=organisation).exists():
        raise errors.not_approved(version, organisation)
    held = IssuedNumber.objects.given().filter(organisation=organisation, version=version).first()
    if held is not None:
        raise errors.numbered_already(held)


def _skip(
    version: ReviewVersion, organisation: Organisation, today: date, gap: range, reason: str, by: User | None
) -> None:
    if not gap:
        return
    if not reason.strip():
        raise errors.gap_without_reason(gap[0], gap[-1])
    why = reason_given(reason)
    lines = [_entered(organisation, today, by, number=number) for number in gap]
    for line in lines:
        line.state, line.reason = NumberState.SKIPPED, why
    sealed = seal_alike(IssuedNumber.objects.bulk_create(lines), "reason")
    details = {"from": gap[0], "to": gap[-1], "year": today.year, **sealed}
    record("skip_numbers", version.review, by=by, organisation=organisation, details=details)


def _entered(
    organisation: Organisation,
    today: date,
    by: User | None,
    *,
    number: int,
    version: ReviewVersion | None = None,
) -> IssuedNumber:
    return IssuedNumber(
        organisation=organisation,
        kind=DocumentKind.REPORT,
        year=today.year,
        number=number,
        version=version,
        dated_on=today,
        given_at=clock.now(),
        given_by=by,
    )
