"""What a picture says of itself when it has left the page: source, days, map, whose word, as of when."""

import textwrap
from collections.abc import Sequence

from django.utils.translation import gettext as _

from phoihop.web.tables import Fact

SHEET_LETTERS = 118  # as many as a line of the sheet holds
_TOLD = ("programme", "from", "map", "state", "as_of", "ledger_seq")


def source_lines(facts: Sequence[Fact], *, is_simulated: bool) -> list[str]:
    told = [f"{fact.label}: {fact.text}" for fact in facts if fact.key in _TOLD]
    lines = [_("Source: accepted reports in Phối Hợp."), *_joined(told)]
    if is_simulated:
        lines.append(_("Simulated figures: made by the demonstration, not reported by anyone."))
    return lines


def lines_of_sheet(source: Sequence[str], *, is_protected: bool, unlike: str = "") -> list[str]:
    """The source and the signs, cut to the width of a sheet that stands alone."""
    signs = [_("A window without a figure is a gap, not a zero; a hollow dot: not every report due gave it.")]
    if unlike:
        signs.append(_("A dotted line joins windows that do not compare."))
        signs.append(unlike)
    if is_protected:
        signs.append(_("<5 and *: small counts of persons are protected and not drawn at their value."))
    return [part for line in [*source, *signs] for part in textwrap.wrap(line, SHEET_LETTERS)]


def _joined(told: Sequence[str]) -> list[str]:
    return [". ".join(told) + "."] if told else []


def wrapped(title: str, letters: int) -> list[str]:
    return textwrap.wrap(title, letters) or [""]
