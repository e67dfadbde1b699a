from django.db import models
from django.utils.translation import gettext_lazy as _


class ReportState(models.TextChoices):
    EXPECTED = "expected", _("Expected")
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    RETURNED = "returned", _("Returned")
    ACCEPTED = "accepted", _("Accepted")
    LOCKED = "locked", _("Locked")
    WITHDRAWN = "withdrawn", _("No longer expected")


class VersionState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    RETURNED = "returned", _("Returned")
    ACCEPTED = "accepted", _("Accepted")


class Origin(models.TextChoices):
    """How a version came in."""

    FORM = "form", _("Form")
    WORKBOOK = "workbook", _("Workbook")
    BULK_FILE = "bulk_file", _("File for many units")


class Scope(models.TextChoices):
    OWN = "own", _("Own")
    CONSOLIDATED = "consolidated", _("Consolidated")


class Severity(models.TextChoices):
    ERROR = "error", _("Error")
    WARNING = "warning", _("Warning")


class TextPlace(models.TextChoices):
    """Where in a version a text stands."""

    NOTE = "note", _("Note on a figure")
    EXPLANATION = "explanation", _("Explanation")
    NARRATIVE = "narrative", _("Narrative")
    ATTACHMENT = "attachment", _("Attachment")
    CORRECTION = "correction", _("Reason of a correction")
    RETURN = "return", _("Reason of a return")


class Section(models.TextChoices):
    """What a report says in words. Source: domain.md 3.2."""

    RESULTS = "results", _("Results")
    SHORTCOMINGS = "shortcomings", _("Shortcomings")
    CAUSES = "causes", _("Causes")
    PROPOSALS = "proposals", _("Proposals")
