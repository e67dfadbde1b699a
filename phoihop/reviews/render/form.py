"""Measures of the document form, once for every renderer.

Source: Decree 30/2020/NĐ-CP, Annex I: A4; margins 20-25 mm above and below, 30-35 mm left, 15-20 mm right; sizes of
each part. The page number stands in the top margin, hidden on the first page.
"""

from dataclasses import asdict, dataclass
from pathlib import Path

FONT_DIR = Path(__file__).resolve().parents[1] / "fonts"
CHART_FONT_DIR = FONT_DIR / "charts"


@dataclass(frozen=True, slots=True)
class Form:
    page_width_mm: float = 210
    page_height_mm: float = 297
    top_mm: float = 20
    bottom_mm: float = 20
    left_mm: float = 30
    right_mm: float = 15
    header_mm: float = 8  # from the edge of the sheet to the page number
    indent_mm: float = 12.7
    after_pt: float = 6
    line: float = 1.2
    nation_pt: float = 13
    nation_mm: float = 96  # Quốc hiệu on one line at 13
    motto_pt: float = 14
    rule_share: float = 0.42  # of the line above it: a third to a half
    issuer_pt: float = 13
    body_pt: float = 14
    place_pt: float = 14
    page_number_pt: float = 13
    mark_pt: float = 10
    recipients_title_pt: float = 12
    recipients_pt: float = 11
    annex_pt: float = 14
    note_pt: float = 11
    abreast: int = 3  # issuers, and signatures, side by side
    whole_table_rows: int = 12  # a table this short stays on one sheet
    signature_gap_pt: float = 64  # room for the signature and the seal

    def rows_of(self, count: int) -> int:
        """How many stand side by side, so that rows are even: 4 make 2 and 2."""
        return -(-count // -(-count // self.abreast))

    def text_width_mm(self, *, landscape: bool = False) -> float:
        width = self.page_height_mm if landscape else self.page_width_mm
        return width - self.left_mm - self.right_mm

    def as_dict(self) -> dict[str, float]:
        return asdict(self)


FORM = Form()
