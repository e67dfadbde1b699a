from django.db import models
from django.utils.translation import gettext_lazy as _


class FigureState(models.TextChoices):
    """Whose word a figure rests on."""

    RECEIVED = "received", _("Received")  # versions accepted below, live
    CONFIRMED = "confirmed", _("Confirmed")  # pinned by the superior's accepted report
