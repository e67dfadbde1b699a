from collections.abc import Iterator

from django.utils.translation import gettext as _

from phoihop.reports.checks.filled import Filled, shown
from phoihop.reports.checks.finding import Finding, warning
from phoihop.reports.checks.tables import BANDS


def plausible_ratio(filled: Filled) -> Iterator[Finding]:
    """Compared without dividing: nothing of both is plausible, something of nothing is not."""
    for row in BANDS:
        pair = filled.pair(row.value, row.of)
        if pair and not row.least * pair[1] <= pair[0] <= row.most * pair[1]:
            sentence = _(
                "%(value_cell)s is %(value)s for %(of)s of %(of_cell)s; between %(least)d and %(most)d each is usual. "
                "Check both figures, or explain them in a note."
            ) % {
                "value_cell": filled.label(row.value),
                "value": shown(pair[0]),
                "of_cell": filled.label(row.of),
                "of": shown(pair[1]),
                "least": row.least,
                "most": row.most,
            }
            yield warning("plausible_ratio", sentence, row.value, row.of)
