"""An interim or final review: sections of sentences bound to figures, and its frozen versions."""

from typing import Any, Self

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import models
from django.db.models import F, Q

from phoihop.areas.models import Area
from phoihop.areas.queries.served import areas_served
from phoihop.core import clock
from phoihop.orgs.models import Membership, Organisation, Post
from phoihop.programmes.models import Programme
from phoihop.reviews.enums import Audience, FileKind, ReviewKind, ReviewStage
from phoihop.rollup.enums import FigureState
from phoihop.rollup.models import RollupRun

User = settings.AUTH_USER_MODEL


class ReviewQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: AbstractBaseUser | AnonymousUser) -> Self:
        """The twin of `permissions.can_view_review`: the area's own people, then whom it was published for."""
        signed_in = user.is_authenticated and user.is_active
        audiences = [Audience.PUBLIC.value, *([Audience.SIGNED_IN.value] if signed_in else [])]
        published = ReviewVersion.objects.filter(published_at__isnull=False, audience__in=audiences)
        seen_whole = Review.objects.seen_whole_by(user)
        return self.filter(Q(pk__in=published.values("review")) | Q(pk__in=seen_whole.values("pk")))

    def seen_whole_by(self, user: AbstractBaseUser | AnonymousUser) -> Self:
        """The twin of `permissions.can_view_unpublished`: with drafts, and versions not published yet."""
        held = Membership.objects.held_by(user, clock.today())
        if held.seeing_everything().exists():
            return self.all()
        served = areas_served(held.values_list("organisation__area", flat=True), clock.today())
        issued = Issuer.objects.filter(organisation__in=held.values("organisation")).values("review")
        return self.filter(Q(area__in=served) | Q(pk__in=issued))


class Review(models.Model):
    slug = models.SlugField(max_length=80, unique=True)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="reviews")  # gives the outline
    also_reviews = models.ManyToManyField(Programme, related_name="joint_reviews", blank=True)
    area = models.ForeignKey(Area, models.PROTECT, related_name="reviews")
    kind = models.CharField(max_length=10, choices=ReviewKind.choices)
    title_vi = models.CharField(max_length=400)
    title_en = models.CharField(max_length=400)
    span_from = models.DateField()
    span_until = models.DateField()  # exclusive
    previous_from = models.DateField(null=True, blank=True)  # the term it is compared with
    previous_until = models.DateField(null=True, blank=True)
    map_key = models.CharField(max_length=10, default="reported")
    state = models.CharField(max_length=10, choices=FigureState.choices, default=FigureState.CONFIRMED)
    drafting_unit_vi = models.CharField(max_length=120, blank=True)  # "Lưu: VT, <drafting unit>"
    drafting_unit_en = models.CharField(max_length=120, blank=True)
    stage = models.CharField(max_length=10, choices=ReviewStage.choices, default=ReviewStage.DRAFT)
    is_simulated = models.BooleanField(default=False)
    composed_at = models.DateTimeField(null=True, blank=True)
    composed = models.JSONField(
        default=dict
    )  # the draft's figures, tables, charts, annexes; see compose/draft.py
    run = models.ForeignKey(RollupRun, models.PROTECT, null=True, blank=True)  # of the draft's figures
    quotes: "models.ManyToManyField[ReviewVersion, Any]" = models.ManyToManyField(
        "ReviewVersion", related_name="quoted_by", blank=True
    )  # frozen, from below

    objects = ReviewQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(span_from__lt=F("span_until")), name="reviews_span_in_order"),
        ]

    def __str__(self) -> str:
        return self.title_vi


class Issuer(models.Model):
    """A party that issues the review, with the post that signs; several stand side by side."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="issuers")
    organisation = models.ForeignKey(Organisation, models.PROTECT)
    post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True)
    signing_power = models.CharField(max_length=5, blank=True)  # TM., KT., TL., TUQ., Q.
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]


class Section(models.Model):
    """A section of the draft. blocks: as docs/review-context.md has them, each with the `key` it is known by.

    A block a person wrote carries is_edited, what its figures were then (seen), and, once composed again, which
    of them have changed since (changed) or are gone (unknown); numbers typed that equal no figure (unbound).
    """

    review = models.ForeignKey(Review, models.CASCADE, related_name="sections")
    key = models.CharField(max_length=40)
    parent_key = models.CharField(max_length=40, blank=True)
    title_vi = models.CharField(max_length=400)
    title_en = models.CharField(max_length=400)
    order = models.PositiveSmallIntegerField()
    blocks = models.JSONField(default=list)
    removed = models.JSONField(default=list)  # keys of composed blocks that a person took out

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["review", "key"], name="reviews_section_once"),
        ]


class SectionText(models.Model):
    """A draft's section as somebody left it, and the composed text it was first made from (nobody's)."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="section_texts")
    section_key = models.CharField(max_length=40)  # the section itself may go when the outline changes
    number = models.PositiveSmallIntegerField()
    blocks = models.JSONField(default=list)
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["section_key", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["review", "section_key", "number"], name="reviews_section_text_once"
            ),
        ]


class ReviewVersion(models.Model):
    """A frozen review. Never changed: the canonical context, the figures' provenance and the files with their hashes."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    context = models.TextField()  # canonical JSON (RFC 8785) that the renderers draw from
    context_hash = models.CharField(max_length=64)
    figures_hash = models.CharField(max_length=64)
    ledger_seq = models.PositiveBigIntegerField()
    sql_hash = models.CharField(max_length=64)
    libraries = models.JSONField(default=dict)
    frozen_at = models.DateTimeField()
    frozen_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    audience = models.CharField(max_length=20, blank=True)
    quotes: "models.ManyToManyField[ReviewVersion, Any]" = models.ManyToManyField(
        "self", symmetrical=False, related_name="quoted_in", blank=True
    )  # the draft's, as they were when it was frozen

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["review", "number"], name="reviews_version_once"),
        ]


class ReviewFile(models.Model):
    version = models.ForeignKey(ReviewVersion, models.PROTECT, related_name="files")
    kind = models.CharField(max_length=10, choices=FileKind.choices)
    language = models.CharField(max_length=2, default="vi")
    name = models.CharField(max_length=255)
    path = models.CharField(max_length=255)  # under settings.FILES_DIR, by hash
    sha256 = models.CharField(max_length=64)
    size_bytes = models.PositiveBigIntegerField()
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
