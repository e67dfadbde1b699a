"""Whose contacts a person sees and keeps."""

from phoihop.orgs.contact_models import organisations_just_below
from phoihop.orgs.models import Organisation
from phoihop.orgs.permissions import AnyUser, can_act_for
from phoihop.orgs.roles import Permission


def can_view_contacts(user: AnyUser, organisation: Organisation) -> bool:
    """The twin of `Contact.objects.visible_to`."""
    return can_act_for(user, Permission.VIEW, organisation) or _is_just_below(user, organisation)


def can_keep_contacts(user: AnyUser, organisation: Organisation) -> bool:
    return can_act_for(user, Permission.ENTER, organisation) or _is_just_below(user, organisation)


def _is_just_below(user: AnyUser, organisation: Organisation) -> bool:
    return organisations_just_below(user).filter(pk=organisation.pk).exists()
