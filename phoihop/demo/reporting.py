"""The report a simulated unit hands in: its cells, filled with simulated values.

It says nothing in words: no words are put into the mouth of a real body (the only ones given are the story's, cited).
"""

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from phoihop.areas.models import Area, AreaAncestor, AreaSuccession
from phoihop.demo import story
from phoihop.demo.values import Draw, Unit, value
from phoihop.reports.actions import Submission
from phoihop.reports.enums import Scope
from phoihop.reports.models import Report
from phoihop.reports.queries.cells import FormCell, cells_of


@dataclass(frozen=True)
class Reporter:
    """`adjustment`: how many of the first counted cell a second version adds."""

    adjustment: int = 0
    reason: str = ""
    shared: "Places" = field(default_factory=lambda: Places())  # noqa: PLW0108  defined below

    def adjusted(self, by: int, reason: str = "") -> "Reporter":
        return replace(self, adjustment=by, reason=reason)

    def submission(self, report: Report) -> Submission:
        cells = cells_of(report)
        filled = self._filled(report, cells)
        consolidated = [
            cell.code
            for cell in cells
            if cell.code in filled and Scope.CONSOLIDATED in cell.scopes_allowed and _stands_for_all(report)
        ]
        return Submission(report, filled, consolidated, reason=self.reason)

    def _filled(self, report: Report, cells: list[FormCell]) -> dict[str, str]:
        draw = self._draw(report)
        values: dict[str, str] = {}
        for cell in cells:
            drawn = value(cell.code, draw, consolidated=_stands_for_all(report))
            if drawn is not None:
                values[cell.code] = str(drawn)
        first = next(
            (cell.code for cell in cells if cell.code in values and cell.code in {"B01", "F01", "D01"}), ""
        )
        if self.adjustment and first:
            values[first] = str(int(values[first]) + self.adjustment)
        return values

    def _draw(self, report: Report) -> Draw:
        code = report.period.code
        half = int(code[-1]) if "-H" in code else 0
        days = (report.covers_until - report.covers_from).days
        share = days / (report.period.end - report.period.start).days
        festival = date(report.period.end.year, 8, 19)
        return Draw(
            self.shared.unit(report.area, report),
            report.party,
            report.period.end.year,
            half,
            share,
            holds_festival=report.covers_from <= festival < report.covers_until,
            to_the_end=report.covers_until == report.period.end,
        )


def _stands_for_all(report: Report) -> bool:
    return report.level == "province" and not report.has_children_asked


class Places:
    """How large each unit is, read once: communes of the old map it stands for, communes that report to it."""

    def unit(self, area: Area, report: Report) -> Unit:
        if area.level == "commune":
            return Unit(area.key, "commune", self._sources.get(area.pk, 1), 0)
        if area.level == "nation":
            return Unit(area.key, "nation", 63, 34 if report.covers_until > story.REFORM else 63)
        is_new_map = report.covers_until > story.REFORM
        now = (self._communes_new if is_new_map else self._communes_old)[area.pk]
        before = self._weight_new[area.pk] if is_new_map else now
        return Unit(area.key, "province", before, now)

    @cached_property
    def _sources(self) -> Counter[int]:
        return Counter(
            AreaSuccession.objects.filter(successor__level="commune").values_list("successor_id", flat=True)
        )

    @cached_property
    def _communes_old(self) -> Counter[int]:
        return self._communes_under(valid_until=story.REFORM)

    @cached_property
    def _communes_new(self) -> Counter[int]:
        return self._communes_under(valid_from=story.REFORM)

    @cached_property
    def _weight_new(self) -> Counter[int]:
        weights: Counter[int] = Counter()
        links = AreaAncestor.objects.filter(area__level="commune", area__valid_from=story.REFORM)
        for commune, province in links.filter(ancestor__level="province").values_list(
            "area_id", "ancestor_id"
        ):
            weights[province] += self._sources.get(commune, 1)
        return weights

    def _communes_under(self, **dates: object) -> Counter[int]:
        links = AreaAncestor.objects.filter(ancestor__level="province", area__level="commune")
        of = {f"area__{name}": value for name, value in dates.items()}
        return Counter(links.filter(**of).values_list("ancestor_id", flat=True))
