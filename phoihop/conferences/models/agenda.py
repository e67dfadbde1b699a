"""The agenda as a tree, the documents of its items, and the speeches registered for it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from phoihop.conferences.enums import ItemKind, ItemState, SpeechState, Visibility
from phoihop.conferences.models.conference import Conference, Official
from phoihop.conferences.models.sites import Delegation

User = settings.AUTH_USER_MODEL


class AgendaItem(models.Model):
    conference = models.ForeignKey(Conference, models.CASCADE, related_name="items")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    order = models.PositiveSmallIntegerField(default=0)  # among its siblings
    kind = models.CharField(max_length=12, choices=ItemKind.choices)
    title_vi = models.CharField(max_length=400)
    title_en = models.CharField(max_length=400, blank=True)
    visibility = models.CharField(max_length=10, choices=Visibility.choices, default=Visibility.OPEN)
    planned_at = models.DateTimeField(null=True, blank=True)  # follows from order and minutes
    is_time_fixed = models.BooleanField(default=False)  # unless it was set by hand
    planned_minutes = models.PositiveSmallIntegerField(default=0)
    speech_seconds = models.PositiveIntegerField(default=420)  # of one speaker, unless given otherwise
    figures = models.JSONField(default=list)  # keys of the review's figures and charts that it shows
    presenter = models.ForeignKey(Official, models.SET_NULL, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=10, choices=ItemState.choices, default=ItemState.PLANNED)
    began_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    is_list_open = models.BooleanField(default=False)  # of speakers

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["conference"], condition=Q(state=ItemState.CURRENT), name="conferences_one_item_now"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(began_at__lte=F("ended_at")),
                name="conferences_item_times_in_order",
            ),
            models.CheckConstraint(
                condition=~Q(state=ItemState.CURRENT) | Q(began_at__isnull=False),
                name="conferences_item_now_began",
            ),
        ]

    def __str__(self) -> str:
        return self.title_vi


class ItemDocument(models.Model):
    """A file of an item, kept by hash; its pages are drawn once as pictures for the screens."""

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="documents")
    name = models.CharField(max_length=255)
    media_type = models.CharField(max_length=100)
    size_bytes = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    path = models.CharField(max_length=255)
    pages = models.JSONField(default=list)  # paths of the pictures, page by page; empty: not drawn
    visibility = models.CharField(max_length=10, choices=Visibility.choices, default=Visibility.OPEN)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    is_removed = models.BooleanField(default=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "sha256"], condition=Q(is_removed=False), name="conferences_document_once"
            ),
        ]


class RegisteredSpeech(models.Model):
    """A speech (tham luận) announced before, from the centre or a site: its text and its length."""

    conference = models.ForeignKey(Conference, models.PROTECT, related_name="speeches")
    delegation = models.ForeignKey(Delegation, models.PROTECT, related_name="speeches")
    item = models.ForeignKey(AgendaItem, models.PROTECT, null=True, blank=True, related_name="speeches")
    title_vi = models.CharField(max_length=400)
    title_en = models.CharField(max_length=400, blank=True)
    speaker_post = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    minutes = models.PositiveSmallIntegerField(default=7)
    state = models.CharField(max_length=12, choices=SpeechState.choices, default=SpeechState.REGISTERED)
    order = models.PositiveSmallIntegerField(default=0)
    registered_at = models.DateTimeField()
    registered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["conference", "delegation", "title_vi"], name="conferences_speech_once"
            ),
        ]
