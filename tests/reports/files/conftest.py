from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest
from django.utils.translation import override

from phoihop.orgs.enums import PartyKind
from phoihop.reports.files.earlier import earlier_values
from phoihop.reports.files.layout import FIRST_ROW, Column, Language
from phoihop.reports.files.load import load_report_files
from phoihop.reports.files.outcomes import FileOutcome
from phoihop.reports.files.prefilled import Prefilled
from phoihop.reports.files.template import report_workbook
from phoihop.reports.models import Report, ReportVersion
from phoihop.reports.queries.cells import cells_of
from tests.factories.indicators import indicator
from tests.reports.world import World


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with override("en"):
        yield


@dataclass
class Desk:
    """The world with a richer form, its first half of 2026 open, and a folder for files."""

    world: World
    folder: Path

    def report(self, index: int = 0) -> Report:
        return self.world.report_of(self.world.units[index])

    @property
    def slug(self) -> str:
        return self.world.units[0].slug

    def code(self, index: int = 0) -> str:
        return self.world.communes[index].codes.get().code

    def template(self, index: int = 0, language: Language = Language.VIETNAMESE) -> Path:
        report = self.report(index)
        path = self.folder / f"{report.organisation.slug}.xlsx"
        report_workbook(report, cells_of(report), earlier_values([report])[report.pk], language).save(path)
        return path

    def downloaded(self) -> Path:
        """The first unit's workbook as its own page hands it out, with what stands."""
        report = self.report()
        path = self.folder / "downloaded.xlsx"
        before = Prefilled(report.latest_version, "copy")
        earlier = earlier_values([report])[report.pk]
        report_workbook(report, cells_of(report), earlier, Language.VIETNAMESE, before).save(path)
        return path

    def filled(self, values: dict[str, object], index: int = 0, **others: dict[str, object]) -> Path:
        """A template with values by indicator code, and by column name: scope={...}, note={...}."""
        return self.filled_in(self.template(index), values, **others)

    def filled_in(self, path: Path, values: dict[str, object], **others: dict[str, object]) -> Path:
        book = openpyxl.load_workbook(path)
        for column, by_code in {"value": values, **others}.items():
            for code, value in by_code.items():
                book["Báo cáo"].cell(row_of(book, code), Column[column.upper()] + 1).value = value
        book.save(path)
        return path

    def table(self, *rows: str, name: str = "bulk.csv", decimal: str | None = None) -> Path:
        path = self.folder / name
        head = [f"#decimal={decimal}"] if decimal else []
        path.write_text("\n".join([*head, *rows]) + "\n", encoding="utf-8")
        return path

    def load(self, *paths: Path, **options: object) -> FileOutcome:
        [outcome] = load_report_files(paths=paths, by=None, **options).files
        return outcome

    def cells(self, index: int = 0) -> dict[str, str]:
        version = self.report(index).latest_version
        return version.cells if version else {}


def row_of(book: openpyxl.Workbook, code: str) -> int:
    sheet = book["Báo cáo"]
    rows = range(FIRST_ROW, sheet.max_row + 1)
    return next(row for row in rows if sheet.cell(row, 1).value == code)


def versions() -> int:
    return ReportVersion.objects.count()


@pytest.fixture
def desk(world: World, tmp_path: Path) -> Desk:
    made = {"programme": world.programme}
    indicator("A01", **made)
    indicator("P01", unit_vi="%", unit_en="%", decimals=1, **made)
    indicator("M01", decimals=2, unit_vi="triệu đồng", unit_en="million dong", **made)
    indicator("N01", levels=["province", "nation"], **made)
    indicator("F01", asked_of={"commune": [PartyKind.FRONT]}, **made)
    indicator("Y01", window="year", **made)
    world.open()
    return Desk(world, tmp_path)
