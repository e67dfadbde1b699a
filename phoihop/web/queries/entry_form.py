"""A report as its officer fills it in: what is asked, what was said before, what stands typed now."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from phoihop.core import clock
from phoihop.core.errors import DomainError
from phoihop.core.templatetags.vietnamese import localname, number
from phoihop.indicators.enums import Rule
from phoihop.indicators.models import Selection, Target
from phoihop.reports.content import NOT_APPLICABLE, revision_of, scaled, unscaled
from phoihop.reports.enums import ReportState, Scope, VersionState
from phoihop.reports.enums import Section as NarrativeSection
from phoihop.reports.models import Attachment, Report, ReportVersion
from phoihop.reports.queries.cells import FormCell, cells_of, form_fingerprint
from phoihop.reports.queries.content_order import by_content, selections_for
from phoihop.reports.queries.known import Known, known_figures
from phoihop.reports.queries.values import Given, previous_values, values_a_year_before
from phoihop.rollup.compute_figures import divide
from phoihop.web.queries.entry_ratios import RatioRow, ratio_rows
from phoihop.web.queries.from_below import Below, SumBelow, from_below


@dataclass(frozen=True, slots=True)
class EntryRow:
    """Missing: text "" is not reported, "0" a reported zero; `is_not_applicable` stands for both."""

    cell: FormCell
    text: str  # as the page's language writes it, or as it was typed where it is no number
    is_not_applicable: bool
    is_consolidated: bool
    note: str
    before: str  # of the window before
    year_before: str
    value: Decimal | None  # of the text, where it is a number
    target: Decimal | None
    below: SumBelow | None = None  # of the units below, where their figures add up
    known: Known | None = None  # offered, to be confirmed
    is_prefilled: bool = False  # the known figure stands in the field and is not kept yet
    kept_mark: bool | None = None  # of a draft: whether a figure filled in was confirmed; None: it was typed

    @property
    def code(self) -> str:
        return self.cell.code

    @property
    def progress_percent(self) -> Decimal | None:
        """Of the target, whole, half up: as the page reckons it while it is typed."""
        return divide(self.value, self.target, 100, 0)

    @property
    def chooses_scope(self) -> bool:
        return len(self.cell.scopes_allowed) > 1

    @property
    def known_text(self) -> str:
        return written(self.known.value) if self.known else ""

    @property
    def is_offered(self) -> bool:
        """Still blank, and something is known."""
        return self.known is not None and not self.is_not_applicable and (not self.text or self.is_prefilled)

    @property
    def is_unconfirmed(self) -> bool:
        return self.is_prefilled or self.kept_mark is False

    @property
    def mark(self) -> str:
        """As the page's field has it: "0" filled in and to be confirmed, "1" confirmed."""
        return "0" if self.is_unconfirmed else "1" if self.kept_mark else ""

    @property
    def marked_text(self) -> str:
        """The figure the mark is of: the register may have moved since it was filled in."""
        return self.known_text if self.kept_mark is None else self.text

    @property
    def only_consolidated(self) -> bool:
        return self.cell.scopes_allowed == {Scope.CONSOLIDATED}


@dataclass(frozen=True, slots=True)
class EntrySection:
    title: str
    rows: Sequence[EntryRow]
    ratios: Sequence[RatioRow] = ()


@dataclass(frozen=True, slots=True)
class Words:
    code: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class EntryForm:
    report: Report
    sections: Sequence[EntrySection]
    narrative: Sequence[Words]
    attachments: Sequence[Attachment]
    revision: str
    fingerprint: str
    return_reason: str
    is_correction: bool
    other_drafts: Sequence[ReportVersion] = field(default_factory=tuple)
    below: Below | None = None

    @property
    def can_submit_today(self) -> bool:
        return clock.today() >= self.report.cut_off

    @property
    def offered(self) -> int:
        """Blank cells for which something is known."""
        return sum(row.is_offered and not row.is_prefilled for each in self.sections for row in each.rows)

    @property
    def is_editable(self) -> bool:
        return self.report.state not in {ReportState.SUBMITTED, ReportState.WITHDRAWN}

    @property
    def is_withdrawn(self) -> bool:
        return self.report.state == ReportState.WITHDRAWN

    @property
    def is_waited_for(self) -> bool:
        """Not submitted once yet: its days run."""
        return self.report.first_submitted_at is None and not self.is_withdrawn

    @property
    def is_closed(self) -> bool:
        """The window takes no first report any more, and this unit has no exception."""
        report = self.report
        excepted = report.open_until is not None and clock.today() <= report.open_until
        return bool(report.period.closed_at) and report.first_submitted_at is None and not excepted


ALL_KNOWN = "1"


