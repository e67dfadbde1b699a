"""Which cells a form has for an organisation: docs/figures.md, "What is reported"."""

import hashlib
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

import rfc8785
from django.db.models import Q
from django.utils.translation import get_language

from phoihop.areas.enums import LEVEL_ORDER, Level
from phoihop.indicators.models import IndicatorVersion, Selection
from phoihop.reports.enums import Scope
from phoihop.reports.models import Report, ReportForm
from phoihop.reports.queries.kept import form_mark, kept

T = TypeVar("T")


@dataclass(frozen=True)
class FormCell:
    code: str
    version: IndicatorVersion
    is_counting: bool  # whether this party's value enters totals
    scopes_allowed: frozenset[Scope]
    order: int

    @property
    def name(self) -> str:
        return self.version.name_en if is_english() else self.version.name_vi

    @property
    def unit(self) -> str:
        return self.version.unit_en if is_english() else self.version.unit_vi

    @property
    def label(self) -> str:
        return f"{self.code} ({self.name})"


def cells_of(report: Report) -> list[FormCell]:
    period = report.period
    return cells_for(
        period.form,
        period.start,
        report.level,
        report.party,
        stands_for_below=not report.has_children_asked,
    )


def form_fingerprint(report: Report) -> str:
    """Of what the report is asked for: the definitions, the scopes and the days."""
    period = report.period
    place = (str(report.level), str(report.party), report.has_children_asked)
    days = (report.covers_from.isoformat(), report.covers_until.isoformat())
    return _kept_for(
        period.form,
        ("fingerprint", period.start, *place, *days),
        lambda: _fingerprint(cells_of(report), days),
    )


def _fingerprint(cells: Sequence[FormCell], days: Sequence[str]) -> str:
    asked: list[Any] = [[cell.code, cell.version.pk, sorted(cell.scopes_allowed)] for cell in cells]
    return hashlib.sha256(rfc8785.dumps([list(days), asked])).hexdigest()[:16]


def cells_for(
    form: ReportForm, day: date, level: str, party: str, *, stands_for_below: bool = False
) -> list[FormCell]:
    """The form's cells on a window's first day, for a party at a level.

    `stands_for_below`: no unit below reports, so the counting party also answers for what is entered there.
    Kept by the process; what changed since the form instance was read is seen by the next instance.
    """
    place = (str(level), str(party), stands_for_below)
    return list(_kept_for(form, ("cells", day, *place), lambda: _cells(versions_on(form, day), *place)))


def _cells(
    versions: Iterable[IndicatorVersion], level: str, party: str, stands_for_below: bool
) -> list[FormCell]:
    asked = (each for each in versions if _is_asked(each, level, party, stands_for_below))
    return [_cell(version, level, party) for version in asked]


def _is_asked(version: IndicatorVersion, level: str, party: str, stands_for_below: bool) -> bool:
    if party in version.asked_of.get(level, ()):
        return True
    entered_below = any(LEVEL_ORDER[Level(entry)] > LEVEL_ORDER[Level(level)] for entry in version.levels)
    return stands_for_below and entered_below and version.counts_for(level) == party


def versions_on(form: ReportForm, day: date) -> list[IndicatorVersion]:
    """The indicator versions in force that day, of the form's window, selected by one of its programmes in term."""
    return _kept_for(form, ("versions", day), lambda: _read_versions(form, day))


def _read_versions(form: ReportForm, day: date) -> list[IndicatorVersion]:
    selected = (
        Selection.objects.filter(programme__forms=form)
        .filter(Q(programme__term_from__isnull=True) | Q(programme__term_from__lte=day))
        .filter(Q(programme__term_until__isnull=True) | Q(programme__term_until__gt=day))
        .values("indicator")
    )
    in_force = IndicatorVersion.objects.as_of(day).filter(window=form.window, indicator__in=selected)
    return list(in_force.select_related("indicator").order_by("indicator__order", "indicator__code"))


def _kept_for(form: ReportForm, key: tuple[Hashable, ...], read: Callable[[], T]) -> T:
    """The form instance keeps it too: one request sees one form, whatever happens beside it."""
    own: dict[Hashable, Any] = vars(form).setdefault("_kept", {})
    if key not in own:
        own[key] = kept(mark_of(form), (form.pk, form.window, *key), read)
    found: T = own[key]
    return found


def under_one_mark(forms: Iterable[ReportForm]) -> None:
    """Forms just read together are kept under one mark, asked once."""
    mark = form_mark()
    for form in forms:
        keep_under(form, mark)


def keep_under(form: ReportForm, mark: str | None) -> None:
    """A mark read with the form."""
    vars(form)["_mark"] = mark if form.pk else None


def mark_of(form: ReportForm) -> str | None:
    """The mark under which this instance of the form is kept; None where it cannot be."""
    own = vars(form)
    if "_mark" not in own:
        own["_mark"] = form_mark() if form.pk else None
    mark: str | None = own["_mark"]
    return mark


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


def is_english() -> bool:
    return (get_language() or "vi").startswith("en")
