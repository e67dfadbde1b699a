from django.db import models
from django.utils.translation import gettext_lazy as _

REPORTING_DUTIES = (
    "K05",
    "K06",
)  # shares of the reports due, which the system counts; the only figures ever ranked


class IndicatorKind(models.TextChoices):
    FLOW = "flow", _("Flow")
    STOCK = "stock", _("Stock")
    DISTINCT = "distinct", _("Distinct count")
    RATIO = "ratio", _("Ratio")
    SYSTEM = "system", _("Computed by the system")


class Rule(models.TextChoices):
    """How values combine along one dimension."""

    ADD = "add", _("Added")
    LAST = "last", _("Last window")
    NONE = "none", _("Never combined")
    RECOMPUTE = "recompute", _("Recomputed from parts")


class PartyRule(models.TextChoices):
    """How the values of several parties in one area combine: they do not, one of them counts."""

    COUNTING = "counting", _("Only the counting party's value counts")


class WindowKind(models.TextChoices):
    HALF = "half", _("Half year")
    YEAR = "year", _("Year")
    RESIDENTIAL = "residential_window", _("1 November to 31 October")
    COMMUNE = "commune_window", _("16 November to 15 November")


class Direction(models.TextChoices):
    UP = "up", _("Higher is better")
    DOWN = "down", _("Lower is better")
    NONE = "none", _("Not judged")


class PersonsCounted(models.TextChoices):
    NONE = "none", _("No persons")
    PARTICIPANTS = "participants", _("Participants")
    MEMBERS = "members", _("Members")
    STAFF = "staff", _("Staff")


class Qualifier(models.TextChoices):
    EXACT = "exact", _("exactly")
    MORE_THAN = "more_than", _("more than")
    NEARLY = "nearly", _("nearly")
    ABOUT = "about", _("about")
