from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from phoihop.areas.enums import Level
from phoihop.areas.errors import written
from phoihop.core.errors import Conflict, DomainError, NotAllowed
from phoihop.core.yaml_sentences import refused_choice
from phoihop.orgs.enums import Role
from phoihop.orgs.models import Organisation
from phoihop.orgs.roles import LEVEL_OF_DESK, Permission, desks_that_may_grant, roles_that_may


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


def granting_needs_a_desk(role: Role, organisation: Organisation) -> NotAllowed:
    desks = desks_that_may_grant(role, organisation.area.level)
    sentence = _(
        "You may not give or end “%(role)s” in %(organisation)s. It can be done by a desk of the same party above it: %(desks)s."
    )
    names = ", ".join(str(desk.label) for desk in desks) or "–"
    return NotAllowed(sentence % {"role": role.label, "organisation": organisation, "desks": names})


def not_to_yourself() -> NotAllowed:
    return NotAllowed(_("Nobody grants a role to themselves. Ask another desk of your party."))


def days_out_of_order(start: date, end: date) -> DomainError:
    sentence = _(
        "The membership would end on %(end)s, before it begins on %(start)s. Correct one of the two days."
    )
    return DomainError(sentence % {"start": written(start), "end": written(end)})


def organisation_not_in_force(organisation: Organisation, day: date) -> Conflict:
    sentence = _(
        "%(organisation)s is not in force on %(day)s, so nobody acts for it. Choose its heir, or days on which it stood."
    )
    return Conflict(sentence % {"organisation": organisation, "day": written(day)})


def no_such_membership(username: str, role: Role, organisation: Organisation) -> DomainError:
    sentence = _(
        "%(user)s does not hold “%(role)s” in %(organisation)s. `phoihop memberships %(user)s` lists what is held."
    )
    return DomainError(sentence % {"user": username, "role": role.label, "organisation": organisation})


def unknown_role(text: str) -> DomainError:
    return DomainError(refused_choice(text, [str(role.value) for role in Role]))


def unknown_organisation(text: str, near: Sequence[Organisation]) -> DomainError:
    if not near:
        sentence = _(
            "No organisation in force is called “%(text)s”. Write its slug, or its name as it is listed."
        )
        return DomainError(sentence % {"text": text})
    listed = "; ".join(f"{each.slug} ({each})" for each in near)
    sentence = _("“%(text)s” is not one organisation in force. Similar: %(near)s. Write the slug of one.")
    return DomainError(sentence % {"text": text, "near": listed})


def unknown_post(text: str, organisation: Organisation, known: Sequence[str]) -> DomainError:
    sentence = _("“%(text)s” is not a post of %(organisation)s. Allowed: %(known)s.")
    names = {"text": text, "organisation": organisation, "known": ", ".join(known) or "–"}
    return DomainError(sentence % names)


def membership_over() -> Conflict:
    return Conflict(_("This membership has ended already. Nothing is left to end."))


def no_areas() -> Conflict:
    return Conflict(
        _(
            "The administrative map is empty. Load it first with `phoihop load_areas`, then load the organisations."
        )
    )
