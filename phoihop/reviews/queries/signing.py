"""Who has approved a frozen version, who is missing, and what each issuer's desk may do with it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from phoihop.orgs.models import Organisation
from phoihop.orgs.permissions import AnyUser
from phoihop.reviews.enums import Audience
from phoihop.reviews.models import Approval, IssuedNumber, Review, ReviewVersion
from phoihop.reviews.permissions import SigningFor, signing_for


@dataclass(frozen=True, slots=True)
class IssuerRow:
    """One issuer of one version. `may_sign`: this person approves, withdraws and numbers in its name."""

    organisation: Organisation
    approval: Approval | None  # the one for the widest audience
    to_approve: Sequence[Audience]  # for whom it can still be approved
    is_withdrawable: bool
    withdrawn: Sequence[Approval]
    number: IssuedNumber | None
    may_sign: bool


@dataclass(frozen=True, slots=True)
class Signing:
    version: ReviewVersion
    rows: Sequence[IssuerRow]
    is_newest: bool

    @property
    def following(self) -> Audience | None:
        """The narrowest audience it is not published for: the next step. None: nothing is left to approve."""
        wider = wider_than(self.version)
        return wider[0] if self.is_newest and wider else None

    @property
    def missing(self) -> list[Organisation]:
        """Whose approval the next step waits for."""
        return [row.organisation for row in self.rows if not _covers(row.approval, self.following)]

    @property
    def is_begun(self) -> bool:
        """Something is to be told: nothing is out yet, or an issuer has approved a wider audience."""
        return not self.version.published_at or len(self.missing) < len(self.rows)

    @property
    def ready_for(self) -> Audience | None:
        """The widest audience every issuer has approved and that it is not published for."""
        return next(
            (
                each
                for each in reversed(wider_than(self.version))
                if self.is_newest and all(_covers(row.approval, each) for row in self.rows)
            ),
            None,
        )

    @property
    def may_sign(self) -> bool:
        return any(row.may_sign for row in self.rows)


def issuers_of(version: ReviewVersion) -> list[Organisation]:
    return issuing_of(version.review)


def issuing_of(review: Review) -> list[Organisation]:
    rows = review.issuers.select_related("organisation__area")
    return list(dict.fromkeys(row.organisation for row in rows))


def wider_than(version: ReviewVersion) -> list[Audience]:
    """Audiences a version is not published for yet, the narrowest first."""
    every = list(Audience)
    return every if version.published_at is None else Audience(version.audience).at_least()[1:]


def missing_approvals(version: ReviewVersion, audience: Audience) -> list[Organisation]:
    standing = version.approvals.standing().covering(audience)
    approved = set(standing.values_list("organisation", flat=True))
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
    numbered = {each.organisation_id: each for each in numbers if each.version_id == version.pk}
    given = [each for each in approvals if each.version_id == version.pk]
    return [
        _row(
            version,
            organisation,
            [each for each in given if each.organisation_id == organisation.pk],
            numbered.get(organisation.pk),
            may_sign=acting(organisation),
        )
        for organisation in issuers
    ]


def _row(
    version: ReviewVersion,
    organisation: Organisation,
    approvals: Sequence[Approval],
    number: IssuedNumber | None,
    *,
    may_sign: bool,
) -> IssuerRow:
    standing = [each for each in approvals if each.withdrawn_at is None]
    wider = wider_than(version)
    last = standing[-1] if standing else None
    return IssuerRow(
        organisation=organisation,
        approval=last,
        to_approve=[each for each in wider if not _covers(last, each)],
        is_withdrawable=bool(last and last.audience in wider and (number is None or len(standing) > 1)),
        withdrawn=[each for each in approvals if each.withdrawn_at is not None],
        number=number,
        may_sign=may_sign,
    )


def _covers(approval: Approval | None, audience: Audience | None) -> bool:
    return approval is not None and audience is not None and approval.audience in audience.at_least()
