"""Refusals of approving a version and of numbering it, a sentence each."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from phoihop.core.errors import Conflict, DomainError, NotAllowed
from phoihop.orgs.models import Organisation
from phoihop.orgs.roles import Permission, roles_that_may
from phoihop.reviews.enums import Audience
from phoihop.reviews.models import IssuedNumber, ReviewVersion


def may_not_sign_for(organisation: Organisation) -> NotAllowed:
    roles = roles_that_may(Permission.FREEZE, organisation.area.level)
    sentence = _("You may not do this in the name of %(organisation)s. It can be done there by: %(roles)s.")
    return NotAllowed(
        sentence % {"organisation": organisation, "roles": ", ".join(str(role.label) for role in roles)}
    )


def not_an_issuer(organisation: Organisation, version: ReviewVersion, issuers: Iterable[str]) -> DomainError:
    sentence = _("%(organisation)s does not issue “%(review)s”. It is issued by: %(issuers)s.")
    named = {"organisation": organisation, "review": version.review, "issuers": ", ".join(issuers)}
    return DomainError(sentence % named)


def approvals_missing(version: ReviewVersion, audience: Audience, missing: Iterable[str]) -> Conflict:
    sentence = _(
        "Version %(number)s of “%(review)s” cannot be published for this audience yet (%(audience)s): not approved for"
        " it by %(missing)s. Each issuer approves it in the review room."
    )
    named = {"number": version.number, "review": version.review}
    asked = {"audience": audience.label, "missing": ", ".join(missing)}
    return Conflict(sentence % {**named, **asked})


def approved_already(version: ReviewVersion, organisation: Organisation, audience: Audience) -> Conflict:
    sentence = _("%(organisation)s has approved version %(number)s for this audience already (%(audience)s).")
    named = {"organisation": organisation, "number": version.number, "audience": audience.label}
    return Conflict(sentence % named)


def narrower_audience(version: ReviewVersion) -> Conflict:
    sentence = _(
        "Version %(number)s of “%(review)s” is published for a wider audience already (%(audience)s). What was read"
        " cannot be called back: freeze, approve and publish another version for the narrower one."
    )
    named = {"number": version.number, "review": version.review}
    return Conflict(sentence % {**named, "audience": Audience(version.audience).label})


def superseded(version: ReviewVersion, newest: int) -> Conflict:
    sentence = _(
        "Version %(number)s of “%(review)s” has been followed by version %(newest)s, which needs approvals of its own."
        " Approve and publish that one."
    )
    return Conflict(sentence % {"number": version.number, "review": version.review, "newest": newest})


def out_already(version: ReviewVersion) -> Conflict:
    sentence = _(
        "Version %(number)s of “%(review)s” is published for this audience: approvals for it are neither given nor"
        " withdrawn any more. Correct the review by freezing another version."
    )
    return Conflict(sentence % {"number": version.number, "review": version.review})


def not_approved(version: ReviewVersion, organisation: Organisation) -> Conflict:
    sentence = _(
        "%(organisation)s has not approved version %(number)s. It approves first, in the review room."
    )
    return Conflict(sentence % {"organisation": organisation, "number": version.number})


def no_reason() -> DomainError:
    return DomainError(_("Say why in a sentence of at most 500 characters: the reason is kept."))


def number_stands(held: IssuedNumber) -> Conflict:
    sentence = _(
        "%(organisation)s gave number %(number)s of %(year)s to this version. Cancel the number first, with its reason."
    )
    return Conflict(sentence % {"organisation": held.organisation, "number": held.written, "year": held.year})


def simulated_has_no_number(version: ReviewVersion) -> Conflict:
    sentence = _(
        "“%(review)s” stands on simulated figures. Simulated documents take no number of a real register."
    )
    return Conflict(sentence % {"review": version.review})


def numbered_already(held: IssuedNumber) -> Conflict:
    sentence = _(
        "This version has number %(number)s of %(year)s in the register of %(organisation)s already. Cancel it first to"
        " give another."
    )
    return Conflict(sentence % {"organisation": held.organisation, "number": held.written, "year": held.year})


def number_taken(held: IssuedNumber, following: int) -> Conflict:
    sentence = _(
        "Number %(number)s of %(year)s is used in the register of %(organisation)s (%(state)s). The next one is"
        " %(following)s; a number is never used twice."
    )
    named = {"number": held.written, "year": held.year, "organisation": held.organisation}
    return Conflict(sentence % {**named, "state": held.get_state_display(), "following": f"{following:02d}"})


def not_a_number(number: int, most: int) -> DomainError:
    sentence = _("%(number)s cannot be given: numbers run from 1 to %(most)s.")
    return DomainError(sentence % {"number": number, "most": most})


def gap_without_reason(first: int, last: int) -> DomainError:
    gap = f"{first:02d}" if first == last else f"{first:02d}-{last:02d}"
    sentence = _(
        "This leaves out number %(gap)s. Say why, as “given to documents outside this system”: the register explains"
        " every gap."
    )
    return DomainError(sentence % {"gap": gap})


def cancelled_already(held: IssuedNumber) -> Conflict:
    sentence = _("Number %(number)s of %(year)s is not given (%(state)s): there is nothing to cancel.")
    return Conflict(sentence % {"number": held.written, "year": held.year, "state": held.get_state_display()})
