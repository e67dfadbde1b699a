"""Where superiors' reports quote what a unit below wrote."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from phoihop.core.text import struck
from phoihop.reports.models import Report, ReportVersion

TAKEN_OUT = "[đã gỡ bỏ]"  # stands where words quoted from below were


@dataclass(frozen=True, slots=True)
class Quoting:
    """One text of a superior's report, drafts too, and what is left of it without the words."""

    version: ReportVersion
    section: str
    left: str


def reports_above(report: Report, *, locked: bool = False) -> Iterator[Report]:
    """The reports of the same window that this one went into, one above the other; an action locks each."""
    seen, current = {report.pk}, report
    while current.superior_id:
        above = Report.objects.filter(period=current.period_id, organisation=current.superior_id)
        above = above.exclude(pk__in=seen).select_related("organisation__area")
        found = (above.select_for_update(of=("self",)) if locked else above).first()
        if found is None:
            return
        yield found
        seen.add(found.pk)
        current = found


def quoting_in(versions: Iterable[ReportVersion], passage: str) -> list[Quoting]:
    return [
        Quoting(version, section, left)
        for version in versions
        for section, said in version.narrative.items()
        if isinstance(said, str) and (left := struck(said, passage, TAKEN_OUT)) != said
    ]


def versions_of(above: Report) -> list[ReportVersion]:
    return list(above.versions.order_by("number"))


def quoted_above(report: Report, passages: Sequence[str]) -> dict[str, list[tuple[Report, list[Quoting]]]]:
    """By passage, from the report just above upwards; only those that quote it."""
    above = [(each, versions_of(each)) for each in reports_above(report)]
    return {
        passage: [(each, found) for each, versions in above if (found := quoting_in(versions, passage))]
        for passage in passages
    }
