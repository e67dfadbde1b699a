"""Areas of one list to choose from, each under a label of its own: old and new units share many names."""

from collections import Counter
from collections.abc import Sequence

from django.utils.translation import gettext as _

from phoihop.areas.models import Area, AreaAncestor
from phoihop.core.templatetags.vietnamese import areaname, lastday


def area_labels(areas: Sequence[Area]) -> dict[str, str]:
    """By key, in the order given; of those that share a name also the unit above and the last day."""
    count = Counter(areaname(area) for area in areas)
    twins = [area for area in areas if count[areaname(area)] > 1]
    above = _above(twins)
    more = {area.pk: _more(area, above.get(area.pk)) for area in twins}
    return {area.key: f"{areaname(area)}{more.get(area.pk, '')}" for area in areas}


def _above(twins: Sequence[Area]) -> dict[int, Area]:
    """The last one where it changed."""
    if not twins:
        return {}
    links = AreaAncestor.objects.filter(area__in=twins, depth=1).select_related("ancestor")
    return {link.area_id: link.ancestor for link in links.order_by("valid_from", "pk")}


def _more(area: Area, above: Area | None) -> str:
    told = [areaname(above)] if above else []
    if area.valid_until:
        told.append(_("until %(day)s") % {"day": lastday(area.valid_until)})
    return f" ({', '.join(told)})" if told else ""
