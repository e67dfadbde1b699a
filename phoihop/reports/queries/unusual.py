"""How many figures of each report stand out, by the rule of `outliers`: for a page of a desk's inbox at once."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from phoihop.reports.content import FIGURE, scaled
from phoihop.reports.models import Report
from phoihop.reports.queries.far import is_far
from phoihop.reports.queries.outliers import WINDOWS, versions_of_whole_windows

_Key = (
    str | tuple[str, ...]
)  # a code; (code,) where its figure stands for every unit below, which is another figure
_Figures = Mapping[_Key, int | None]
_Unit = tuple[int, int]
_Group = tuple[int, str, str, int | None]
_Earlier = Sequence[tuple[date, _Figures]]  # of a unit: the first days of its windows, the newest first


def unusual_in(reports: Sequence[Report]) -> dict[int, int]:
    """How many figures of each report's latest version stand out, as `outliers_of` finds them; two queries for all."""
    if not reports:
        return {}
    earlier, peers = _earlier_of(reports), _peers_of(reports)
    found = {}
    for report in reports:
        if version := report.latest_version:
            own = [each for start, each in earlier[_unit(report)] if start < report.period.start][:WINDOWS]
            figures = _figures(version.cells, version.consolidated)
            found[report.pk] = _count(report.pk, figures, own, peers[_group(report)])
    return found


@dataclass(frozen=True, slots=True)
class _Peers:
    """Units alike in one window, by report."""

    figures: dict[int, _Figures] = field(default_factory=dict)
    ordered: dict[_Key, list[int]] = field(default_factory=dict)

    def has_far(self, value: int, key: _Key, report: int) -> bool:
        """Held against the others; all are put in order once."""
        if key not in self.ordered:
            self.ordered[key] = _ordered(self.figures.values(), key)
        own = self.figures.get(report)
        return is_far(value, self.ordered[key], own.get(key) if own else None)


def _count(report: int, figures: _Figures, own: Sequence[_Figures], peers: _Peers) -> int:
    found = 0
    for key, value in figures.items():
        if value is not None:
            found += is_far(value, _ordered(own, key)) or peers.has_far(value, key, report)
    return found


def _ordered(versions: Iterable[_Figures], key: _Key) -> list[int]:
    found = [value for figures in versions if (value := figures.get(key)) is not None]
    found.sort()
    return found


def _figures(cells: Mapping[str, str], consolidated: Iterable[str]) -> _Figures:
    found: dict[_Key, int | None] = dict(zip(cells, map(_numbers.__getitem__, cells.values()), strict=True))
    for code in consolidated:
        if code in found:
            found[code,] = found.pop(code)
    return found


class _Numbers(dict[str, int | None]):
    """Missing: None for "not applicable"."""

    def __missing__(self, text: str) -> int | None:
        if len(self) > 50_000:  # a country writes few different figures
            self.clear()
        found = self[text] = scaled(text) if FIGURE.fullmatch(text) else None
        return found


_numbers = _Numbers()


def _earlier_of(reports: Sequence[Report]) -> Mapping[_Unit, _Earlier]:
    found: dict[_Unit, list[tuple[date, _Figures]]] = defaultdict(list)
    versions = versions_of_whole_windows().filter(
        report__organisation__in={each.organisation_id for each in reports},
        report__period__form__in={each.period.form_id for each in reports},
        report__period__start__lt=max(each.period.start for each in reports),
    )
    rows = versions.order_by("-report__period__start").values_list(
        "report__organisation", "report__period__form", "report__period__start", "cells", "consolidated"
    )
    for unit, form, start, cells, consolidated in rows.iterator():
        found[unit, form].append((start, _figures(cells, consolidated)))
    return found


def _peers_of(reports: Sequence[Report]) -> Mapping[_Group, _Peers]:
    found: dict[_Group, _Peers] = defaultdict(_Peers)
    versions = versions_of_whole_windows().filter(
        _alike(reports), report__period__in={each.period_id for each in reports}
    )
    rows = versions.order_by().values_list(
        "report__period",
        "report__level",
        "report__party",
        "report__superior",
        "report",
        "cells",
        "consolidated",
    )
    for period, level, party, superior, report, cells, consolidated in rows.iterator():
        found[period, level, party, superior].figures[report] = _figures(cells, consolidated)
    return found


def _alike(reports: Sequence[Report]) -> Q:
    superiors = {each.superior_id for each in reports}
    named = Q(report__superior__in=superiors - {None})
    return named | Q(report__superior__isnull=True) if None in superiors else named


def _unit(report: Report) -> _Unit:
    return report.organisation_id, report.period.form_id


def _group(report: Report) -> _Group:
    return report.period_id, report.level, report.party, report.superior_id
