"""Which report versions a review's figures stood on at one ledger number and no longer do at another."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Q

from phoihop.areas.models import AreaAncestor, AreaTarget
from phoihop.periods import Span
from phoihop.reports.models import LedgerEntry, Report, ReportingPeriod, ReportVersion
from phoihop.reviews.compose.gathering.question import Question
from phoihop.reviews.compose.gathering.windows import taken_windows
from phoihop.rollup.compute_rows import accepted_versions, period_rows
from phoihop.rollup.queries.confirmed import standing_at
from phoihop.rollup.queries.rows import MapDays


@dataclass(frozen=True, slots=True)
class Move:
    """One report. Missing: `before` None where it did not count yet, `after` None where it no longer does."""

    report: Report
    before: ReportVersion | None
    after: ReportVersion | None
    above: frozenset[int]  # areas it stands in, on the review's map
    is_gone: bool  # left the list of reports due


def periods_of(question: Question) -> list[ReportingPeriod]:
    """Of the windows the review takes and of those it is compared with."""
    windows = Q(pk__in=())
    for span in (question.span, question.previous):
        if span is not None:
            for kind, taken in taken_windows(span).items():
                windows |= Q(form__window=kind, code__in=taken.codes)
    found = ReportingPeriod.objects.filter(windows, form__programmes__in=question.programmes)
    return list(found.select_related("form").distinct())


def moves_between(question: Question, first: int, until: int, *, most: int | None = None) -> list[Move]:
    """From the ledger's entries after one number and up to another; windows without any are not looked at.

    `most`: of the newest entries only, and one more where there are more.
    """
    periods = {each.pk: each for each in periods_of(question)}
    entered = LedgerEntry.objects.filter(seq__gt=first, seq__lte=until, report__period__in=periods)
    touched = list(entered.values_list("report__period", flat=True).distinct())
    if not touched:
        return []
    rows = period_rows(periods[pk] for pk in touched).values()
    then, now = (standing_at(rows, question.state, seq) for seq in (first, until))
    listed, still = (accepted_versions(touched, seq) for seq in (first, until))
    gone = {report: listed[report] for report in listed.keys() - still.keys()}
    ids = {report for report in then.keys() | now.keys() if then.get(report) != now.get(report)} | gone.keys()
    if most is not None and len(ids) > most:
        entries = entered.filter(report__isnull=False).order_by("-seq").values_list("report", flat=True)
        newest = dict.fromkeys(each for each in entries.iterator() if each in ids)
        ids = set(list(newest)[: most + 1])
    reports = _reports(ids)
    versions = _versions({*then.values(), *now.values(), *gone.values()}, ids)
    above = areas_above(question, reports.values())
    return [
        Move(
            report=reports[pk],
            before=versions.get(then.get(pk) or gone.get(pk) or 0),
            after=versions.get(now.get(pk, 0)),
            above=above[pk],
            is_gone=pk in gone,
        )
        for pk in sorted(ids)
    ]


def areas_above(question: Question, reports: Iterable[Report]) -> Mapping[int, frozenset[int]]:
    """By report: the area it stands in and those above, on the review's map."""
    wanted = list(reports)
    areas = {report.area_id for report in wanted}
    days = MapDays.of(question.map_key, _whole(question))
    if days.epoch_id is None:
        links = _links(areas)
        return {
            report.pk: frozenset(
                {report.area_id}
                | {
                    link.ancestor_id
                    for link in links[report.area_id]
                    if (link.valid_from is None or link.valid_from < report.covers_until)
                    and (link.valid_until is None or link.valid_until >= report.covers_until)
                }
            )
            for report in wanted
        }
    placed = AreaTarget.objects.filter(epoch=days.epoch_id, area__in=areas)
    stands = dict(placed.values_list("area_id", "target_id"))
    up: dict[int, set[int]] = defaultdict(set)
    for area, ancestor in days.links().filter(area__in=stands.values()).values_list("area_id", "ancestor_id"):
        up[area].add(ancestor)
    targets = {report.pk: stands.get(report.area_id, report.area_id) for report in wanted}
    return {pk: frozenset({target} | up[target]) for pk, target in targets.items()}


def _links(areas: Collection[int]) -> dict[int, list[AreaAncestor]]:
    found: dict[int, list[AreaAncestor]] = defaultdict(list)
    for link in AreaAncestor.objects.filter(area__in=areas):
        found[link.area_id].append(link)
    return found


def _reports(ids: Collection[int]) -> dict[int, Report]:
    related = Report.objects.filter(pk__in=ids).select_related("period", "area", "organisation__area")
    return related.prefetch_related("organisation__area__titles").in_bulk()


def _versions(ids: Collection[int], reports: Collection[int]) -> dict[int, ReportVersion]:
    found = ReportVersion.objects.filter(pk__in=ids, report__in=reports)
    return found.select_related("submitted_by").defer("narrative", "notes").in_bulk()


def _whole(question: Question) -> Span:
    start = question.previous.start if question.previous else question.span.start
    return Span(min(start, question.span.start), question.span.end)
