"""The block below the text: a signature a party, side by side, and Nơi nhận. No names, no "(đã ký)", no seal."""

from docx.document import Document
from docx.table import _Cell

from phoihop.reviews.render.docx.tables import fill, layout_table
from phoihop.reviews.render.docx.xml import centre
from phoihop.reviews.render.form import FORM as F
from phoihop.reviews.render.metrics import balanced_mm
from phoihop.reviews.render.plan.shapes import Plan, Signature

_RECIPIENTS_MM = 75
_GUTTER_MM = 3


def write_signatures(document: Document, plan: Plan) -> None:
    last = document.paragraphs[-1]
    last.paragraph_format.keep_with_next = True  # nobody signs an empty page
    document.add_paragraph(style="Ngắt phần").paragraph_format.keep_with_next = True
    if len(plan.signatures) == 1:
        table = layout_table(document, 1, [_RECIPIENTS_MM, F.text_width_mm() - _RECIPIENTS_MM])
        _recipients(table.cell(0, 0), plan)
        _signature(table.cell(0, 1), plan.signatures[0], F.text_width_mm() - _RECIPIENTS_MM)
        return
    abreast = F.rows_of(len(plan.signatures))
    for start in range(0, len(plan.signatures), abreast):
        row = plan.signatures[start : start + abreast]
        is_last = start + abreast >= len(plan.signatures)
        width = F.text_width_mm() / len(row)
        table = layout_table(document, 2 if is_last else 1, [width] * len(row))
        for index, signature in enumerate(row):
            _signature(table.cell(0, index), signature, width)
    _recipients(table.cell(1, 0).merge(table.cell(1, len(row) - 1)), plan)


def _signature(cell: _Cell, signature: Signature, width_mm: float) -> None:
    lines = fill(cell, [(line, "Quyền hạn, chức vụ") for line in signature.lines])
    for paragraph in lines:
        centre(paragraph, balanced_mm(paragraph.text, F.body_pt, width_mm - _GUTTER_MM), width_mm)
    cell.add_paragraph(signature.name, style="Chữ ký")


def _recipients(cell: _Cell, plan: Plan) -> None:
    lines = [(line, "Danh sách nơi nhận") for line in plan.recipients]
    fill(cell, [(plan.recipients_label, "Nơi nhận"), *lines])
