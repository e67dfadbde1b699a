from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

from phoihop.orgs.permissions import can_administer
from phoihop.programmes.models import Programme

AnyUser = AbstractBaseUser | AnonymousUser


def can_view_programme(user: AnyUser, programme: Programme) -> bool:
    return Programme.objects.visible_to(user).filter(pk=programme.pk).exists()


def can_change_programme(user: AnyUser) -> bool:
    return can_administer(user)
