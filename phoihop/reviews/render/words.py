"""Numbers, dates, letters and bound figures, written as each language writes them."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from phoihop.core.errors import DomainError
from phoihop.indicators.enums import REPORTING_DUTIES
from phoihop.periods import format_day
from phoihop.reviews.render.labels import MONTHS, PARTS, Language, label

# Points of a Vietnamese document: đ stands after d; f, j, w and z are not used (Decree 30/2020, Annex I).
POINT_LETTERS = "abcdđeghiklmnopqrstuvxy"
VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
NBSP = "\u00a0"
_TOKEN = re.compile(r"\[\[([^\[\]|\s]+)(?:\|(value|change|coverage))?\]\]")
_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_DECIMAL = re.compile(r"-?\d+(\.\d+)?")


class UnknownFigure(DomainError):
    """A sentence names a figure that the frozen context does not hold."""


def unknown_figure(key: str, sentence: str) -> UnknownFigure:
    return UnknownFigure(
        _(
            "The sentence “%(sentence)s” names the figure %(key)s, which the review does not hold. Compose the"
            " review again, or take the figure out of the sentence."
        )
        % {"sentence": sentence, "key": key}
    )


def clean(text: str) -> str:
    """NFC, and without the control characters that neither Word nor a PDF can hold."""
    composed = unicodedata.normalize("NFC", text)
    return "".join(
        " " if char in "\t\n\r" else char
        for char in composed
        if char in "\t\n\r" or unicodedata.category(char) not in {"Cc", "Cs"}
    )


def text(value: Any, lang: Language) -> str:
    """A bilingual object in one language; Vietnamese where the other is empty."""
    if value is None:
        return ""
    if isinstance(value, Mapping):
        value = value.get(lang) or value.get("vi") or ""
    return clean(str(value)).strip()


def is_decimal(value: str) -> bool:
    return bool(_DECIMAL.fullmatch(value))


def number(value: str | Decimal | None, lang: Language, decimals: int | None = None) -> str:
    """1.234,5 in Vietnamese, 1,234.5 in English; half up; a missing value is a dash, never 0."""
    if value is None or value == "":
        return label("missing", lang)
    try:
        exact = Decimal(value)
    except InvalidOperation:
        return clean(str(value))
    if decimals is not None:
        exact = exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    written = f"{exact:,f}"
    return written if lang == "en" else written.translate(str.maketrans(",.", ".,"))


def roman(value: int) -> str:
    written = ""
    for size, sign in _ROMAN:
        times, value = divmod(value, size)
        written += sign * times
    return written


def point_letter(position: int) -> str:
    """The letter of the 1st, 2nd, ... point: a, b, c, d, đ, e, g, ..."""
    times, index = divmod(position - 1, len(POINT_LETTERS))
    return POINT_LETTERS[index] * (times + 1)


def two_digits(value: int, *, below: int = 10) -> str:
    return f"{value:02d}" if value < below else str(value)


def document_number(written: str) -> str:
    """5/BC-BCĐ becomes 05/BC-BCĐ: numbers below 10 carry a leading 0."""
    return re.sub(r"^\s*(\d)(?=[/-])", r"0\1", written)


def long_date(day: date | None, lang: Language) -> str:
    """ngày 05 tháng 02 năm 2026: days below 10 and the months 1 and 2 carry a leading 0; dots where not dated."""
    if day is None:
        return label("no_day", lang)
    written = two_digits(day.day) if lang == "vi" else str(day.day)
    return label(
        "day",
        lang,
        day=written,
        month=two_digits(day.month, below=3),
        month_name=MONTHS[day.month - 1],
        year=day.year,
    )


def short_date(iso: str | None) -> str:
    return format_day(day) if (day := iso_day(iso)) else ""


def iso_day(iso: str | None) -> date | None:
    """The Vietnamese day of an ISO day or instant."""
    if not iso:
        return None
    return moment.date() if (moment := instant(iso)) else date.fromisoformat(iso)


def instant(iso: str | None) -> datetime | None:
    """An ISO instant in Viet Nam's time; None for a plain day."""
    if not iso or "T" not in iso:
        return None
    read = datetime.fromisoformat(iso)
    return read.astimezone(VIETNAM) if read.tzinfo else read.replace(tzinfo=VIETNAM)


