from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    NATION = "nation", _("Nation")
    PROVINCE = "province", _("Province")
    DISTRICT = "district", _("District")
    COMMUNE = "commune", _("Commune")


# Top first; a smaller number is higher.
LEVEL_ORDER = {Level.NATION: 0, Level.PROVINCE: 1, Level.DISTRICT: 2, Level.COMMUNE: 3}


class Share(models.TextChoices):
    """How much of a predecessor an heir received."""

    WHOLE = "whole", _("Whole")
    PART = "part", _("Part")
