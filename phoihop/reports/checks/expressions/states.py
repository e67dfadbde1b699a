"""What a cell can say: a number, exactly; nothing (missing); or that it does not apply (na)."""

from fractions import Fraction
from functools import lru_cache
from typing import Any

from phoihop.core.errors import DomainError
from phoihop.reports.content import NOT_APPLICABLE, SCALE, scaled

Number = int | Fraction


class Absent:
    """Not a number: arithmetic with it is missing, and no comparison with it holds, not even `!=`."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name

    def __repr__(self) -> str:
        return self.name

    def _missing(self, *_others: Any) -> "Absent":
        return MISSING

    def _never(self, _other: object) -> bool:
        return False

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = _missing
    __neg__ = __abs__ = _missing
    __lt__ = __le__ = __gt__ = __ge__ = _never
    __eq__ = __ne__ = _never
    __hash__ = object.__hash__


MISSING, NA = Absent("missing"), Absent("na")


def exact(ten_thousandths: int) -> Number:
    """Whole numbers stay `int`, which Python reckons with an order of magnitude faster."""
    whole, rest = divmod(ten_thousandths, SCALE)
    return Fraction(ten_thousandths, SCALE) if rest else whole


@lru_cache(maxsize=50_000)  # a country writes few different figures
def state(text: str | None) -> Number | Absent:
    """A cell's text. Text that is no number says nothing: another rule refuses it."""
    if text is None:
        return MISSING
    if text == NOT_APPLICABLE:
        return NA
    try:
        return exact(scaled(text))
    except DomainError:
        return MISSING


def literal(text: str) -> Number:
    number = Fraction(text)
    return number.numerator if number.denominator == 1 else number


def divided(left: Any, right: Any) -> Any:
    """Missing where either side is, and where nothing is divided by."""
    if isinstance(left, Absent) or isinstance(right, Absent) or right == 0:
        return MISSING
    return Fraction(left) / Fraction(right)


def summed(*parts: Any) -> Any:
    """Missing where a part is missing; what does not apply adds nothing, and nothing at all is missing."""
    if any(part is MISSING for part in parts):
        return MISSING
    return sum(numbers) if (numbers := [part for part in parts if part is not NA]) else MISSING


def decimals(value: Any) -> Any:
    """How many decimals write the number exactly; missing where none do, such as a third."""
    if isinstance(value, int):
        return 0
    if isinstance(value, Absent):
        return MISSING
    powers = {2: 0, 5: 0}
    rest = value.denominator
    for prime in powers:
        while rest % prime == 0:
            rest //= prime
            powers[prime] += 1
    return max(powers.values()) if rest == 1 else MISSING
