from __future__ import annotations

from datetime import date


def format_day(day: date, lang: str = "vi") -> str:
    """A day in figures: 05/02/2019 and 14/6/2019 in Vietnamese, 14/06/2019 in English.

    Source: NĐ 30/2020/NĐ-CP, Annex I: days below 10 and months 1 and 2 take a leading 0, other months none.
    """
    month = f"{day.month:02}" if day.month <= 2 or lang.startswith("en") else str(day.month)
    return f"{day.day:02}/{month}/{day.year:04}"


def format_day_of_year(month: int, day: int, lang: str = "vi") -> str:
    return format_day(date(2000, month, day), lang)[:-5]
