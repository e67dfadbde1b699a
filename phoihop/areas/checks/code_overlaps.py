from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from django.utils.translation import gettext as _

from phoihop.areas.errors import written
from phoihop.areas.territory import Code, Territory


def codes_that_overlap(territory: Territory) -> Iterator[str]:
    """An official code stands for one unit at a time."""
    held: defaultdict[tuple[str, str], list[Code]] = defaultdict(list)
    for code in territory.codes:
        held[code.scheme, code.code].append(code)
    for rows in held.values():
        rows.sort(key=lambda row: row.first)
        for earlier, later in pairwise(rows):
            if earlier.overlaps(later):
                yield _sentence(territory, earlier, later)


def _sentence(territory: Territory, earlier: Code, later: Code) -> str:
    units = {"first": territory.units[earlier.unit].name, "second": territory.units[later.unit].name}
    if later.valid_from is None:
        return _("The code %(code)s stands for both %(first)s and %(second)s. End one before the other.") % {
            "code": later.code,
            **units,
        }
    return _(
        "From %(day)s the code %(code)s stands for both %(first)s and %(second)s. End one before the other."
    ) % {"day": written(later.valid_from), "code": later.code, **units}
