from collections.abc import Iterator

from django.utils.translation import gettext as _

from phoihop.indicators.enums import IndicatorKind, Rule
from phoihop.reports.checks.filled import Filled, shown
from phoihop.reports.checks.finding import Finding, error
from phoihop.reports.content import SCALE


def counts_itself_once(filled: Filled) -> Iterator[Finding]:
    """A distinct count that adds over units counts the units: each says of itself 1 (yes) or 0 (no)."""
    for code, value in filled.values.items():
        version = filled.asked[code].version
        is_yes_or_no = version.kind == IndicatorKind.DISTINCT and version.over_units == Rule.ADD
        if is_yes_or_no and code not in filled.consolidated and value not in {0, SCALE}:
            yield error(
                "counts_itself_once",
                _("%(cell)s is %(value)s. Each unit counts itself once: write 1 if it did, 0 if it did not.")
                % {"cell": filled.label(code), "value": shown(value)},
                code,
            )
