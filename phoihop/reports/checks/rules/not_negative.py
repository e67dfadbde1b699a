from collections.abc import Iterator

from django.utils.translation import gettext as _

from phoihop.reports.checks.filled import Filled, shown
from phoihop.reports.checks.finding import Finding, error


def not_negative(filled: Filled) -> Iterator[Finding]:
    for code, value in filled.values.items():
        if value < 0:
            yield error(
                "not_negative",
                _("%(cell)s is %(value)s. It counts things and cannot be below 0; to lower an earlier figure, "
                  "correct the earlier report.") % {"cell": filled.label(code), "value": shown(value)},
                code,
            )  # fmt: skip
