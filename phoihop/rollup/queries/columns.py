"""Which windows each indicator takes from a span, and by which rules: the columns of a table."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from django.db.models import Q
from django.utils.translation import get_language

from phoihop.indicators.enums import IndicatorKind
from phoihop.indicators.enums import Rule as Combining
from phoihop.indicators.models import Indicator, IndicatorVersion, Selection
from phoihop.periods import Span, SpanCover
from phoihop.programmes.models import Programme
from phoihop.reports.models import ReportForm, ReportingPeriod
from phoihop.rollup.compute_rows import catalogue_row
from phoihop.rollup.compute_rules import CatalogueRow, PeriodRow
from phoihop.rollup.compute_windows import cover
from phoihop.rollup.errors import unknown_choice
from phoihop.rollup.facts import Duty, is_owed
from phoihop.rollup.queries.figure import FigureIndicator


@dataclass(frozen=True)
class Column:
    """An indicator as it was last defined in the span, and the opened windows it takes, oldest first."""

    indicator: FigureIndicator
    cover: SpanCover
    opened: tuple[PeriodRow, ...]  # every window inside the span
    codes: tuple[str, ...]  # of the windows taken by the time rule, opened or not
    dated: tuple[CatalogueRow, ...]
    selected: Mapping[int, Collection[int]]  # form -> indicators some programme of it selected
    window: str = ""  # set where each window has its own column
    _owed: dict[tuple[int, Duty], bool] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def periods(self) -> tuple[PeriodRow, ...]:
        return tuple(period for period in self.opened if period.code in self.codes)

    @cached_property
    def left_out(self) -> str:
        """A sentence where the span left days out."""
        taken = self.cover
        return taken.sentence(get_language() or "vi") if taken.left_out or not taken.periods else ""

    @property
    def name(self) -> str:
        """What its sums are kept under."""
        return self.named(self.indicator.code)

    def named(self, code: str) -> str:
        """The name of an operand's column beside this one."""
        return f"{code}@{self.window}" if self.window else code

    def split(self) -> "list[Column]":
        """A column for each window alone."""
        return [
            replace(self, cover=cover(Span(period.start, period.end), self.indicator.window),
                    codes=(period.code,), window=period.code)
            for period in self.cover.periods
        ]  # fmt: skip

    @property
    def climbs(self) -> bool:
        return self.indicator.over_units != Combining.NONE

    def rule_on(self, day: date) -> CatalogueRow | None:
        return next((row for row in self.dated if row.is_in_force(day)), None)

    def owes(self, period: PeriodRow, duty: Duty) -> bool:
        """Whether a report of that duty owes the indicator in that window."""
        key = (period.id, duty)
        if key not in self._owed:
            row = self.rule_on(period.start)
            asked = row is not None and row.window == period.window
            selected = self.indicator.id in self.selected.get(period.form_id, ())
            self._owed[key] = bool(row and asked and selected and is_owed(row.rule, duty))
        return self._owed[key]


@dataclass(frozen=True)
class Columns:
    """`shown` in the catalogue's order; `every` also has the operands of ratios shown."""

    span: Span
    shown: tuple[Column, ...]
    every: Mapping[str, Column]
    covers: Mapping[str, SpanCover]
    is_split: bool = False

    def split(self) -> "Columns":
        """Each window alone: what a trend shows."""
        shown = tuple(part for column in self.shown for part in column.split())
        every = {part.name: part for column in self.every.values() for part in column.split()}
        return Columns(self.span, shown, every, self.covers, is_split=True)

    @property
    def entered(self) -> list[Column]:
        return [each for each in self.every.values() if each.indicator.kind not in _COMPUTED]

    def by_periods(self) -> dict[tuple[int, ...], list[Column]]:
        """Columns that take the same windows are read together."""
        found: dict[tuple[int, ...], list[Column]] = {}
        for column in self.entered:
            if column.periods:
                found.setdefault(tuple(period.id for period in column.periods), []).append(column)
        return found


_COMPUTED = {IndicatorKind.RATIO, IndicatorKind.SYSTEM}


def columns_for(
    programmes: Iterable[Programme] | None, span: Span, codes: Sequence[str] | None = None
) -> Columns:
    """Raises: DomainError for an indicator the catalogue does not have."""
    catalogue = _Catalogue.load(None if programmes is None else [each.pk for each in programmes], span, codes)
    wanted = catalogue.chosen() if codes is None else list(dict.fromkeys(codes))
    for code in wanted:
        if code not in catalogue.latest:
            known = Indicator.objects.order_by("order", "code").values_list("code", flat=True)
            raise unknown_choice("indicator", code, known)
    every = {code: catalogue.column(code) for code in _with_operands(wanted, catalogue.latest)}
    covers = {each.indicator.window: each.cover for each in every.values()}
    return Columns(span, tuple(every[code] for code in wanted), every, covers)


