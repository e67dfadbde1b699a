from collections.abc import Iterator

from django.utils.translation import gettext as _

from phoihop.reports.checks.filled import Filled
from phoihop.reports.finding import Finding, error


def asked_of_this_unit(filled: Filled) -> Iterator[Finding]:
    """The indicator is of another level, another party or another form."""
    for code in filled.cells:
        if code in filled.known and code not in filled.asked:
            yield error(
                "asked_of_this_unit",
                _("%(code)s is not asked of this organisation in this form. Leave it out; it is asked of "
                  "another level or party, or by another form.") % {"code": code},
                code,
            )  # fmt: skip
