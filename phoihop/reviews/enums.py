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

    def at_least(self) -> "list[Audience]":
        """This audience and every wider one: they are written from the narrowest to the widest."""
        every = list(Audience)
        return every[every.index(self) :]


class DocumentKind(models.TextChoices):
    """Each kind of document has its own series of numbers; the code is that of NĐ 30/2020/NĐ-CP."""

    REPORT = "BC", _("Report")


class NumberState(models.TextChoices):
    GIVEN = "given", _("Given")
    SKIPPED = "skipped", _("Skipped")
    CANCELLED = "cancelled", _("Cancelled")


class ReasonKind(models.TextChoices):
    """Why a figure is not what it was."""

    LATE = "late", _("Late report")
    CORRECTION = "correction", _("Correction")
    EARLIER = "earlier", _("Earlier version stands again")
    GONE = "gone", _("Report withdrawn")
    NO_LONGER = "no_longer", _("No longer confirmed")
    MAP = "map", _("Map change")
    DEFINITION = "definition", _("Definition change")
    SELECTION = "selection", _("Selection change")
    RULES = "rules", _("Rules of computing")
    UNEXPLAINED = "unexplained", _("No act found")
