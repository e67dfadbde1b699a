from collections.abc import Iterator

from django.utils.translation import gettext as _

from phoihop.reports.checks.filled import Filled, figures, shown
from phoihop.reports.finding import Finding, warning


def keeps_reported_figures(filled: Filled) -> Iterator[Finding]:
    """A version replaces the one before whole: a cell left blank takes back what it said.

    A question, no constraint: taking back is allowed with a note, and whether a cell is still asked follows from the
    catalogue of the report's own day, which a trigger would have to repeat.
    """
    if filled.handed_in is None:
        return
    for code, value in figures(filled.handed_in.cells).items():
        if code in filled.asked and code not in filled.cells:
            sentence = _(
                "%(cell)s was reported as %(earlier)s in the version before and is blank now. "
                "Fill it in again, or explain in a note why it is taken back."
            ) % {"cell": filled.label(code), "earlier": shown(value)}
            yield warning("keeps_reported_figures", sentence, code)
