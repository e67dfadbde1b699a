"""What an address names: programmes, an area, an indicator. What it gets wrong is said in a sentence."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from phoihop.areas.models import Area
from phoihop.indicators.models import Indicator
from phoihop.programmes.models import Programme
from phoihop.web import errors


def programmes_named(request: HttpRequest) -> list[Programme]:
    """Those the reader may see, in the order of the address; the first is the one whose page it is."""
    slugs = list(dict.fromkeys(request.GET.getlist("programme")))
    visible = Programme.objects.visible_to(request.user).select_related("area", "localises")
    found = {programme.slug: programme for programme in visible.filter(slug__in=slugs)}
    unknown = next((slug for slug in slugs if slug not in found), None)
    if unknown is not None or not slugs:
        raise errors.unknown_name(_("programme"), unknown or "")
    return [found[slug] for slug in slugs]


def area_named(request: HttpRequest, programme: Programme) -> Area:
    """The programme's own where the address names none."""
    key = request.GET.get("area", "")
    area = Area.objects.filter(key=key).first() if key else programme.area
    if area is None:
        raise errors.unknown_name(_("area"), key)
    return area


def code_named(request: HttpRequest) -> str:
    code = request.GET.get("indicator", "")
    if not Indicator.objects.filter(code=code).exists():
        raise errors.unknown_name(_("indicator"), code)
    return code
