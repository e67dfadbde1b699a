"""How a figure was made, as a sentence a reader can check."""

from decimal import Decimal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from phoihop.core.templatetags.vietnamese import number
from phoihop.indicators.enums import Rule as Combining
from phoihop.periods import parse_period
from phoihop.rollup.compute_inputs import COMMUNES_IN_FORCE, MEASURED
from phoihop.rollup.queries.columns import Column
from phoihop.rollup.queries.figure import Figure


def formula(figure: Figure, column: Column) -> str:
    indicator = column.indicator
    if figure.value is None:
        return _("%(code)s is missing: %(why)s.") % {"code": indicator.code, "why": figure.why_missing}
    if indicator.is_ratio:
        return _(
            "%(code)s = %(numerator)s (%(n)s) ÷ %(denominator)s (%(d)s) × %(factor)s = %(value)s, half up."
        ) % {
            "code": indicator.code,
            "numerator": indicator.numerator,
            "n": number(figure.numerator),
            "denominator": indicator.denominator,
            "d": number(figure.denominator),
            "factor": number(indicator.factor),
            "value": number(figure.value),
        }
    return " ".join((_sum(figure, column), _over_time(figure, column)))


def _sum(figure: Figure, column: Column) -> str:
    code = column.indicator.code
    if code == COMMUNES_IN_FORCE:
        words = _("%(code)s = %(value)s: communes in force on the last day of the window, by the register.")
        return words % {"code": code, "value": number(figure.value)}
    if code in MEASURED:
        words = _("%(code)s = %(value)s: counted from the reports themselves.")
        return words % {"code": code, "value": number(figure.value)}
    own, unallocated = figure.own or Decimal(0), figure.unallocated or Decimal(0)
    below = (figure.value or Decimal(0)) - own - unallocated
    return _(
        "%(code)s = %(own)s own + %(below)s of the units below + %(unallocated)s unallocated = %(value)s, "
        "from %(reported)s of %(expected)s reports due."
    ) % {
        "code": code,
        "own": number(own),
        "below": number(below),
        "unallocated": number(unallocated),
        "value": number(figure.value),
        "reported": number(figure.reported),
        "expected": number(figure.expected),
    }


def _over_time(figure: Figure, column: Column) -> str:
    language = get_language() or "vi"
    windows = ", ".join(parse_period(code).short_label(language) for code in figure.windows)
    if column.indicator.over_time == Combining.ADD:
        return _("Windows added: %(windows)s.") % {"windows": windows}
    if column.indicator.over_time == Combining.LAST:
        return _("Last window of the span: %(windows)s.") % {"windows": windows}
    return _("Window: %(windows)s.") % {"windows": windows}
