from collections.abc import Iterator

from django.utils.translation import gettext as _

from phoihop.reports.checks.filled import Filled, figures, shown
from phoihop.reports.checks.finding import Finding, warning
from phoihop.reports.checks.tables import BALANCES, Balance


def stock_balances(filled: Filled) -> Iterator[Finding]:
    """Says nothing where the window before, or a movement in this one, was not reported."""
    for row in BALANCES:
        expected = _expected(filled, row)
        if expected is None or filled.values[row.stock] == expected:
            continue
        sentence = _(
            "%(cell)s is %(value)s; with that of the window before, %(added)s and %(ended)s it would be "
            "%(expected)s. Check the figures, or explain the difference in a note."
        ) % {
            "cell": filled.label(row.stock),
            "value": shown(filled.values[row.stock]),
            "added": filled.label(row.added),
            "ended": filled.label(row.ended),
            "expected": shown(expected),
        }
        yield warning("stock_balances", sentence, row.stock)


def _expected(filled: Filled, row: Balance) -> int | None:
    before = filled.window_before
    if before is None or row.stock not in filled.values or not filled.is_whole_window:
        return None
    if (row.stock in before.consolidated) != (row.stock in filled.consolidated):
        return None
    moved = {**filled.movements, **filled.values}
    stock = figures(before.cells).get(row.stock)
    if stock is None or row.added not in moved or row.ended not in moved:
        return None
    return stock + moved[row.added] - moved[row.ended]
