from collections.abc import Iterator

from django.utils.translation import gettext as _

from phoihop.reports.checks.filled import Filled
from phoihop.reports.checks.finding import Finding, error
from phoihop.reports.enums import Scope


def scope_allowed(filled: Filled) -> Iterator[Finding]:
    """A unit with nothing below speaks for itself; a level that enters nothing itself, only for those below."""
    for code in filled.cells:
        if code not in filled.asked:
            continue
        if code in filled.consolidated:
            if not filled.has_units_below or Scope.CONSOLIDATED not in filled.asked[code].scopes_allowed:
                yield error("scope_allowed", _nothing_below(filled.label(code)), code)
        elif Scope.OWN not in filled.asked[code].scopes_allowed:
            yield error("scope_allowed", _nothing_of_its_own(filled.label(code)), code)


def _nothing_below(label: str) -> str:
    sentence = _(
        "%(cell)s is marked as consolidated, and this unit has no unit below it. Report it as its own."
    )
    return sentence % {"cell": label}


def _nothing_of_its_own(label: str) -> str:
    sentence = _("%(cell)s is entered by the units below; this unit can only consolidate it. Mark it so.")
    return sentence % {"cell": label}
