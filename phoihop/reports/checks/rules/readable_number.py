from collections.abc import Iterator

from phoihop.core.errors import DomainError
from phoihop.reports.checks.filled import Filled
from phoihop.reports.checks.finding import Finding, error
from phoihop.reports.content import NOT_APPLICABLE, scaled


def readable_number(filled: Filled) -> Iterator[Finding]:
    for code, text in filled.cells.items():
        if text == NOT_APPLICABLE:
            continue
        try:
            scaled(text)
        except DomainError as refusal:
            yield error("readable_number", f"{filled.label(code)}: {refusal}", code)
