"""Windows reported by unlike shares of the units that owe it: their figures do not compare, and who reads is told."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from phoihop.core.templatetags.vietnamese import number
from phoihop.periods import parse_period
from phoihop.rollup.queries import Change, Figure

UNLIKE_PERCENT = Decimal(
    5
)  # between two shares of the reports due: more than this may be who reported, not what was done
MOST_NAMED = 4


def is_unlike(one: Figure, other: Figure) -> bool:
    """False where either has no figure, or nothing was due: there is nothing to compare."""
    shares = one.coverage_percent, other.coverage_percent
    if one.is_missing or other.is_missing or shares[0] is None or shares[1] is None:
        return False
    return abs(shares[0] - shares[1]) > UNLIKE_PERCENT


def unlike_windows(figures: Sequence[Figure]) -> tuple[list[Figure], Figure | None]:
    """Those reported by clearly fewer than the fullest one, and that one."""
    given = [each for each in figures if not each.is_missing and each.coverage_percent is not None]
    fullest = max(given, key=lambda each: each.coverage_percent or 0, default=None)
    return [each for each in given if fullest and is_unlike(each, fullest)], fullest


def unlike_words(figures: Sequence[Figure]) -> str:
    """Empty where all windows were reported alike."""
    fewer, fullest = unlike_windows(figures)
    if fullest is None or not fewer:
        return ""
    least_first = sorted(fewer, key=lambda each: each.coverage_percent or 0)
    named = "; ".join(_named(each) for each in least_first[:MOST_NAMED])
    more = len(fewer) - MOST_NAMED
    if more > 0:
        named += "; " + ngettext("%(n)s more window", "%(n)s more windows", more) % {"n": number(more)}
    said = _(
        "Windows reported by unlike shares of the units do not compare: %(fewer)s; the fullest, %(full)s."
    )
    return said % {"fewer": named, "full": _named(fullest)}


def unlike_remark(figure: Figure, figures: Sequence[Figure]) -> str:
    """Of one window among those of a table."""
    fewer, fullest = unlike_windows(figures)
    if fullest is None or figure not in fewer:
        return ""
    return _("not comparable with %(full)s") % {"full": _named(fullest)}


def unlike_change_words(change: Change | None) -> str:
    """What stands beside a rise or a fall."""
    if change is None or change.absolute is None or not is_unlike(change.now, change.before):
        return ""
    return _("not comparable: %(now)s reports now, %(before)s then") % {
        "now": _share(change.now),
        "before": _share(change.before),
    }


def _named(figure: Figure) -> str:
    window = parse_period(figure.windows[0]).short_label(get_language() or "vi") if figure.windows else "–"
    return _("%(window)s %(share)s reports") % {"window": window, "share": _share(figure)}


def _share(figure: Figure) -> str:
    return f"{number(figure.reported)}/{number(figure.expected)}"
