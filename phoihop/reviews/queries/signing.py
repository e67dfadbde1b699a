"""Who has approved a frozen version, who is missing, and what each issuer's desk may do with it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from phoihop.orgs.models import Organisation
from phoihop.orgs.permissions import AnyUser
from phoihop.reviews.models import Approval, IssuedNumber, Review, ReviewVersion
from phoihop.reviews.permissions import SigningFor, signing_for


@dataclass(frozen=True, slots=True)
class IssuerRow:
    """One issuer of one version. `may_sign`: this person approves, withdraws and numbers in its name."""

    organisation: Organisation
    approval: Approval | None
    withdrawn: Sequence[Approval]
    number: IssuedNumber | None
    may_sign: bool


@dataclass(frozen=True, slots=True)
class Signing:
    version: ReviewVersion
    rows: Sequence[IssuerRow]
    is_newest: bool

    @property
    def missing(self) -> list[Organisation]:
        return [row.organisation for row in self.rows if row.approval is None]

    @property
    def is_complete(self) -> bool:
        return not self.missing

    @property
    def is_open(self) -> bool:
        """Approvals are given and withdrawn only before publication, and only of the newest version."""
        return self.is_newest and self.version.published_at is None

    @property
    def may_sign(self) -> bool:
        return any(row.may_sign for row in self.rows)


def issuers_of(version: ReviewVersion) -> list[Organisation]:
    return issuing_of(version.review)


def issuing_of(review: Review) -> list[Organisation]:
    rows = review.issuers.select_related("organisation__area")
    return list(dict.fromkeys(row.organisation for row in rows))


def missing_approvals(version: ReviewVersion) -> list[Organisation]:
    approved = set(version.approvals.standing().values_list("organisation", flat=True))
    return [each for each in issuers_of(version) if each.pk not in approved]


def signings(user: AnyUser, versions: Sequence[ReviewVersion]) -> list[Signing]:
    """Of one review's versions, the newest first."""
    if not versions:
        return []
    issuers, acting = issuers_of(versions[0]), signing_for(user)
    ids = [version.pk for version in versions]
    approvals = Approval.objects.filter(version__in=ids).select_related("by", "withdrawn_by")
    numbers = IssuedNumber.objects.given().filter(version__in=ids)
    given, held = list(approvals), list(numbers)
    newest = max(version.number for version in versions)
    return [
        Signing(version, _rows(version, issuers, given, held, acting), is_newest=version.number == newest)
        for version in versions
    ]


def _rows(
    version: ReviewVersion,
    issuers: Iterable[Organisation],
    approvals: Iterable[Approval],
    numbers: Iterable[IssuedNumber],
    acting: SigningFor,
) -> list[IssuerRow]:
    of_version = [each for each in approvals if each.version_id == version.pk]
    numbered = {each.organisation_id: each for each in numbers if each.version_id == version.pk}
    return [
        IssuerRow(
            organisation=organisation,
            approval=next(
                (
                    each
                    for each in of_version
                    if each.organisation_id == organisation.pk and each.withdrawn_at is None
                ),
                None,
            ),
            withdrawn=[
                each
                for each in of_version
                if each.organisation_id == organisation.pk and each.withdrawn_at is not None
            ],
            number=numbered.get(organisation.pk),
            may_sign=acting(organisation),
        )
        for organisation in issuers
    ]
