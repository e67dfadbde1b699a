"""Figures far from what is usual: for the unit itself, or among units like it. A question, never an error."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from statistics import median

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from phoihop.core.templatetags.vietnamese import number
from phoihop.reports.content import FIGURE, SCALE
from phoihop.reports.models import Report, ReportVersion
from phoihop.reports.queries.far import is_far

WINDOWS = 24  # earlier windows looked at

_Key = tuple[
    str, bool
]  # a code, and whether its figure stands for every unit below: the two are not compared


class Among(StrEnum):
    OWN = "own"  # the unit's earlier windows of the same form
    PEERS = "peers"  # units of the same level and party under the same superior, in the same window


@dataclass(frozen=True, slots=True)
class Outlier:
    among: Among
    value: Decimal
    median: Decimal
    others: int

    @property
    def sentence(self) -> str:
        """Cao gấp 3 lần trung vị 12 kỳ trước (40)."""
        said = {"against": self._against, "median": number(self.median)}
        if self.median <= 0 or self.value < 0:
            return _("%(value)s, while %(against)s is %(median)s") % {**said, "value": number(self.value)}
        times = self.value / self.median
        if times >= 2:
            return _("%(times)s times %(against)s (%(median)s)") % {**said, "times": number(_short(times))}
        percent = number(_short(times * 100))
        return _("%(percent)s %% of %(against)s (%(median)s)") % {**said, "percent": percent}

    @property
    def _against(self) -> str:
        if self.among is Among.OWN:
            text = ngettext(
                "the median of %(count)s earlier window",
                "the median of %(count)s earlier windows",
                self.others,
            )
        else:
            text = ngettext(
                "the median of %(count)s unit of the same level in the window",
                "the median of %(count)s units of the same level in the window",
                self.others,
            )
        return text % {"count": number(self.others)}


def outlier(value: Decimal, others: Sequence[Decimal], among: Among) -> Outlier | None:
    """None where the value is usual, or too few others are known."""
    if not is_far(_scaled(value), sorted(map(_scaled, others))):
        return None
    return Outlier(among, value, median(others), len(others))


def outliers_of(report: Report, version: ReportVersion) -> dict[str, list[Outlier]]:
    """By code: each figure against the unit's own earlier windows, and against its peers; two queries."""
    own, peers = (
        _values(versions.only("cells", "consolidated")) for versions in (_earlier(report), _peers(report))
    )
    found: dict[str, list[Outlier]] = defaultdict(list)
    for key, value in _figures(version):
        for among, known in ((Among.OWN, own), (Among.PEERS, peers)):
            if far := outlier(value, known.get(key, ()), among):
                found[key[0]].append(far)
    return dict(found)


def _earlier(report: Report) -> QuerySet[ReportVersion]:
    of_unit = versions_of_whole_windows().filter(report__organisation=report.organisation_id)
    same = of_unit.filter(
        report__period__form=report.period.form_id, report__period__start__lt=report.period.start
    )
    return same.order_by("-report__period__start")[:WINDOWS]


def _peers(report: Report) -> QuerySet[ReportVersion]:
    alike = versions_of_whole_windows().filter(report__period=report.period_id, report__level=report.level)
    return alike.filter(report__party=report.party, report__superior=report.superior_id).exclude(
        report=report.pk
    )


def versions_of_whole_windows() -> QuerySet[ReportVersion]:
    """In force, of a whole window."""
    return ReportVersion.objects.in_force().filter(
        report__covers_from=F("report__period__start"), report__covers_until=F("report__period__end")
    )


def figure_of(text: str) -> Decimal | None:
    """What was handed in is written as plain digits: content.figure_text. None for "not applicable"."""
    return Decimal(text) if FIGURE.fullmatch(text) else None


def _figures(version: ReportVersion) -> Iterable[tuple[_Key, Decimal]]:
    for code, text in version.cells.items():
        if (value := figure_of(text)) is not None:
            yield (code, code in version.consolidated), value


def _values(versions: Iterable[ReportVersion]) -> Mapping[_Key, list[Decimal]]:
    found: dict[_Key, list[Decimal]] = defaultdict(list)
    for version in versions:
        for key, value in _figures(version):
            found[key].append(value)
    return found


def _short(value: Decimal) -> Decimal:
    """Enough of a comparison: 3, 2.4, 12."""
    rounded = round(value, 1) if value < 10 else round(value, 0)
    return Decimal(f"{rounded:.1f}".removesuffix(".0"))


def _scaled(value: Decimal) -> int:
    return int(value * SCALE)
