"""Refusals when the duties of an abolished organisation are to pass."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from phoihop.core.errors import Conflict, DomainError, NotAllowed
from phoihop.orgs.models import Organisation


def superior_must_choose(organisation: Organisation) -> NotAllowed:
    return NotAllowed(
        _(
            "You may not say to whom the duties of %(organisation)s pass. The desk above it, or the central desk, can."
        )
        % {"organisation": organisation.name_vi}
    )


def still_in_force(organisation: Organisation) -> Conflict:
    return Conflict(
        _("%(organisation)s is still in force and keeps its duties. Record its end first.")
        % {"organisation": organisation.name_vi}
    )


def not_an_heir(organisation: Organisation, heir: Organisation, heirs: Sequence[Organisation]) -> DomainError:
    if not heirs:
        return Conflict(
            _("%(organisation)s has no heir in force. Record its succession first.")
            % {"organisation": organisation.name_vi}
        )
    return DomainError(
        _("%(heir)s is not an heir of %(organisation)s. Choose one of: %(heirs)s.")
        % {
            "heir": heir.name_vi,
            "organisation": organisation.name_vi,
            "heirs": "; ".join(each.name_vi for each in heirs),
        }
    )


def reason_needed_for_a_split(organisation: Organisation) -> DomainError:
    return DomainError(
        _("%(organisation)s was divided among several. Give the reason why its duties pass to this one.")
        % {"organisation": organisation.name_vi}
    )
