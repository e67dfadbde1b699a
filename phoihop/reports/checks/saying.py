"""Values in sentences, as the page's language writes them: 1.234,5 in Vietnamese."""

from typing import Any

from phoihop.core.templatetags.vietnamese import MISSING as DASH
from phoihop.core.templatetags.vietnamese import number
from phoihop.reports.checks.expressions.states import Absent
from phoihop.reports.content import SCALE, unscaled


def said(value: Any) -> str:
    """Text as it is; a number exactly, or to 4 decimals where it has more (half to even)."""
    if isinstance(value, str):
        return value
    return DASH if isinstance(value, Absent) else number(unscaled(round(value * SCALE)))
