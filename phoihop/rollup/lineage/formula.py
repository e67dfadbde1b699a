"""How a figure was made, as a sentence a reader can check."""

from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from phoihop.indicators.enums import Rule as Combining
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
            "n": _number(figure.numerator),
            "denominator": indicator.denominator,
            "d": _number(figure.denominator),
            "factor": indicator.factor,
            "value": _number(figure.value),
        }
    return " ".join((_sum(figure, column), _over_time(figure, column)))


def _sum(figure: Figure, column: Column) -> str:
    code = column.indicator.code
    if code == COMMUNES_IN_FORCE:
        words = _("%(code)s = %(value)s: communes in force on the last day of the window, by the register.")
        return words % {"code": code, "value": _number(figure.value)}
    if code in MEASURED:
        words = _("%(code)s = %(value)s: counted from the reports themselves.")
        return words % {"code": code, "value": _number(figure.value)}
    own, unallocated = figure.own or Decimal(0), figure.unallocated or Decimal(0)
    below = (figure.value or Decimal(0)) - own - unallocated
    return _(
        "%(code)s = %(own)s own + %(below)s of the units below + %(unallocated)s unallocated = %(value)s, "
        "from %(reported)s of %(expected)s reports due."
    ) % {
        "code": code,
        "own": _number(own),
        "below": _number(below),
        "unallocated": _number(unallocated),
        "value": _number(figure.value),
        "reported": figure.reported,
        "expected": figure.expected,
    }


def _over_time(figure: Figure, column: Column) -> str:
    windows = ", ".join(figure.windows)
    if column.indicator.over_time == Combining.ADD:
        return _("Windows added: %(windows)s.") % {"windows": windows}
    if column.indicator.over_time == Combining.LAST:
        return _("Last window of the span: %(windows)s.") % {"windows": windows}
    return _("Window: %(windows)s.") % {"windows": windows}


def _number(value: Decimal | None) -> str:
    return "–" if value is None else number_format(value.normalize() if value else 0, use_l10n=True)