def entry_form(report: Report, shown: ReportVersion | None = None, prefill: str = "") -> EntryForm:
    """`shown`: what was typed and could not be kept stands in the fields instead of the latest version.

    `prefill`: the code of a blank cell to show with what is known, or ALL_KNOWN; nothing is written.
    """
    latest = shown or report.latest_version
    cells, below = cells_of(report), from_below(report)
    return EntryForm(
        report=report,
        sections=_sections(report, cells, latest, below, prefill),
        narrative=_narrative(latest),
        attachments=list(report.attachments.filter(is_removed=False)),
        revision=revision_of(report.latest_version),
        fingerprint=form_fingerprint(report),
        return_reason=_return_reason(report),
        is_correction=report.accepted_version_id is not None,
        other_drafts=_other_drafts(report),
        below=below,
    )


def _sections(
    report: Report,
    cells: Sequence[FormCell],
    latest: ReportVersion | None,
    below: Below | None,
    prefill: str,
) -> list[EntrySection]:
    """In the order of the programme's contents; what no content holds comes last."""
    selections = selections_for(report.period, [cell.version.indicator_id for cell in cells])
    before, year_before = previous_values(report), values_a_year_before(report)
    targets, known = _targets(report, selections.values()), known_figures(report, cells, before)
    rows: dict[str, EntryRow] = {}
    for cell in cells:
        row = _row(cell, latest, before, year_before, targets)
        if below is not None and cell.version.over_units == Rule.ADD:
            row = replace(row, below=below.sums.get(cell.code, SumBelow(None, 0)))
        rows[cell.code] = _with_known(row, known.get(cell.code), prefill)
    ratios = ratio_rows(report, {code: row.value for code, row in rows.items()})
    sections = by_content(cells, selections)
    made, other = [], _("Other figures, of no content of the programme") if len(sections) > 1 else ""
    for content, some in sections:
        codes = {cell.code for cell in some}
        made.append(
            EntrySection(
                localname(content, "title") if content else other,
                [rows[cell.code] for cell in some],
                [each for each in ratios if each.numerator in codes],
            )
        )
    return made


def _with_known(row: EntryRow, known: Known | None, prefill: str) -> EntryRow:
    row = replace(row, known=known)
    if known is None or not row.is_offered or prefill not in {ALL_KNOWN, row.code}:
        return row
    return replace(row, text=row.known_text, value=decimal_of(known.value), is_prefilled=True)


def _targets(report: Report, selections: Iterable[Selection]) -> dict[int, Decimal]:
    rows = Target.objects.filter(selection__in=[each.pk for each in selections], level=report.level)
    return dict(rows.values_list("selection__indicator_id", "value"))


def _row(
    cell: FormCell,
    latest: ReportVersion | None,
    before: Given | None,
    year_before: Given | None,
    targets: Mapping[int, Decimal],
) -> EntryRow:
    given = latest.cells.get(cell.code, "") if latest else ""
    return EntryRow(
        cell=cell,
        text="" if given == NOT_APPLICABLE else written(given),
        is_not_applicable=given == NOT_APPLICABLE,
        is_consolidated=latest is not None and cell.code in latest.consolidated,
        note=latest.notes.get(cell.code, "") if latest else "",
        before=_said(before, cell.code),
        year_before=_said(year_before, cell.code),
        value=decimal_of(given),
        target=targets.get(cell.version.indicator_id),
        kept_mark=latest.prefilled.get(cell.code) if latest and not latest.submitted_at else None,
    )


def _narrative(latest: ReportVersion | None) -> list[Words]:
    said: Mapping[str, Any] = latest.narrative if latest else {}
    return [
        Words(section.value, str(section.label), str(said.get(section.value, "")))
        for section in NarrativeSection
    ]


def _return_reason(report: Report) -> str:
    if report.state != ReportState.RETURNED:
        return ""
    returned = report.versions.filter(state=VersionState.RETURNED).order_by("-number").first()
    return returned.return_reason if returned else ""


def _other_drafts(report: Report) -> list[ReportVersion]:
    """Copies of other devices that were kept when an officer chose another one."""
    drafts = report.versions.filter(state=VersionState.DRAFT)
    return list(drafts.exclude(pk=report.latest_version_id or 0).order_by("-number"))


def _said(given: Given | None, code: str) -> str:
    """As shown beside the cell: a dash where nothing was reported."""
    text = given.cells.get(code, "") if given else ""
    return "" if not text else "na" if text == NOT_APPLICABLE else written(text)


def written(text: str) -> str:
    """A figure as the page's language writes it; what is no figure, as it was typed."""
    value = decimal_of(text)
    return text if value is None else number(value)


def decimal_of(text: str) -> Decimal | None:
    try:
        return unscaled(scaled(text))
    except DomainError:
        return None
