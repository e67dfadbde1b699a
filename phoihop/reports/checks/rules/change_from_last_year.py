from collections.abc import Iterator

from django.utils.translation import gettext as _

from phoihop.reports.checks.filled import Filled, shown
from phoihop.reports.checks.finding import Finding, warning
from phoihop.reports.content import SCALE

# Below this the percentage says nothing: from 1 to 2 is no change to explain.
LEAST_DIFFERENCE = 5 * SCALE


def change_from_last_year(filled: Filled) -> Iterator[Finding]:
    """More than half up or down; only whole windows of one scope compare, and nothing compares with 0."""
    before = filled.year_before
    if before is None or not (before.is_whole_window and filled.is_whole_window):
        return
    for code, value in filled.values.items():
        earlier = filled.values_a_year_before.get(code)
        if not earlier or (code in before.consolidated) != (code in filled.consolidated):
            continue
        difference = abs(value - earlier)
        if difference >= LEAST_DIFFERENCE and 2 * difference > earlier:
            sentence = _(
                "%(cell)s is %(value)s, and was %(earlier)s in the same window of the year before: "
                "a change of more than 50%%. Check the figure, or explain it in a note."
            ) % {"cell": filled.label(code), "value": shown(value), "earlier": shown(earlier)}
            yield warning("change_from_last_year", sentence, code)
