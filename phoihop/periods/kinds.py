from __future__ import annotations

from enum import StrEnum


class PeriodKind(StrEnum):
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    NINE_MONTHS = "nine_months"
    YEAR = "year"
    WINDOW = "window"


MONTHS_IN = {
    PeriodKind.MONTH: 1,
    PeriodKind.QUARTER: 3,
    PeriodKind.HALF: 6,
    PeriodKind.NINE_MONTHS: 9,
    PeriodKind.YEAR: 12,
    PeriodKind.WINDOW: 12,
}
COUNT_IN_YEAR = {kind: 12 // months for kind, months in MONTHS_IN.items()}

_VIETNAMESE = {
    PeriodKind.MONTH: "tháng",
    PeriodKind.QUARTER: "quý",
    PeriodKind.HALF: "kỳ 6 tháng",
    PeriodKind.NINE_MONTHS: "kỳ 9 tháng",
    PeriodKind.YEAR: "năm",
    PeriodKind.WINDOW: "kỳ năm",
}
_ENGLISH = {
    PeriodKind.MONTH: ("month", "months"),
    PeriodKind.QUARTER: ("quarter", "quarters"),
    PeriodKind.HALF: ("half-year", "half-years"),
    PeriodKind.NINE_MONTHS: ("nine-month period", "nine-month periods"),
    PeriodKind.YEAR: ("year", "years"),
    PeriodKind.WINDOW: ("yearly window", "yearly windows"),
}


def kind_label(kind: PeriodKind, lang: str = "vi", *, count: int = 1) -> str:
    if lang.startswith("en"):
        return _ENGLISH[kind][count != 1]
    return _VIETNAMESE[kind]
