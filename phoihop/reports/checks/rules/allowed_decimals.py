from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from phoihop.reports.checks.filled import Filled, shown
from phoihop.reports.checks.finding import Finding, error


def allowed_decimals(filled: Filled) -> Iterator[Finding]:
    """A count is whole; other indicators say how many decimals they take."""
    for code, value in filled.values.items():
        decimals = filled.asked[code].version.decimals
        if value % 10 ** max(0, 4 - decimals):
            yield error("allowed_decimals", _sentence(filled.label(code), value, decimals), code)


def _sentence(label: str, value: int, decimals: int) -> str:
    if decimals == 0:
        sentence = _("%(cell)s is %(value)s. It is counted in whole numbers; write it without decimals.")
        return sentence % {"cell": label, "value": shown(value)}
    return ngettext(
        "%(cell)s is %(value)s. It takes at most %(decimals)d decimal; round it.",
        "%(cell)s is %(value)s. It takes at most %(decimals)d decimals; round it.",
        decimals,
    ) % {"cell": label, "value": shown(value), "decimals": decimals}
