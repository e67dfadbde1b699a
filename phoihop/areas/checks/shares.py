from collections.abc import Iterator

from django.utils.translation import gettext as _

from phoihop.areas.enums import Share
from phoihop.areas.territory import Territory


def shares_that_do_not_add_up(territory: Territory) -> Iterator[str]:
    """A territory passes whole to one heir, or in parts to two or more."""
    for predecessor, rows in territory.heirs.items():
        wholes = sum(row.share == Share.WHOLE for row in rows)
        passes_whole = wholes == len(rows) == 1
        passes_in_parts = wholes == 0 and len(rows) > 1
        if not (passes_whole or passes_in_parts):
            yield _(
                "The territory of %(unit)s passes to %(count)s units, %(wholes)s of them receiving the whole."
                " Name one heir of the whole, or two or more heirs of parts."
            ) % {"unit": territory.units[predecessor].name, "count": len(rows), "wholes": wholes}
