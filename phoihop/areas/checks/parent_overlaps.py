from collections.abc import Iterator
from itertools import pairwise

from django.utils.translation import gettext as _

from phoihop.areas.territory import Territory


def two_parents_at_once(territory: Territory) -> Iterator[str]:
    """A unit belongs to one superior unit at a time."""
    for unit, links in territory.links_up.items():
        ordered = sorted(links, key=lambda link: link.first)
        for earlier, later in pairwise(ordered):
            if earlier.overlaps(later):
                yield _(
                    "%(unit)s belongs to both %(first)s and %(second)s at one time. End one before the other."
                ) % {
                    "unit": territory.units[unit].name,
                    "first": territory.units[earlier.parent].name,
                    "second": territory.units[later.parent].name,
                }
