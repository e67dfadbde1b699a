from __future__ import annotations

from datetime import date


def format_day(day: date) -> str:
    """A day in figures, in either language: 01/07/2025. The only place that writes this form.

    A document dates itself in words, by the rule of Decree 30/2020/NĐ-CP: reviews.render.words.long_date.
    """
    return f"{day.day:02}/{day.month:02}/{day.year:04}"


def format_day_of_year(month: int, day: int) -> str:
    return format_day(date(2000, month, day))[:-5]
