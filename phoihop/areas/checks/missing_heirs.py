from collections.abc import Iterator

from django.utils.translation import gettext as _

from phoihop.areas.errors import written
from phoihop.areas.territory import ONE_DAY, Territory


def ended_without_heir(territory: Territory) -> Iterator[str]:
    """The territory of an abolished unit passed to someone: to its heirs, or with the units below it.

    Source: districts ended on 1/7/2025 without heirs of their own; their communes passed (domain.md 5).
    """
    for unit in territory.units.values():
        if unit.valid_until is None or territory.heirs.get(unit.id):
            continue
        if not territory.children_on(unit.id, unit.valid_until - ONE_DAY):
            yield _("%(unit)s ended on %(day)s and no unit received its territory. Name its heirs.") % {
                "unit": unit.name,
                "day": written(unit.valid_until),
            }
