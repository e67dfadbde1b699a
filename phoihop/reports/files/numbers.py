"""Numbers as people write them: "1.234,5" in Vietnamese is "1,234.5" in English. Read, never guessed."""

import re
import unicodedata
from decimal import Decimal
from enum import Enum, StrEnum

from phoihop.reports.files import errors


class DecimalMark(StrEnum):
    COMMA = "comma"
    POINT = "point"

    @property
    def sign(self) -> str:
        return "," if self is DecimalMark.COMMA else "."

    @property
    def group_sign(self) -> str:
        return "." if self is DecimalMark.COMMA else ","


class NotApplicable(Enum):
    """The unit has nothing this indicator could count; it reported so."""

    NA = "na"


NA = NotApplicable.NA
ZERO_WORDS = {"không phát sinh", "khong phat sinh", "zero"}
NOT_APPLICABLE_WORDS = {"na", "n/a", "không áp dụng", "khong ap dung", "not applicable"}
NOT_REPORTED_WORDS = {
    *("chưa báo cáo", "không báo cáo", "chưa có số liệu", "not reported"),
    *("chua bao cao", "khong bao cao", "chua co so lieu"),
}
# "Nothing" or "no answer"? The writer must say which.
UNCLEAR_WORDS = {
    *("-", "–", "—", "--", ".", "x", "?", "/", "không", "khong", "không có", "khong co"),
    *("none", "no", "nil", "null", "nan", "..."),
}
_SPACES = str.maketrans(dict.fromkeys("\u00a0\u2007\u2009\u202f", " "))
_INVISIBLE = str.maketrans("", "", "\u200b\u200c\u200d\u2060\ufeff")
_SHAPE = re.compile(r"-?[0-9](?:[0-9., ]*[0-9])?")
_ERROR = re.compile(r"#(?:REF!|DIV/0!|N/A|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA)|Err:[0-9]{3}")
_LONGEST = 200


def parse_number(text: str, *, mark: DecimalMark | None) -> Decimal | NotApplicable | None:
    """What a text says.

    Missing: None where nothing was reported (blank); "0" is a reported zero; NA is not applicable.
    Raises:  CellRefused; without a mark also for a text that is one number with a comma, another with a point.
    Example: parse_number("1.234,5", mark=DecimalMark.COMMA) == Decimal("1234.5")
    """
    if text.isascii() and text.isdigit() and len(text) <= _LONGEST:  # most cells of most files
        return Decimal(text)
    clean = text.translate(_SPACES).translate(_INVISIBLE).strip()
    word = " ".join(unicodedata.normalize("NFC", clean).casefold().split())
    if not word or word in NOT_REPORTED_WORDS:
        return None
    if word in NOT_APPLICABLE_WORDS:
        return NA
    if word in ZERO_WORDS:
        return Decimal(0)
    return _parsed(text, clean.replace("\u2212", "-"), word, mark)


def _parsed(text: str, clean: str, word: str, mark: DecimalMark | None) -> Decimal:
    if is_formula_error(clean):
        raise errors.formula_error(clean)
    if word in UNCLEAR_WORDS:
        raise errors.unclear_word(text)
    if any(char.isdigit() and char not in "0123456789" for char in clean):
        raise errors.foreign_digits(text)
    if not _SHAPE.fullmatch(clean) or len(clean) > _LONGEST:
        raise errors.text_in_number(text)
    sign, digits = ("-", clean[1:]) if clean.startswith("-") else ("", clean)
    whole, fraction = _split(text, digits, mark or _mark_of(text, digits))
    return Decimal(f"{sign}{whole}.{fraction}" if fraction else f"{sign}{whole}")


def _mark_of(text: str, digits: str) -> DecimalMark:
    """The only decimal mark with which the text is a well-formed number."""
    readings = {mark: value for mark in DecimalMark if (value := _reading(text, digits, mark)) is not None}
    if not readings:
        raise errors.badly_grouped(text, None)
    if len(set(readings.values())) > 1:
        raise errors.ambiguous_number(text, *(canonical_number(readings[mark]) for mark in DecimalMark))
    return next(iter(readings))


def _reading(text: str, digits: str, mark: DecimalMark) -> Decimal | None:
    try:
        whole, fraction = _split(text, digits, mark)
    except errors.CellRefused:
        return None
    return Decimal(f"{whole}.{fraction or 0}")


def _split(text: str, digits: str, mark: DecimalMark) -> tuple[str, str]:
    """Whole and decimal digits; groups are of three, by one sort of separator."""
    whole, _, fraction = digits.partition(mark.sign)
    grouped = {sign for sign in (mark.group_sign, " ") if sign in whole}
    well_formed = not grouped or (
        len(grouped) == 1
        and re.fullmatch(rf"[1-9][0-9]{{0,2}}(?:[{grouped.copy().pop()}][0-9]{{3}})+", whole)
    )
    if not well_formed or not whole or (mark.sign in digits and not fraction.isdecimal()):
        raise errors.badly_grouped(text, mark)
    return re.sub(r"[., ]", "", whole), fraction


def is_formula_error(text: str) -> bool:
    return bool(_ERROR.fullmatch(text))


def format_number(value: Decimal, *, mark: DecimalMark, grouped: bool = True) -> str:
    """The exact value as the mark's language writes it."""
    plain = format(abs(value), f"{',' if grouped else ''}f")
    swapped = plain.translate(str.maketrans(",.", mark.group_sign + mark.sign))
    return f"-{swapped}" if value < 0 else swapped


def canonical_number(value: Decimal) -> str:
    """The one text of a value in a cell: no exponent, no idle zeros, no minus zero."""
    text = format(value, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in {"-0", ""} else text
