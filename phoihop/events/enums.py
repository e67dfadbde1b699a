from django.db import models
from django.utils.translation import gettext_lazy as _


class EventKind(models.TextChoices):
    """What kinds of events feed which indicators is said in data/feeds.yaml."""

    SESSION = "session", _("Communication session")
    CLASS = "class", _("Training class")
    FESTIVAL = "festival", _("Festival point")
    FORUM = "forum", _("Listening forum")


class EventState(models.TextChoices):
    HELD = "held", _("Held")
    CANCELLED = "cancelled", _("Cancelled")


class Verdict(models.TextChoices):
    """What was decided about two events that look alike."""

    SAME = "same", _("The same event")
    DIFFERENT = "different", _("Not the same event")


class EventText(models.TextChoices):
    """Where in an entry a text stands."""

    SUBJECT = "subject", _("Subject")
    PLACE = "place", _("Venue")
    REASON = "reason", _("Reason of the correction")
    CANCELLED = "cancelled", _("Reason of the cancellation")
