"""A report as its page shows it: what was asked, what each version gave, what was said about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from phoihop.indicators.models import IndicatorVersion
from phoihop.reports.enums import VersionState
from phoihop.reports.models import Report, ReportVersion, Waiver
from phoihop.reports.queries.cells import cells_of, versions_on
from phoihop.reports.queries.content_order import heading_of, selections_for

NOT_APPLICABLE = "na"


@dataclass(frozen=True, slots=True)
class CellRow:
    """Missing: value None is a blank cell, not reported, unless `is_not_applicable`."""

    definition: IndicatorVersion
    value: Decimal | None
    is_not_applicable: bool
    is_consolidated: bool
    is_counting: bool  # this party's value enters totals
    note: str
    prefilled: bool | None  # filled in from what was known and not typed over: confirmed or not; None: typed
    explanations: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """One part of what a version says in words. Missing: `before` None where the version before says the same."""

    part: str
    text: str
    before: str | None


@dataclass(frozen=True, slots=True)
class ReportPage:
    report: Report
    version: ReportVersion | None
    previous: ReportVersion | None  # the version before the one shown
    versions: Sequence[ReportVersion]
    rows: Sequence[CellRow]

    @property
    def words(self) -> list[Said]:
        """Both texts where they differ, also where one of the two is empty."""
        now = self.version.narrative if self.version else {}
        before = self.previous.narrative if self.previous else {}
        said = [
            (part, str(now.get(part, "")), str(before.get(part, "")))
            for part in [*now, *(each for each in before if each not in now)]
        ]
        return [
            Said(part, text, old if self.previous and old != text else None)
            for part, text, old in said
            if text or old
        ]

    @property
    def reported(self) -> int:
        return sum(1 for row in self.rows if row.value is not None or row.is_not_applicable)


def report_page(report: Report, number: int | None = None, *, drafts: bool = True) -> ReportPage | None:
    """One version: the asked one, else the accepted, else the latest; None where the asked one is not there.

    `drafts`: those of the unit's own people; nobody else sees a version that was never handed in.
    """
    known = report.versions.select_related("report").prefetch_related("waivers").order_by("-number")
    versions = list(known if drafts else known.exclude(state=VersionState.DRAFT))
    if number is None:
        version = _standing(report, versions)
    else:
        version = next((each for each in versions if each.number == number), None)
        if version is None:
            return None
    previous = next((each for each in versions if version and each.number < version.number), None)
    return ReportPage(report, version, previous, versions, _rows(report, version))


def _standing(report: Report, versions: Sequence[ReportVersion]) -> ReportVersion | None:
    accepted = next((each for each in versions if each.pk == report.accepted_version_id), None)
    return accepted or next(iter(versions), None)


def _rows(report: Report, version: ReportVersion | None) -> list[CellRow]:
    asked = {cell.code: cell for cell in cells_of(report)}
    definitions = {each.indicator.code: each for each in versions_on(report.period.form, report.period.start)}
    given = version.cells if version else {}
    wanted = [code for code in definitions if code in asked or code in given]
    selections = selections_for(report.period, [definitions[code].indicator_id for code in wanted])
    codes = sorted(wanted, key=lambda code: heading_of(selections.get(definitions[code].indicator_id)))
    waivers = list(version.waivers.all()) if version else []
    return [
        CellRow(
            definition=definitions[code],
            value=_value(given.get(code)),
            is_not_applicable=given.get(code) == NOT_APPLICABLE,
            is_consolidated=version is not None and code in version.consolidated,
            is_counting=code in asked and asked[code].is_counting,
            note=version.notes.get(code, "") if version else "",
            prefilled=version.prefilled.get(code) if version else None,
            explanations=_explanations(code, waivers),
        )
        for code in codes
    ]


def _value(text: str | None) -> Decimal | None:
    return None if text in (None, "", NOT_APPLICABLE) else Decimal(str(text))


def _explanations(code: str, waivers: Sequence[Waiver]) -> list[str]:
    return [waiver.explanation for waiver in waivers if waiver.indicator_code == code]
