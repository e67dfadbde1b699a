"""What stands in a report already, as cells of its workbook."""

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from phoihop.core.errors import DomainError
from phoihop.core.spreadsheets import xlsx_text
from phoihop.reports.content import revision_of, scaled, unscaled
from phoihop.reports.enums import Scope
from phoihop.reports.files.layout import default_scope
from phoihop.reports.models import ReportVersion

if TYPE_CHECKING:
    from phoihop.reports.queries.cells import FormCell


@dataclass(frozen=True, slots=True)
class Prefilled:
    """`copy` names one file handed out, for its way back; empty where a template is made for many."""

    version: ReportVersion | None = None
    copy: str = ""

    @property
    def revision(self) -> str:
        return revision_of(self.version)

    def value(self, cell: "FormCell") -> Decimal | str | None:
        return figure_cell(self.version.cells.get(cell.code) if self.version else None)

    def scope(self, cell: "FormCell") -> Scope:
        is_consolidated = self.version is not None and cell.code in self.version.consolidated
        if is_consolidated and Scope.CONSOLIDATED in cell.scopes_allowed:
            return Scope.CONSOLIDATED
        return default_scope(cell.scopes_allowed)

    def note(self, cell: "FormCell") -> str | None:
        return xlsx_text(self.version.notes.get(cell.code, "")) or None if self.version else None

    def words(self, section: str) -> str | None:
        return xlsx_text(str(self.version.narrative.get(section, ""))) or None if self.version else None


NOTHING = Prefilled()


def figure_cell(text: str | None) -> Decimal | str | None:
    """A number as a number; "na", and what a draft keeps although it is no number, as text.

    Missing: None, a blank cell, where nothing was reported.
    """
    try:
        return unscaled(scaled(text)) if text else None
    except DomainError:
        return xlsx_text(text or "")
