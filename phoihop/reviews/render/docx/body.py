"""The running text: headings, paragraphs, lists, tables, charts.

Numbers of headings are text, not list numbering: Word has no list of Vietnamese letters (a, b, c, d, đ, e, g), the
numbers are part of what was frozen, and they survive being pasted into another document.
"""

from io import BytesIO

from docx.document import Document
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.shared import Mm

from phoihop.reviews.render.charts import draw
from phoihop.reviews.render.docx.tables import write_notes, write_table
from phoihop.reviews.render.docx.xml import describe, say_language
from phoihop.reviews.render.form import FORM as F
from phoihop.reviews.render.labels import Language
from phoihop.reviews.render.plan.shapes import Chart, Heading, Paragraph, Piece, Table

_HEADINGS = {1: "Phần", 2: "Mục", 3: "Khoản", 4: "Điểm"}
_PARAGRAPHS = {"text": "Nội dung", "bullet": "Gạch đầu dòng", "quote": "Trích dẫn"}
_PRINT_PPI = 200
_CHART_HEIGHT_MM = 205
_BLANK_LINES = 2


def write_piece(document: Document, piece: Piece, lang: Language) -> None:
    if isinstance(piece, Heading):
        _heading(document, piece)
    elif isinstance(piece, Table):
        write_table(document, piece)
    elif isinstance(piece, Chart):
        write_chart(document, piece, lang)
    elif piece.kind == "placeholder":
        _blank(document, piece)
    else:
        written = document.add_paragraph(_quoted(piece), style=_PARAGRAPHS[piece.kind])
        if piece.language:
            say_language(written, piece.language)


def _heading(document: Document, heading: Heading) -> None:
    style = _HEADINGS[min(heading.depth, 4)]
    if heading.depth > 1:
        document.add_paragraph(" ".join(filter(None, [heading.number, heading.title])), style=style)
        return
    paragraph = document.add_paragraph(style=style)
    if heading.number:
        run = paragraph.add_run(heading.number)
        if heading.title:
            run.add_break()
    paragraph.add_run(heading.title).font.all_caps = True


def _quoted(piece: Paragraph) -> str:
    return f"{piece.text} ({piece.source})" if piece.kind == "quote" and piece.source else piece.text


def _blank(document: Document, piece: Paragraph) -> None:
    """What a person still has to write: the hint, then dotted lines to the margin."""
    paragraph = document.add_paragraph(style="Chỗ viết")
    stop = Mm(F.text_width_mm())
    paragraph.paragraph_format.tab_stops.add_tab_stop(stop, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
    if piece.text:
        paragraph.add_run(f"[{piece.text}] ").italic = True
    for line in range(_BLANK_LINES):
        run = paragraph.add_run("\t")
        if line < _BLANK_LINES - 1:
            run.add_break()
    if piece.source:
        paragraph.add_run(piece.source)


def write_chart(document: Document, chart: Chart, lang: Language) -> None:
    picture = draw(chart.source, lang, "png", bare=True)
    width, height = (int.from_bytes(picture[at : at + 4], "big") / _PRINT_PPI * 25.4 for at in (16, 20))
    scale = min(1.0, F.text_width_mm() / width, _CHART_HEIGHT_MM / height)
    paragraph = document.add_paragraph(style="Biểu đồ")
    inline = paragraph.add_run().add_picture(BytesIO(picture), width=Mm(width * scale))
    describe(inline._inline, chart.alt)
    document.add_paragraph(chart.caption, style="Tên biểu đồ")
    write_notes(document, chart.notes)
