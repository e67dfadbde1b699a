"""Short ways to write what a tile or a heading has little room for."""

from decimal import Decimal

from babel.numbers import format_compact_decimal
from django.utils.translation import get_language

from phoihop.core.templatetags.vietnamese import MISSING, number

LONG = 10_000


def compact(value: Decimal | None, decimals: int = 0) -> str:
    """12,4 N (nghìn) or 1,2 Tr (triệu) from 10.000 on; the page beside it always has the whole number."""
    if value is None:
        return MISSING
    if abs(value) < LONG:
        return number(value, min(decimals, 1))
    return format_compact_decimal(value, locale=get_language() or "vi", fraction_digits=1)
