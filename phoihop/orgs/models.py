"""Agencies and committees with their posts, and who may act for them."""

from datetime import date
from typing import Any, Self

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import models
from django.db.models import F, Q

from phoihop.areas.enums import Level
from phoihop.areas.models import Area, AreaAncestor, AreaCandidate, AreaTarget
from phoihop.core import clock
from phoihop.core.models import Dated, DatedQuerySet
from phoihop.core.text import fold_vi, sort_key_vi
from phoihop.orgs.contact_models import Contact as Contact  # noqa: PLC0414  a model of this app in its own file
from phoihop.orgs.english import english_kind
from phoihop.orgs.enums import PartyKind, Role


class OrganisationQuerySet(DatedQuerySet):
    def visible_to(self, user: AbstractBaseUser | AnonymousUser) -> Self:
        """Default deny by area: organisations, living or abolished, standing today in an area the user serves."""
        day = clock.today()
        held = Membership.objects.held_by(user, day)
        if held.seeing_everything().exists():
            return self.all()
        served = held.values("organisation__area")
        below = AreaAncestor.objects.as_of(day).filter(ancestor__in=served).values("area")
        return self.filter(Q(area__in=served) | Q(area__in=below) | _standing_in(served, below, day))


def _standing_in(served: Any, below: Any, day: date) -> Q:
    """Areas of older maps whose figures stand, or may stand, in the served areas on the map of that day."""
    today = Q(epoch__start__isnull=True) | Q(epoch__start__lte=day)
    today &= Q(epoch__end__isnull=True) | Q(epoch__end__gt=day)
    targets = AreaTarget.objects.filter(today, Q(target__in=served) | Q(target__in=below))
    # A part of a split commune, not the whole district it lay in.
    candidates = AreaCandidate.objects.filter(
        today, Q(unit__in=served) | Q(unit__in=below), area__level=F("unit__level")
    )
    return Q(area__in=targets.values("area")) | Q(area__in=candidates.values("area"))


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

    objects = OrganisationQuerySet.as_manager()

    class Meta(Dated.Meta):
        indexes = [models.Index(fields=["area", "party"])]

    def __str__(self) -> str:
        return self.name_vi

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.fill_search_columns()
        super().save(*args, **kwargs)

    def name_on(self, day: date) -> str:
        """The Vietnamese name of that day: where a province became a city, its police were those of a province.

        For a list, prefetch `area__titles`.
        """
        title = self.area.title_on(day)
        if title is None or title.full_name == self.area.full_name:
            return self.name_vi
        now, then = in_a_sentence(self.area.full_name), in_a_sentence(title.full_name)
        if self.name_vi.endswith(now):
            return self.name_vi.removesuffix(now) + then
        return _with_committee_of(title.kind, self.name_vi)

    def english_name_on(self, day: date) -> str:
        """The English name of that day, after the kind its area had then; the Vietnamese one where there is none."""
        title = self.area.title_on(day)
        now = f"{self.area.name} {english_kind(self.area.kind)}"
        if not self.name_en or title is None or not self.name_en.endswith(now):
            return self.name_en or self.name_on(day)
        return f"{self.name_en.removesuffix(now)}{self.area.name} {english_kind(title.kind)}"

    def fill_search_columns(self) -> None:
        """Also for bulk_create, which does not call save()."""
        self.name_fold = fold_vi(self.name_vi)
        self.name_sort = sort_key_vi(self.name_vi)


_ONE_CITY = "Thành phố Hồ Chí Minh"  # its kind is part of its name and keeps the capital letter
# The Party's committee and the Youth Union of a province, by the kind of province.
_COMMITTEES = {"tỉnh": ("Tỉnh ủy", "Tỉnh đoàn"), "thành phố trung ương": ("Thành ủy", "Thành đoàn")}


def in_a_sentence(full_name: str) -> str:
    """An area's full name inside an organisation's: Công an tỉnh Đồng Nai."""
    return full_name if full_name == _ONE_CITY else full_name[:1].lower() + full_name[1:]


def _with_committee_of(kind: str, name: str) -> str:
    for others in _COMMITTEES.values():
        for other, own in zip(others, _COMMITTEES.get(kind, others), strict=True):
            name = name.replace(other, own)
    return name


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
    slug = models.SlugField(max_length=60)
    title_vi = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200, blank=True)
    order = models.PositiveSmallIntegerField(default=0)  # protocol order inside the organisation
    may_sign = models.BooleanField(default=False)
    may_chair = models.BooleanField(default=False)  # a conference
    signing_vi = models.CharField(
        max_length=60, blank=True
    )  # what stands above it when it signs: "KT. GIÁM ĐỐC"

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        ordering = ["order", "pk"]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["organisation", "slug"], name="orgs_post_once"),
        ]

    def __str__(self) -> str:
        return self.title_vi


class MembershipQuerySet(DatedQuerySet):
    def held_by(self, user: AbstractBaseUser | AnonymousUser, day: date) -> Self:
        """In force on that day, in an organisation in force on that day, of a user who may sign in."""
        return self.of(user.pk, day) if user.is_authenticated and user.is_active else self.none()

    def of(self, user: Any, day: Any) -> Self:
        """`held_by` for the key of a user who may sign in; for a prepared statement, places for the two."""
        # Asked of the joined row: a list of all organisations in force would be made for every question.
        began = Q(organisation__valid_from__isnull=True) | Q(organisation__valid_from__lte=day)
        stands = Q(organisation__valid_until__isnull=True) | Q(organisation__valid_until__gt=day)
        return self.as_of(day).filter(began, stands, user=user)

    def seeing_everything(self) -> Self:
        """Auditors, and the central desk where it stands at the centre."""
        central = Q(role=Role.CENTRAL_DESK, organisation__area__level=Level.NATION)
        return self.filter(central | Q(role=Role.AUDITOR))


class Membership(Dated):
    """A user acts for an organisation, in a role, while it is valid."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="memberships")
    post = models.ForeignKey(Post, models.SET_NULL, null=True, blank=True)
    role = models.CharField(max_length=20, choices=Role.choices)

    objects = MembershipQuerySet.as_manager()

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["user", "organisation", "role", "valid_from"], name="orgs_membership_once"
            ),
        ]
