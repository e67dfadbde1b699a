from collections.abc import Iterator

from django.utils.translation import gettext as _

from phoihop.areas.territory import Territory, Validity


def parents_in_a_circle(territory: Territory) -> Iterator[str]:
    """No unit lies above itself on any day. (A circle of heirs breaks `successions_out_of_step`.)"""
    for unit in territory.units.values():
        if _returns(territory, unit.id, unit.id, unit, frozenset()):
            yield _("%(unit)s lies above itself. Correct the superior unit of one unit in the circle.") % {
                "unit": unit.name
            }


def _returns(territory: Territory, start: int, here: int, days: Validity, passed: frozenset[int]) -> bool:
    for link in territory.links_up.get(here, ()):
        shared = days.within(link)
        if shared is None:
            continue
        if link.parent == start:
            return True
        if link.parent not in passed and _returns(
            territory, start, link.parent, shared, passed | {link.parent}
        ):
            return True
    return False
