from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from phoihop.areas.enums import Level
from phoihop.core.templatetags.vietnamese import number
from phoihop.reports.checks.filled import Filled, shown
from phoihop.reports.checks.finding import Finding, warning
from phoihop.reports.content import SCALE

# Here the catalogue's range is that of the whole unit: its own part may lie below the lower end.
RANGE_OF_THE_WHOLE = {Level.PROVINCE, Level.DISTRICT}


def plausible_range(filled: Filled) -> Iterator[Finding]:
    for code, value in filled.values.items():
        bounds = filled.asked[code].version.plausible.get(filled.level)
        if not bounds:
            continue
        least, most = (int(Decimal(str(bound)) * SCALE) for bound in bounds)
        if value > most or (value < least and _has_lower_end(filled, code)):
            sentence = _(
                "%(cell)s is %(value)s; for one unit of this level between %(least)s and %(most)s is usual. "
                "Check the figure and its unit, or explain it in a note."
            ) % {
                "cell": filled.label(code),
                "value": shown(value),
                "least": number(bounds[0]),
                "most": number(bounds[1]),
            }
            yield warning("plausible_range", sentence, code)


def _has_lower_end(filled: Filled, code: str) -> bool:
    is_part = filled.level in RANGE_OF_THE_WHOLE and code not in filled.consolidated
    return filled.is_whole_window and not is_part
