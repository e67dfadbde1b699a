"""Where an uploaded workbook and the report as it stands say different things."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from phoihop.reports.content import NOT_APPLICABLE
from phoihop.reports.enums import Section
from phoihop.reports.files.own_workbook import OwnWorkbook
from phoihop.reports.models import Report
from phoihop.reports.queries.cells import cells_of
from phoihop.web.queries.entry_form import written


@dataclass(frozen=True, slots=True)
class Difference:
    """Missing: "" where a copy says nothing."""

    label: str
    mine: str
    theirs: str


def differences(report: Report, read: OwnWorkbook) -> list[Difference]:
    return [each for each in _pairs(report, read) if each.mine != each.theirs]


def _pairs(report: Report, read: OwnWorkbook) -> Iterator[Difference]:
    version = report.latest_version
    cells, notes, narrative = (version.cells, version.notes, version.narrative) if version else ({}, {}, {})
    mine = read.cells
    for cell in cells_of(report):
        yield Difference(cell.label, _said(mine, cell.code), _said(cells, cell.code))
        note = _("Note on %(code)s") % {"code": cell.code}
        yield Difference(note, read.answers.notes.get(cell.code, ""), notes.get(cell.code, ""))
    for section in Section:
        said = read.answers.narrative.get(section.value, "")
        yield Difference(str(section.label), said, str(narrative.get(section.value, "")))


def _said(cells: Mapping[str, str], code: str) -> str:
    text = cells.get(code, "")
    return _("not applicable") if text == NOT_APPLICABLE else written(text)
