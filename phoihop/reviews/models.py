"""An interim or final review: sections of sentences bound to figures, and its frozen versions."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from phoihop.areas.models import Area
from phoihop.orgs.models import Organisation, Post
from phoihop.programmes.models import Programme
from phoihop.reviews.enums import FileKind, ReviewKind, ReviewStage
from phoihop.rollup.enums import FigureState
from phoihop.rollup.models import RollupRun

User = settings.AUTH_USER_MODEL


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
    stage = models.CharField(max_length=10, choices=ReviewStage.choices, default=ReviewStage.DRAFT)
    is_simulated = models.BooleanField(default=False)
    composed_at = models.DateTimeField(null=True, blank=True)
    run = models.ForeignKey(RollupRun, models.PROTECT, null=True, blank=True)  # of the draft's figures
    quotes = models.ManyToManyField(
        "ReviewVersion", related_name="quoted_by", blank=True
    )  # frozen, from below

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
        ordering = ["order"]


class Section(models.Model):
    """A section of the draft. blocks: a list of {"kind": "sentence"|"table"|"chart"|"list"|..., ...}; see compose.py.

    A sentence is {"kind": "sentence", "vi": "...[[B01]]...", "en": "...", "figures": ["B01"], "edited": bool}.
    """

    review = models.ForeignKey(Review, models.CASCADE, related_name="sections")
    key = models.CharField(max_length=40)
    parent_key = models.CharField(max_length=40, blank=True)
    title_vi = models.CharField(max_length=400)
    title_en = models.CharField(max_length=400)
    order = models.PositiveSmallIntegerField()
    blocks = models.JSONField(default=list)

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["review", "key"], name="reviews_section_once"),
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