def part_number(written: str, lang: Language) -> str:
    return PARTS.get(written.strip().casefold(), written) if lang == "en" else written


def resolve(
    sentence: str, figures: Mapping[str, Mapping[str, Any]], lang: Language, *, strict: bool = True
) -> str:
    """The sentence with every [[KEY]] written out.

    Raises: UnknownFigure, unless not strict: then an unknown key stays as it was typed.
    """

    def written(match: re.Match[str]) -> str:
        key, form = match[1], match[2] or "figure"
        if key in figures:
            return _FORMS[form](figures[key], lang)
        if strict:
            raise unknown_figure(key, sentence)
        return match[0]

    return clean(_TOKEN.sub(written, sentence))


def figure_text(figure: Mapping[str, Any], lang: Language) -> str:
    """1.390 cuộc; "ít nhất" before it where part of the area could not be placed; a dash with the reason if missing."""
    if figure.get("value") is None:
        why = text(figure.get("why_missing"), lang)
        return label("missing_because", lang, why=why) if why else label("missing", lang)
    unit = text(figure.get("unit"), lang)
    gap = NBSP if unit == "%" else " "
    value = figure_value(figure, lang)
    if lang == "en" and value == "1":
        unit = singular(unit)
    whole = value + (gap + unit if unit else "")
    return label("at_least", lang, figure=whole) if figure.get("is_at_least") else whole


def singular(unit: str) -> str:
    """An English unit of one: session, class, attendance a session."""
    noun, each, rest = unit.partition(" a ")
    return (noun.removesuffix("es") if noun.endswith("sses") else noun.removesuffix("s")) + each + rest


def figure_value(figure: Mapping[str, Any], lang: Language) -> str:
    return number(figure.get("value"), lang, figure.get("decimals"))


def figure_change(figure: Mapping[str, Any], lang: Language) -> str:
    """tăng 12,5 %: one decimal, half up; a change too small to show says so."""
    if figure.get("change_percent") is None:
        return label("no_comparison", lang)
    change = Decimal(figure["change_percent"])
    if change == 0:
        return label("unchanged", lang)
    way = "up" if change > 0 else "down"
    size = abs(change).quantize(Decimal("0.1"), ROUND_HALF_UP)
    if size == 0:
        way, size = f"{way}_slightly", Decimal("0.1")
    whole = size == size.to_integral_value()
    return label(way, lang, percent=number(size, lang, 0 if whole else 1)).replace(" %", f"{NBSP}%")


def figure_coverage(figure: Mapping[str, Any], lang: Language) -> str:
    """In a sentence on one window, in which a unit owes one report."""
    if not figure.get("expected"):
        return _not_owed(figure, lang)
    return _of("units_reporting", lang, figure.get("reported"), figure["expected"])


def reports_coverage(figure: Mapping[str, Any], lang: Language) -> str:
    """Beside a figure of any windows: over several of them a unit owes several reports."""
    if not figure.get("expected"):
        return _not_owed(figure, lang)
    return _of("reports", lang, figure.get("reported"), figure["expected"])


def _not_owed(figure: Mapping[str, Any], lang: Language) -> str:
    """No report owes it: the system counts it itself (of a reporting duty, from the reports due), or it was volunteered."""
    if given := figure.get("reported"):
        return label("none_due_given", lang, reported=number(str(given), lang))
    if figure.get("value") is None:
        return label("none_due", lang)
    if figure.get("indicator") in REPORTING_DUTIES and figure.get("denominator") is not None:
        return _of("counted_reports", lang, figure.get("numerator"), figure["denominator"])
    return label("counted", lang)


def _of(key: str, lang: Language, given: Any, due: Any) -> str:
    return label(key, lang, reported=number(str(given or 0), lang), expected=number(str(due), lang))


_FORMS = {
    "figure": figure_text,
    "value": figure_value,
    "change": figure_change,
    "coverage": figure_coverage,
}
