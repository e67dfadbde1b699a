"""Figures filled in from what the system knows: which marks are true, and which nobody has confirmed."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from phoihop.reports.finding import Finding, error
from phoihop.reports.models import Report
from phoihop.reports.queries.cells import cells_of
from phoihop.reports.queries.known import known_figures
from phoihop.reports.queries.values import previous_values

from .drafts import kept_marks
from .submission import clean_cells, is_figure


def true_marks(report: Report, cells: Mapping[str, str], marks: Mapping[str, bool]) -> dict[str, bool]:
    """Of figures that the system knows, or that the open draft has marked already: a register moves meanwhile."""
    if not marks:
        return {}
    typed = clean_cells(cells)
    kept = kept_marks(report, typed)
    known = known_figures(report, cells_of(report), previous_values(report))
    as_cells = clean_cells({code: each.value for code, each in known.items()})
    return {
        code: sure
        for code, sure in marks.items()
        if code in kept or (code in as_cells and as_cells[code] == typed.get(code))
    }


def unconfirmed(cells: Mapping[str, str], marks: Mapping[str, bool]) -> list[Finding]:
    waiting = [code for code, sure in marks.items() if not sure and is_figure(cells.get(code))]
    return [error("known_confirmed", _not_confirmed(code), code) for code in waiting]


def _not_confirmed(code: str) -> str:
    sentence = _(
        "%(code)s was filled in from what the system knows and nobody has confirmed it yet. Look at the figure: "
        "tick “Confirm %(code)s” if it is right, or write another one."
    )
    return sentence % {"code": code}
