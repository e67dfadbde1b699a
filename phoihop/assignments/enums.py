from django.db import models
from django.utils.translation import gettext_lazy as _


class ConclusionKind(models.TextChoices):
    CONFERENCE = "conference", _("Conclusions of a conference")
    WRITTEN_REVIEW = "written_review", _("Conclusions of a written review")
    DECISION = "decision", _("Direction of a superior")


class ConclusionStage(models.TextChoices):
    DRAFT = "draft", _("Draft")
    ISSUED = "issued", _("Issued")


class Audience(models.TextChoices):
    """Who may read issued conclusions; a draft stays with those who issue it."""

    PUBLIC = "public", _("The public")
    SIGNED_IN = "signed_in", _("Everyone who signs in")
    PARTIES = "parties", _("Issuers, performers and those above them")


class AssignmentState(models.TextChoices):
    GIVEN = "given", _("Assigned")
    ACKNOWLEDGED = "acknowledged", _("Acknowledged")
    REPORTED_DONE = "reported_done", _("Reported done, waiting to be closed")
    CLOSED = "closed", _("Closed")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Cell(models.TextChoices):
    """The four official cells, computed from the day it was done and the date in force; never typed."""

    DONE_ON_TIME = "done-on-time", _("done on time")
    DONE_LATE = "done-late", _("done late")
    OPEN_IN_TIME = "open-in-time", _("open, in time")
    OPEN_OVERDUE = "open-overdue", _("open, overdue")


class Act(models.TextChoices):
    """What was done to an assignment, one line of its history."""

    ACKNOWLEDGED = "acknowledged", _("Acknowledged")
    REPORTED_DONE = "reported_done", _("Reported done")
    RETURNED = "returned", _("Returned: not done yet")
    CLOSED = "closed", _("Closed")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Part(models.TextChoices):
    """Whose place an heir takes in an assignment."""

    LEAD = "lead", _("lead")
    CO = "co", _("co-organisation")
    GIVER = "giver", _("issuing organisation")


class Words(models.TextChoices):
    """What people type, and an authorised redaction may take out."""

    PROGRESS = "progress", _("Progress")
    EVIDENCE = "evidence", _("Evidence file")
    MOVEMENT = "movement", _("Note or reason")
    WITHDRAWAL = "withdrawal", _("Reason for withdrawing the assignment")
    EXTENSION = "extension", _("Reason for a later date")
    DECISION = "decision", _("Decision on a later date")
    PASSING = "passing", _("Reason of the passing to an heir")
    TITLE = "title", _("Title")
    TITLE_EN = "title-en", _("Title in English")
    PROPOSAL = "proposal", _("What is proposed")
    ANSWER = "answer", _("Answer")
    FORWARDING = "forwarding", _("Reason for sending it on")
    PARAGRAPH = "paragraph", _("Paragraph")
    PARAGRAPH_EN = "paragraph-en", _("Paragraph in English")
    TASK = "task", _("Assignment")
    TASK_EN = "task-en", _("Assignment in English")
    PRODUCT = "product", _("Product")
    PRODUCT_EN = "product-en", _("Product in English")
