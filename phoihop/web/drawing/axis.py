"""An axis from zero: round steps that hold every value."""

from decimal import ROUND_CEILING, Decimal

_STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))
_MOST = 5  # steps, the zero line not counted


def axis(top: Decimal, *, is_whole: bool) -> tuple[Decimal, ...]:
    """The marks from 0 up; what is counted one by one has no mark between two counts."""
    if top <= 0:
        top = Decimal(1)
    step = _step(top, is_whole=is_whole)
    count = (top / step).to_integral_value(ROUND_CEILING)
    return tuple((step * at).normalize() + 0 for at in range(int(count) + 1))


def _step(top: Decimal, *, is_whole: bool) -> Decimal:
    power = Decimal(10) ** ((top / _MOST).adjusted())
    steps = (power * step for step in _STEPS)
    allowed = (step for step in steps if not is_whole or step == step.to_integral_value())
    return next(step for step in allowed if step * _MOST >= top)
