from collections.abc import Iterator

from django.utils.translation import gettext as _

from phoihop.reports.checks.filled import Filled
from phoihop.reports.finding import Finding, error


def unknown_code(filled: Filled) -> Iterator[Finding]:
    for code in filled.cells:
        if code not in filled.known and code not in filled.asked:
            yield error(
                "unknown_code",
                _("“%(code)s” is not the code of an indicator in force in this window. "
                  "Use the codes of the form's template.") % {"code": code},
                code,
            )  # fmt: skip
