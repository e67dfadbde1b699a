"""The block above the text: issuers, Quốc hiệu and Tiêu ngữ, numbers, place and date, title, address, legal bases."""

from docx.document import Document
from docx.shared import Pt
from docx.table import _Cell

from phoihop.reviews.render.docx.tables import fill, layout_table
from phoihop.reviews.render.docx.xml import centre
from phoihop.reviews.render.form import FORM as F
from phoihop.reviews.render.metrics import balanced_mm, longest_line_mm
from phoihop.reviews.render.metrics import width_mm as text_mm
from phoihop.reviews.render.plan.shapes import Head, Issuer

_GUTTER_MM = 4


def write_head(document: Document, head: Head) -> None:
    if len(head.issuers) == 1:
        _beside_the_nation(document, head)
    else:
        _below_the_nation(document, head)
    _title(document, head)
    _addressed_to(document, head)
    for basis in head.legal_bases:
        document.add_paragraph(basis, style="Căn cứ")


def _beside_the_nation(document: Document, head: Head) -> None:
    """The issuer left, the nation right; below them the number, the place and the date."""
    issuer_mm = F.text_width_mm() - F.nation_mm
    table = layout_table(document, 2, [issuer_mm, F.nation_mm])
    _name(table.cell(0, 0), head.issuers[0], issuer_mm)
    fill(table.cell(1, 0), [(head.issuers[0].number or head.shared_number, "Số ký hiệu")])
    _nation(table.cell(0, 1), head, F.nation_mm)
    fill(table.cell(1, 1), [(head.place_and_date, "Địa danh")])


def _below_the_nation(document: Document, head: Head) -> None:
    """Several issuers: the nation keeps the top right, the issuers stand side by side across the sheet."""
    left_mm = F.text_width_mm() - F.nation_mm
    top = layout_table(document, 1, [left_mm, F.nation_mm])
    _nation(top.cell(0, 1), head, F.nation_mm)
    abreast = F.rows_of(len(head.issuers))
    for start in range(0, len(head.issuers), abreast):
        row = head.issuers[start : start + abreast]
        document.add_paragraph(style="Ngắt phần").paragraph_format.space_before = Pt(6)
        width = F.text_width_mm() / len(row)
        table = layout_table(document, 2 if any(each.number for each in row) else 1, [width] * len(row))
        for index, issuer in enumerate(row):
            _name(table.cell(0, index), issuer, width)
            if issuer.number:
                fill(table.cell(1, index), [(issuer.number, "Số ký hiệu")])
    document.add_paragraph(style="Ngắt phần")
    foot = layout_table(document, 1, [left_mm, F.nation_mm])
    fill(foot.cell(0, 0), [(head.shared_number, "Số ký hiệu")])
    fill(foot.cell(0, 1), [(head.place_and_date, "Địa danh")])


def _name(cell: _Cell, issuer: Issuer, width_mm: float) -> None:
    parent = [(issuer.parent, "Tên cơ quan chủ quản")] if issuer.parent else []
    inner = width_mm - _GUTTER_MM
    for paragraph in fill(cell, [*parent, (issuer.name, "Tên cơ quan")]):
        bold = paragraph.text == issuer.name
        centre(paragraph, balanced_mm(paragraph.text, F.issuer_pt, inner, bold=bold), width_mm)
    centre(cell.add_paragraph(style="Đường kẻ"), _under(issuer.name, F.issuer_pt, inner), width_mm)


def _under(text: str, size_pt: float, limit_mm: float) -> float:
    """The rule under a name or an abstract: between a third and a half of its line."""
    line = longest_line_mm(text, size_pt, balanced_mm(text, size_pt, limit_mm))
    return F.rule_share * line


def _nation(cell: _Cell, head: Head, width_mm: float) -> None:
    fill(cell, [(head.nation, "Quốc hiệu"), (head.motto, "Tiêu ngữ")])
    line = cell.add_paragraph(style="Đường kẻ")
    centre(line, text_mm(head.motto, F.motto_pt, bold=True), width_mm)  # as long as the motto


def _title(document: Document, head: Head) -> None:
    """An official letter (công văn) has none: what it is about stands under its number."""
    if not head.type:
        return
    document.add_paragraph(head.type, style="Tên loại")
    abstract, width = document.add_paragraph(head.abstract, style="Trích yếu"), F.text_width_mm()
    inner = width - 2 * _GUTTER_MM
    centre(abstract, balanced_mm(head.abstract, F.body_pt, inner), width)
    line = document.add_paragraph(style="Đường kẻ")
    line.paragraph_format.space_after = Pt(10)
    centre(line, _under(head.abstract, F.body_pt, inner), width)


def _addressed_to(document: Document, head: Head) -> None:
    if len(head.addressed_to) == 1:
        document.add_paragraph(f"{head.addressed_to_label} {head.addressed_to[0]}", style="Kính gửi")
    elif head.addressed_to:
        document.add_paragraph(head.addressed_to_label, style="Kính gửi")
        for each in head.addressed_to:
            last = document.add_paragraph(f"- {each}", style="Nơi gửi đến")
        last.paragraph_format.space_after = Pt(8)
