from django.db import models
from django.utils.translation import gettext_lazy as _


class ReviewKind(models.TextChoices):
    INTERIM = "interim", _("Interim review")
    FINAL = "final", _("Final review")


class ReviewStage(models.TextChoices):
    DRAFT = "draft", _("Draft")
    FROZEN = "frozen", _("Frozen")
    PUBLISHED = "published", _("Published")


class FileKind(models.TextChoices):
    DOCX = "docx", _("Word document")
    PDF = "pdf", _("PDF document")
    UPLOADED = "uploaded", _("Uploaded beside the frozen version")


class Audience(models.TextChoices):
    """Who may read a published version; an unpublished one stays with those who serve the area."""

    SIGNED_IN = "signed_in", _("Everyone who signs in")
    PUBLIC = "public", _("The public")
