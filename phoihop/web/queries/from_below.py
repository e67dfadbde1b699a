"""What the units below have reported, for the superior's own report: sums of what was accepted, and their words."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from django.db.models import QuerySet

from phoihop.core.errors import DomainError
from phoihop.reports.content import NOT_APPLICABLE, scaled, unscaled
from phoihop.reports.enums import Section
from phoihop.reports.models import Report, ReportVersion

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class SumBelow:
    """Missing: `total` is None where no accepted report has a figure; never 0 for that."""

    total: Decimal | None
    reported: int  # units whose accepted report has a figure


@dataclass(frozen=True, slots=True)
class Below:
    expected: int
    submitted: int
    accepted: int
    sums: Mapping[str, SumBelow]


@dataclass(frozen=True, slots=True)
class Quote:
    version: ReportVersion
    section: Section
    text: str

    @property
    def source(self) -> str:
        return source_of(self.version)


def from_below(report: Report) -> Below | None:
    """None where no unit below is asked."""
    if not report.has_children_asked:
        return None
    reports = _below(report)
    rows = list(reports.values_list("first_submitted_at", "accepted_version__cells"))
    return Below(
        expected=len(rows),
        submitted=sum(1 for first, _ in rows if first),
        accepted=sum(1 for _, cells in rows if cells is not None),
        sums=_sums([cells for _, cells in rows if cells]),
    )


def words_below(report: Report, section: Section) -> list[Quote]:
    """What units below wrote under a heading, accepted or submitted, by the unit's name."""
    versions = ReportVersion.objects.in_force().filter(
        report__in=_below(report).values("pk"), narrative__has_key=section.value
    )
    related = versions.select_related("report__period", "report__organisation__area").prefetch_related(
        "report__organisation__area__titles"
    )
    ordered = related.order_by("report__organisation__name_sort", "pk")
    return [
        Quote(version, section, text)
        for version in ordered
        if (text := str(version.narrative.get(section.value, "")).strip())
    ]


def quoted(quote: Quote) -> str:
    """A commune's paragraph as it stands, with its source."""
    return f"“{quote.text}” ({quote.source})"


def names_of(report: Report, versions: Iterable[str]) -> list[str]:
    """By the unit below whose version it is or was; by its number where it is of none of them."""
    asked = [each[:18] for each in versions]
    rows = ReportVersion.objects.filter(
        pk__in=[each for each in asked if each.isdecimal()], report__in=_below(report).values("pk")
    )
    sources = {str(each.pk): source_of(each) for each in rows.select_related("report__organisation__area")}
    return [sources.get(each, each) for each in asked]


def source_of(version: ReportVersion) -> str:
    """The unit as it was called on the last day of its report."""
    return str(version.report.organisation.name_on(version.report.covers_until - ONE_DAY))


def _below(report: Report) -> QuerySet[Report]:
    same_line = Report.objects.expected().filter(period=report.period_id, superior=report.organisation_id)
    return same_line.exclude(pk=report.pk)


def _sums(of_units: Sequence[Mapping[str, str]]) -> dict[str, SumBelow]:
    totals: dict[str, int] = defaultdict(int)
    reported: Counter[str] = Counter()
    for cells in of_units:
        for code, text in cells.items():
            if text == NOT_APPLICABLE:
                continue
            try:
                totals[code] += scaled(text)
            except DomainError:
                continue
            reported[code] += 1
    return {code: SumBelow(unscaled(total), reported[code]) for code, total in totals.items()}