@dataclass(frozen=True)
class _Catalogue:
    span: Span
    latest: dict[str, IndicatorVersion]
    dated: dict[int, list[CatalogueRow]]
    selected: dict[int, set[int]]
    selections: set[int]  # indicators the programmes selected
    periods: dict[str, list[PeriodRow]]  # by kind of window

    @classmethod
    def load(cls, programmes: list[int] | None, span: Span, codes: Sequence[str] | None) -> "_Catalogue":
        versions = (
            IndicatorVersion.objects.select_related("indicator", "numerator", "denominator")
            .defer("definition_vi", "definition_en", "source")
            .order_by("indicator__order", "indicator__code", "number")
        )
        if codes is not None:
            versions = versions.filter(_asked(codes))
        dated: dict[int, list[CatalogueRow]] = {}
        latest: dict[str, IndicatorVersion] = {}
        for version in versions:
            dated.setdefault(version.indicator_id, []).append(catalogue_row(version))
            code = version.indicator.code
            if code not in latest or (version.valid_from or date.min) <= span.last:
                latest[code] = version
        selected: dict[int, set[int]] = {}
        chosen: set[int] = set()
        for form, indicator, programme in Selection.objects.values_list(
            "programme__forms", "indicator", "programme"
        ):
            selected.setdefault(form, set()).add(indicator)
            if programmes is None or programme in programmes:
                chosen.add(indicator)
        return cls(span, latest, dated, selected, chosen, _periods(programmes, span))

    def chosen(self) -> list[str]:
        return [code for code, version in self.latest.items() if version.indicator_id in self.selections]

    def column(self, code: str) -> Column:
        version = self.latest[code]
        taken = cover(self.span, version.window)
        inside = {period.code for period in taken.periods}
        periods = (period for period in self.periods.get(version.window, ()) if period.code in inside)
        return Column(
            _indicator(version),
            taken,
            tuple(sorted(periods, key=lambda period: (period.start, period.id))),
            _by_time_rule(version, taken),
            tuple(self.dated[version.indicator_id]),
            self.selected,
        )


def _asked(codes: Sequence[str]) -> Q:
    """The indicators and the operands of those that are ratios."""
    named = IndicatorVersion.objects.filter(indicator__code__in=codes)
    operands = Q(indicator__in=named.values("numerator")) | Q(indicator__in=named.values("denominator"))
    return Q(indicator__code__in=codes) | operands


def _periods(programmes: list[int] | None, span: Span) -> dict[str, list[PeriodRow]]:
    forms = ReportForm.objects.all()
    if programmes is not None:
        forms = forms.filter(programmes__in=programmes)
    inside = ReportingPeriod.objects.filter(
        form__in=forms.values("pk"), start__gte=span.start, end__lte=span.end
    )
    found: dict[str, list[PeriodRow]] = {}
    for row in inside.values_list("pk", "form_id", "form__window", "code", "start", "end"):
        found.setdefault(row[2], []).append(PeriodRow(*row))
    return found


def _by_time_rule(version: IndicatorVersion, taken: SpanCover) -> tuple[str, ...]:
    """A flow takes every window, a stock the last one, what is never combined takes one or nothing."""
    codes = tuple(period.code for period in taken.periods)
    match version.over_time:
        case Combining.LAST:
            return codes[-1:]
        case Combining.NONE:
            return codes if len(codes) == 1 else ()
        case _:
            return codes


def _with_operands(codes: Sequence[str], latest: Mapping[str, IndicatorVersion]) -> list[str]:
    operands = [
        operand.code
        for code in codes
        for operand in (latest[code].numerator, latest[code].denominator)
        if operand is not None and operand.code in latest
    ]
    return list(dict.fromkeys([*codes, *operands]))


def _indicator(version: IndicatorVersion) -> FigureIndicator:
    return FigureIndicator(
        id=version.indicator_id,
        code=version.indicator.code,
        name_vi=version.name_vi,
        name_en=version.name_en,
        unit_vi=version.unit_vi,
        unit_en=version.unit_en,
        kind=version.kind,
        window=version.window,
        decimals=version.decimals,
        direction=version.direction,
        persons=version.persons,
        over_time=version.over_time,
        over_units=version.over_units,
        factor=version.factor,
        numerator=version.numerator.code if version.numerator else "",
        denominator=version.denominator.code if version.denominator else "",
    )
