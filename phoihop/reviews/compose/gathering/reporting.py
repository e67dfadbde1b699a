"""Who owed a report in the windows taken and who has not given one; what reports said in words."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from phoihop.areas.models import AreaAncestor
from phoihop.orgs.models import Organisation
from phoihop.periods import PeriodError, parse_period
from phoihop.reports.models import LedgerEntry, Report, ReportVersion
from phoihop.reviews.compose.facts import Coverage, Narrative, NotReported
from phoihop.reviews.compose.gathering.naming import names_on
from phoihop.reviews.compose.gathering.question import Question
from phoihop.reviews.compose.scope import Taken
from phoihop.reviews.compose.text import NOTHING, Text

PARTS = ("results", "shortcomings", "causes", "proposals")
MOST_NARRATIVES = (
    5  # of each part, the latest windows first; the person who edits keeps what is worth keeping
)


def reports_of(question: Question, taken: Mapping[str, Taken]) -> QuerySet[Report]:
    """Reports due in the windows taken, of the area and of every unit below it on the day each ends."""
    windows = Q(pk__in=())
    for kind, each in taken.items():
        windows |= Q(period__form__window=kind, period__code__in=each.codes)
    under = AreaAncestor.objects.filter(
        Q(valid_from__isnull=True) | Q(valid_from__lt=OuterRef("covers_until")),
        Q(valid_until__isnull=True) | Q(valid_until__gte=OuterRef("covers_until")),
        ancestor=question.area,
        area=OuterRef("area"),
    )
    due = Report.objects.expected().filter(windows, period__form__programmes__in=question.programmes)
    found: QuerySet[Report] = due.filter(Q(area=question.area) | Exists(under)).distinct()
    return found


def accepted_by(reports: QuerySet[Report], upto: int) -> QuerySet[Any]:
    """Those with a version in the ledger by then, and still there."""
    entries = LedgerEntry.objects.filter(seq__lte=upto)
    last = entries.filter(report=OuterRef("pk")).order_by("-seq").values("version")[:1]
    return reports.annotate(standing=last).filter(standing__isnull=False)


def coverage_of(reports: QuerySet[Report], upto: int) -> Coverage:
    expected = reports.count()
    accepted = accepted_by(reports, upto)
    reported = accepted.count()
    late = accepted.filter(is_on_time=False).count()
    return Coverage(reported, expected, late, expected - reported)


def not_reported(question: Question, reports: QuerySet[Report], upto: int) -> list[NotReported]:
    """Organisations of the area and of the units directly below, each with the windows it has not reported."""
    levels = [question.area.level, question.unit_level]
    accepted = accepted_by(reports, upto).values("pk")
    lacking = (
        reports.filter(level__in=levels)
        .exclude(pk__in=accepted)
        .select_related("period", "organisation__area", "area")
        .prefetch_related("organisation__area__titles")
    )
    rows = lacking.order_by("area__name_sort", "organisation__name_sort", "organisation", "period__start")
    by_organisation: dict[int, list[Report]] = {}
    for report in rows:
        by_organisation.setdefault(report.organisation_id, []).append(report)
    day = question.span.last
    lacking_areas = [found[0].area for found in by_organisation.values()]
    names = names_on([*lacking_areas, *question.units()], day)  # its namesake may have reported
    return [
        NotReported(
            area=names[found[0].area_id],
            organisation=organisation_name(found[0].organisation, day),
            windows=tuple(period_text(report.period.code) for report in found),
        )
        for found in by_organisation.values()
    ]


def narratives(question: Question, reports: QuerySet[Report], upto: int) -> list[Narrative]:
    """What the area's own organisations and those directly below said in words, the latest windows first."""
    levels = [question.area.level, question.unit_level]
    standing = accepted_by(reports, upto).filter(level__in=levels).values("standing")
    versions = ReportVersion.objects.filter(pk__in=standing).exclude(narrative={})
    ordered = versions.select_related("report__organisation__area", "report__period").order_by(
        F("report__period__start").desc(), "report__area__name_sort", "report__organisation__name_sort"
    )
    ordered = ordered.prefetch_related("report__organisation__area__titles")
    found: list[Narrative] = []
    for part in PARTS:
        said: dict[str, list[ReportVersion]] = {}
        for version in ordered:
            if text := _said(version, part):
                said.setdefault(text, []).append(version)
        found += [
            Narrative(part, text, _source(versions, question.span.last))
            for text, versions in list(said.items())[:MOST_NARRATIVES]
        ]
    return found


def _said(version: ReportVersion, part: str) -> str:
    return str(version.narrative.get(part) or "").strip()


def _source(versions: Sequence[ReportVersion], day: date) -> Text:
    """The report that said it; words that several reports have in common are quoted once."""
    report = versions[0].report
    others = (
        Text(" và báo cáo khác có cùng nội dung", " and others in the same words")
        if versions[1:]
        else NOTHING
    )
    said_in = Text(", báo cáo ", ", report of ") + period_text(report.period.code)
    return organisation_name(report.organisation, day) + said_in + others


def organisation_name(organisation: Organisation, day: date) -> Text:
    """As it was called on a day: an organisation follows the title of its area."""
    return Text(organisation.name_on(day), organisation.english_name_on(day))


def period_text(code: str) -> Text:
    """A window by its name; a code no calendar knows stays as it is."""
    try:
        period = parse_period(code)
    except PeriodError:
        return Text(code, code)
    return Text(period.short_label("vi"), period.short_label("en"))


def open_windows(reports: QuerySet[Report], today: date) -> Sequence[str]:
    """Windows taken that have not ended, or whose list of reports is not frozen."""
    still = reports.filter(Q(period__end__gt=today) | Q(period__list_frozen_at__isnull=True))
    return list(still.order_by("period__start").values_list("period__code", flat=True).distinct())
