from django.utils.translation import gettext as _

from phoihop.areas.enums import Level
from phoihop.core.errors import Conflict, DomainError, NotAllowed
from phoihop.orgs.enums import Role
from phoihop.orgs.models import Organisation
from phoihop.orgs.roles import LEVEL_OF_DESK, Permission, roles_that_may


def role_needed(permission: Permission, organisation: Organisation) -> NotAllowed:
    roles = roles_that_may(permission, organisation.area.level)
    sentence = _("You may not do this for %(organisation)s. It can be done there by: %(roles)s.")
    return NotAllowed(
        sentence % {"organisation": organisation, "roles": ", ".join(str(role.label) for role in roles)}
    )


def only_central_desk_administers() -> NotAllowed:
    return NotAllowed(_("You may not do this. It can be done by the central desk of a central organisation."))


def desk_at_another_level(role: Role, organisation: Organisation) -> DomainError:
    sentence = _("“%(role)s” is held at the level %(level)s only, and %(organisation)s stands at another.")
    level = Level(LEVEL_OF_DESK[role]).label
    return DomainError(sentence % {"role": role.label, "level": level, "organisation": organisation})


def already_a_member(role: Role, organisation: Organisation) -> Conflict:
    sentence = _(
        "This user already holds “%(role)s” in %(organisation)s on that day. End that membership first."
    )
    return Conflict(sentence % {"role": role.label, "organisation": organisation})


def membership_over() -> Conflict:
    return Conflict(_("This membership has ended already. Nothing is left to end."))


def no_areas() -> Conflict:
    return Conflict(
        _(
            "The administrative map is empty. Load it first with `phoihop load_areas`, then load the organisations."
        )
    )
