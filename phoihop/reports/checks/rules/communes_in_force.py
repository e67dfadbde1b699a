from collections.abc import Iterator

from django.utils.translation import gettext as _

from phoihop.core.templatetags.vietnamese import number
from phoihop.reports.checks.filled import Filled, shown
from phoihop.reports.checks.finding import Finding, error
from phoihop.reports.checks.tables import COUNTS_OF_COMMUNES
from phoihop.reports.content import SCALE


def communes_in_force(filled: Filled) -> Iterator[Finding]:
    """A count of communes does not exceed the communes in force there on the last day covered."""
    if filled.communes_below is None:
        return
    for code in COUNTS_OF_COMMUNES:
        if filled.values.get(code, 0) > filled.communes_below * SCALE:
            sentence = _(
                "%(cell)s is %(value)s, and %(most)s communes are in force there on the last day covered. "
                "Check the figure."
            ) % {
                "cell": filled.label(code),
                "value": shown(filled.values[code]),
                "most": number(filled.communes_below),
            }
            yield error("communes_in_force", sentence, code)
