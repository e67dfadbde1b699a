"""The way here: programme > period > area, shown on every page."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from phoihop.areas.models import Area
from phoihop.core.templatetags.vietnamese import areaname, localname
from phoihop.programmes.models import Programme


@dataclass(frozen=True, slots=True)
class Step:
    label: str
    url: str = ""  # empty: the page itself


def home() -> Step:
    return Step(_("Programmes"), reverse("web:home"))


def programme_step(programme: Programme) -> Step:
    return Step(short_name(programme), reverse("web:programme", args=[programme.slug]))


def area_step(area: Area) -> Step:
    return Step(areaname(area), reverse("web:area", args=[area.key]))


def short_name(programme: Programme) -> str:
    """By its number; a local version, which has none, by its area and the programme it carries out."""
    if programme.number:
        return _("Programme %(number)s") % {"number": programme.number}
    if programme.localises:
        where = {"number": programme.localises.number, "area": areaname(programme.area)}
        return _("Programme %(number)s, version of %(area)s") % where
    return localname(programme, "title")
