"""Where an organisation's office is reached: by post, never by a person's name."""

from typing import Any, Self

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import models
from django.db.models import Q

from phoihop.areas.models import AreaAncestor
from phoihop.core import clock
from phoihop.orgs.enums import Role
from phoihop.orgs.roles import LEVEL_OF_DESK


def organisations_just_below(user: AbstractBaseUser | AnonymousUser) -> models.QuerySet[Any]:
    """Below the user's desks today: of the same party, with none of that party in an area between."""
    from phoihop.orgs.models import Membership, Organisation

    today, found = clock.today(), Q(pk__in=[])
    held = Membership.objects.held_by(user, today).filter(role__in=LEVEL_OF_DESK)
    for desk in held.select_related("organisation__area"):
        own = desk.organisation
        if LEVEL_OF_DESK[Role(desk.role)] != own.area.level:
            continue
        same = Organisation.objects.as_of(today).filter(party=own.party)
        below = AreaAncestor.objects.as_of(today).filter(ancestor=own.area_id).values("area")
        between = same.filter(area__in=below).values("area")
        deeper = AreaAncestor.objects.as_of(today).filter(ancestor__in=between).values("area")
        found |= Q(pk__in=same.filter(area__in=below).exclude(area__in=deeper).values("pk"))
    return Organisation.objects.filter(found)


class ContactQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: AbstractBaseUser | AnonymousUser) -> Self:
        """Of the user's own organisations, and of those just below one where the user is a desk."""
        from phoihop.orgs.models import Membership

        own = Membership.objects.held_by(user, clock.today()).values("organisation")
        below = organisations_just_below(user).values("pk")
        return self.filter(Q(organisation__in=own) | Q(organisation__in=below))


class Contact(models.Model):
    """A telephone and an address of the office; seen by its own superior's desk and by itself."""

    organisation = models.ForeignKey("orgs.Organisation", models.CASCADE, related_name="contacts")
    post_title = models.CharField(max_length=200)  # such as "Trực ban", "Cán bộ tổng hợp"
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)  # of the office; reminders go there

    objects = ContactQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "post_title"], name="orgs_contact_once"),
            models.CheckConstraint(condition=~Q(phone="") | ~Q(email=""), name="orgs_contact_can_be_reached"),
        ]
