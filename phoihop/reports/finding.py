from dataclasses import dataclass

from phoihop.reports.enums import Severity


@dataclass(frozen=True, slots=True)
class Finding:
    """An error refuses the report; a warning asks for a note on one of its cells."""

    check: str
    severity: Severity
    codes: tuple[str, ...]
    sentence: str


def error(check: str, sentence: str, *codes: str) -> Finding:
    return Finding(check, Severity.ERROR, codes, sentence)


def warning(check: str, sentence: str, *codes: str) -> Finding:
    return Finding(check, Severity.WARNING, codes, sentence)
