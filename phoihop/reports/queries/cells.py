"""Which cells a form has for an organisation: docs/figures.md, "What is reported"."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language

from phoihop.areas.enums import Level
from phoihop.indicators.models import IndicatorVersion, Selection
from phoihop.reports.enums import Scope
from phoihop.reports.models import Report, ReportForm


@dataclass(frozen=True)
class FormCell:
    code: str
    version: IndicatorVersion
    is_counting: bool  # whether this party's value enters totals
    scopes_allowed: frozenset[Scope]
    order: int

    @property
    def name(self) -> str:
        return self.version.name_en if _is_english() else self.version.name_vi

    @property
    def unit(self) -> str:
        return self.version.unit_en if _is_english() else self.version.unit_vi

    @property
    def label(self) -> str:
        return f"{self.code} ({self.name})"


def cells_of(report: Report) -> list[FormCell]:
    period = report.period
    return cells_for(period.form, period.start, report.level, report.party)


def cells_for(form: ReportForm, day: date, level: str, party: str) -> list[FormCell]:
    """The form's cells on a window's first day, for a party at a level.

    One query per form instance and day: hand in the same instance for many reports.
    """
    known: dict[tuple[date, str, str], list[FormCell]] = vars(form).setdefault("_cells", {})
    key = (day, str(level), str(party))
    if key not in known:
        known[key] = [
            _cell(version, key[1], key[2])
            for version in versions_on(form, day)
            if key[2] in version.asked_of.get(key[1], ())
        ]
    return list(known[key])


def versions_on(form: ReportForm, day: date) -> list[IndicatorVersion]:
    """The indicator versions in force that day, of the form's window, selected by one of its programmes."""
    known: dict[date, list[IndicatorVersion]] = vars(form).setdefault("_versions", {})
    if day not in known:
        selected = Selection.objects.filter(programme__forms=form).values("indicator")
        in_force = IndicatorVersion.objects.as_of(day).filter(window=form.window, indicator__in=selected)
        known[day] = list(
            in_force.select_related("indicator").order_by("indicator__order", "indicator__code")
        )
    return known[day]


def _cell(version: IndicatorVersion, level: str, party: str) -> FormCell:
    return FormCell(
        code=version.indicator.code,
        version=version,
        is_counting=version.counts_for(level) == party,
        scopes_allowed=_scopes(version, level),
        order=version.indicator.order,
    )


def _scopes(version: IndicatorVersion, level: str) -> frozenset[Scope]:
    """A commune speaks for itself only; a level where nothing is entered speaks only for the units below."""
    if level == Level.COMMUNE:
        return frozenset({Scope.OWN})
    if level in version.levels:
        return frozenset({Scope.OWN, Scope.CONSOLIDATED})
    return frozenset({Scope.CONSOLIDATED})


def _is_english() -> bool:
    return (get_language() or "vi").startswith("en")
