from collections.abc import Iterator

from django.utils.translation import gettext as _

from phoihop.reports.checks.filled import Filled, shown
from phoihop.reports.checks.finding import Finding, error
from phoihop.reports.content import SCALE


def percent_at_most_100(filled: Filled) -> Iterator[Finding]:
    for code, value in filled.values.items():
        if filled.asked[code].version.unit_vi == "%" and value > 100 * SCALE:
            yield error(
                "percent_at_most_100",
                _("%(cell)s is %(value)s%%. A share is at most 100%%; check the part and the whole.")
                % {"cell": filled.label(code), "value": shown(value)},
                code,
            )
