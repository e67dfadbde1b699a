"""Agencies and committees with their posts, and who may act for them."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from phoihop.areas.models import Area
from phoihop.core.models import Dated, DatedQuerySet
from phoihop.core.text import fold_vi, sort_key_vi
from phoihop.orgs.enums import PartyKind, Role


class Organisation(Dated):
    slug = models.SlugField(max_length=80, unique=True)
    name_vi = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    abbreviation = models.CharField(max_length=40, blank=True)
    party = models.CharField(max_length=20, choices=PartyKind.choices)
    area = models.ForeignKey(Area, models.PROTECT, related_name="organisations")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    name_fold = models.CharField(max_length=200, db_index=True, editable=False)
    name_sort = models.CharField(max_length=600, editable=False)

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        indexes = [models.Index(fields=["area", "party"])]

    def __str__(self) -> str:
        return self.name_vi

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.fill_search_columns()
        super().save(*args, **kwargs)

    def fill_search_columns(self) -> None:
        """Also for bulk_create, which does not call save()."""
        self.name_fold = fold_vi(self.name_vi)
        self.name_sort = sort_key_vi(self.name_vi)


class OrganisationSuccession(models.Model):
    """On that day the predecessor's duties passed to the successor."""

    predecessor = models.ForeignKey(Organisation, models.CASCADE, related_name="heir_links")
    successor = models.ForeignKey(Organisation, models.CASCADE, related_name="source_links")
    on = models.DateField()
    act = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="orgs_succession_once"),
            models.CheckConstraint(condition=~Q(predecessor=F("successor")), name="orgs_heir_is_another"),
        ]


class Post(Dated):
    """A position in an organisation; persons appear by post only."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="posts")
    title_vi = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200, blank=True)
    order = models.PositiveSmallIntegerField(default=0)  # protocol order inside the organisation
    may_sign = models.BooleanField(default=False)

    objects = DatedQuerySet.as_manager()

    def __str__(self) -> str:
        return self.title_vi


class Membership(Dated):
    """A user acts for an organisation, in a role, while it is valid."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="memberships")
    post = models.ForeignKey(Post, models.SET_NULL, null=True, blank=True)
    role = models.CharField(max_length=20, choices=Role.choices)

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["user", "organisation", "role", "valid_from"], name="orgs_membership_once"
            ),
        ]
