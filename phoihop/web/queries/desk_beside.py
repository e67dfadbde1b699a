"""What stands beside a report's figures: the version before, the same window last year, what is unusual."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from phoihop.core.templatetags.vietnamese import number
from phoihop.reports.content import NOT_APPLICABLE
from phoihop.reports.models import Report, ReportVersion
from phoihop.reports.queries.outliers import Outlier, outliers_of
from phoihop.reports.queries.values import values_a_year_before

MUCH = 50  # percent of last year's figure


@dataclass(frozen=True, slots=True)
class Against:
    """One figure held against an earlier one.

    Missing: `shown` empty is not reported; `difference` None where one of the two is no figure, or both are the
    same; `percent` None where there is no difference, or the earlier figure was 0.
    """

    shown: str = ""  # the earlier figure as the page writes it
    difference: Decimal | None = None
    percent: Decimal | None = None
    is_marked: bool = False


@dataclass(frozen=True, slots=True)
class Beside:
    previous: Against = Against()
    year_before: Against = Against()
    outliers: Sequence[Outlier] = ()


@dataclass(frozen=True, slots=True)
class Columns:
    """What the page has a column for."""

    previous: int | None  # the number of the version before; None: the version shown is the first
    has_year_before: bool
    beside: Mapping[str, Beside]


def columns_beside(
    report: Report,
    version: ReportVersion | None,
    previous: ReportVersion | None,
    judged: ReportVersion | None,
) -> Columns:
    """`judged`: the version as it was handed in, where the reader decides on it."""
    year = values_a_year_before(report)
    now, before, earlier = (each.cells if each else {} for each in (version, previous, year))
    far = outliers_of(report, judged) if judged else {}
    found = {
        code: Beside(
            previous=any_move(now.get(code, ""), before.get(code, "")),
            year_before=large_move(now.get(code, ""), earlier.get(code, "")),
            outliers=far.get(code, ()),
        )
        for code in {*now, *before, *earlier}
    }
    return Columns(previous.number if previous else None, year is not None, found)


def any_move(now: str, before: str) -> Against:
    """Between two versions every change is one somebody made."""
    return _against(now, before, least=0)


def large_move(now: str, before: str) -> Against:
    """Between two years figures move; asked about where they are there on one side only, or move by half and more."""
    return _against(now, before, least=MUCH)


def _against(now: str, before: str, *, least: int) -> Against:
    unmeasured = {"", NOT_APPLICABLE}
    if now in unmeasured or before in unmeasured:
        return Against(before if before in unmeasured else number(before), is_marked=now != before)
    old, new = Decimal(before), Decimal(now)
    if old == new:
        return Against(number(before))
    percent = (new - old) * 100 / abs(old) if old else None
    return Against(number(before), new - old, percent, percent is None or abs(percent) >= least)
