"""Ratio cells of the form: computed from two of its cells, here for what is kept, in the page while it is typed."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from phoihop.core.templatetags.vietnamese import number
from phoihop.indicators.enums import IndicatorKind
from phoihop.indicators.models import IndicatorVersion
from phoihop.reports.models import Report
from phoihop.reports.queries.cells import versions_on
from phoihop.rollup.compute_figures import divide


@dataclass(frozen=True, slots=True)
class RatioRow:
    """Missing: `value` is None where a part is not reported or there is nothing to divide by."""

    definition: IndicatorVersion
    numerator: str
    denominator: str
    value: Decimal | None

    @property
    def text(self) -> str:
        return number(self.value, self.definition.decimals)


def ratio_rows(report: Report, values: Mapping[str, Decimal | None]) -> list[RatioRow]:
    """The ratios of which the form has both parts. `values`: what stands in each of its cells."""
    day = report.period.start
    asked = [
        version.indicator_id
        for version in versions_on(report.period.form, day)
        if version.indicator.code in values
    ]
    versions = IndicatorVersion.objects.as_of(day).filter(
        kind=IndicatorKind.RATIO, numerator__in=asked, denominator__in=asked
    )
    related = versions.select_related("indicator", "numerator", "denominator").order_by("indicator__order")
    return [
        _row(each, each.numerator.code, each.denominator.code, values)
        for each in related
        if each.numerator and each.denominator
    ]


def _row(version: IndicatorVersion, above: str, below: str, values: Mapping[str, Decimal | None]) -> RatioRow:
    value = divide(values[above], values[below], version.factor, version.decimals)
    return RatioRow(version, above, below, value)
