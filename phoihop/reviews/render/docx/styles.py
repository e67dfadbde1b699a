"""The named styles an office keeps editing with, one for each part of the form (Decree 30/2020, Annex I)."""

from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from phoihop.core.text import fold_vi
from phoihop.reviews.render.docx.xml import element, name_fonts, twips
from phoihop.reviews.render.form import FORM as F
from phoihop.reviews.render.labels import Language

_ALIGN = {"left": ALIGN.LEFT, "center": ALIGN.CENTER, "right": ALIGN.RIGHT, "justify": ALIGN.JUSTIFY}
_LOCALE = {"vi": "vi-VN", "en": "en-GB"}
MARK_RED = RGBColor(0xB0, 0x1E, 0x1E)
TABLE_STYLE = "Bảng số liệu"


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    name: str
    size: float
    align: Literal["left", "center", "right", "justify"] = "center"
    bold: bool = False
    italic: bool = False
    caps: bool = False
    before: float = 0
    after: float = 0
    line: float = 1.0
    indent_mm: float = 0
    left_mm: float = 0
    outline: int | None = None
    keep_next: bool = False
    red: bool = False


def _text(name: str, **options: Any) -> ParagraphStyle:
    """A part of the running text: justified, indented, at least 6 pt apart."""
    base = {"align": "justify", "after": F.after_pt, "line": F.line, "indent_mm": F.indent_mm}
    return ParagraphStyle(name, F.body_pt, **{**base, **options})


STYLES = (
    ParagraphStyle("Quốc hiệu", F.nation_pt, bold=True),
    ParagraphStyle("Tiêu ngữ", F.motto_pt, bold=True),
    ParagraphStyle("Đường kẻ", 2, before=3),
    ParagraphStyle("Tên cơ quan chủ quản", F.issuer_pt),
    ParagraphStyle("Tên cơ quan", F.issuer_pt, bold=True),
    ParagraphStyle("Số ký hiệu", F.issuer_pt, before=4),
    ParagraphStyle("Địa danh", F.place_pt, italic=True, before=4),
    ParagraphStyle("Tên loại", F.body_pt, bold=True, before=18, keep_next=True),
    ParagraphStyle("Trích yếu", F.body_pt, bold=True, keep_next=True),
    ParagraphStyle("Kính gửi", F.body_pt, before=10, after=6),
    ParagraphStyle("Nơi gửi đến", F.body_pt, align="left", left_mm=52, after=3),
    _text("Căn cứ", italic=True),
    _text("Nội dung"),
    _text("Gạch đầu dòng"),
    _text("Trích dẫn", italic=True, left_mm=F.indent_mm, indent_mm=0),
    _text("Chỗ viết", align="left"),
    ParagraphStyle("Phần", F.body_pt, bold=True, before=14, after=8, outline=0, keep_next=True),
    _text("Mục", align="left", bold=True, caps=True, before=6, outline=1, keep_next=True),
    _text("Khoản", align="left", bold=True, before=4, outline=2, keep_next=True),
    _text("Điểm", align="left", italic=True, outline=3, keep_next=True),
    ParagraphStyle("Quyền hạn, chức vụ", F.body_pt, bold=True, keep_next=True),
    ParagraphStyle("Chữ ký", F.body_pt, bold=True, before=F.signature_gap_pt, keep_next=True),
    ParagraphStyle("Nơi nhận", F.recipients_title_pt, align="left", bold=True, italic=True, keep_next=True),
    ParagraphStyle("Danh sách nơi nhận", F.recipients_pt, align="left"),
    ParagraphStyle("Phụ lục", F.annex_pt, bold=True, outline=0, keep_next=True),
    ParagraphStyle("Tên phụ lục", F.annex_pt, bold=True, caps=True, keep_next=True),
    ParagraphStyle("Dẫn chiếu phụ lục", F.body_pt, italic=True, after=12, keep_next=True),
    ParagraphStyle("Tên bảng", F.body_pt - 1, bold=True, before=8, after=4, keep_next=True),
    ParagraphStyle("Bảng - đầu cột", 12, bold=True, before=2, after=2),
    ParagraphStyle("Bảng - chữ", 12, align="left", before=1.5, after=1.5),
    ParagraphStyle("Bảng - giữa", 12, before=1.5, after=1.5),
    ParagraphStyle("Bảng - số", 12, align="right", before=1.5, after=1.5),
    ParagraphStyle("Biểu đồ", F.body_pt, before=6, keep_next=True),
    ParagraphStyle("Tên biểu đồ", F.body_pt - 1, bold=True, before=2, after=2, keep_next=True),
    ParagraphStyle("Ghi chú số liệu", F.note_pt, align="justify", italic=True, before=2, after=2),
    ParagraphStyle("Ngắt phần", 1),
    ParagraphStyle("Số trang", F.page_number_pt),
    ParagraphStyle("Dấu trình diễn", F.mark_pt, bold=True, red=True),
)


def define_styles(document: Document, lang: Language) -> None:
    _keep_only_the_built_in(document)
    _defaults(document, lang)
    for each in STYLES:
        _define(document, each)
    _table_style(document)


def _keep_only_the_built_in(document: Document) -> None:
    """Word's gallery shows this form's styles and nothing else."""
    keep = {"Normal", "Default Paragraph Font", "Normal Table", "No List", "Header", "Footer"}
    root = document.styles.element
    for style in list(root.findall(qn("w:style"))):
        name = style.find(qn("w:name"))
        if name is None or name.get(qn("w:val"), "").casefold() not in {each.casefold() for each in keep}:
            root.remove(style)
        elif (link := style.find(qn("w:link"))) is not None:
            style.remove(link)


def _defaults(document: Document, lang: Language) -> None:
    defaults = document.styles.element.find(qn("w:docDefaults"))
    run = defaults.find(f"{qn('w:rPrDefault')}/{qn('w:rPr')}")
    for child in list(run):
        run.remove(child)
    name_fonts(run)
    size = round(F.body_pt * 2)
    locale = _LOCALE[lang]
    run.extend([element("w:sz", val=size), element("w:szCs", val=size)])
    run.append(element("w:lang", val=locale, eastAsia=locale, bidi="ar-SA"))
    spacing = defaults.find(f"{qn('w:pPrDefault')}/{qn('w:pPr')}")
    for child in list(spacing):
        spacing.remove(child)
    spacing.append(element("w:spacing", before=0, after=0, line=240, lineRule="auto"))
    name_fonts(document.styles["Normal"].element.get_or_add_rPr())


def _define(document: Document, wanted: ParagraphStyle) -> None:
    style = document.styles.add_style(wanted.name, WD_STYLE_TYPE.PARAGRAPH)
    style.element.set(qn("w:styleId"), style_id(wanted.name))
    style.base_style = document.styles["Normal"]
    style.quick_style = True
    font, form = style.font, style.paragraph_format
    name_fonts(style.element.get_or_add_rPr())
    font.size, font.bold, font.italic = Pt(wanted.size), wanted.bold, wanted.italic
    style.element.rPr.append(element("w:szCs", val=round(wanted.size * 2)))
    if wanted.caps:
        font.all_caps = True
    if wanted.red:
        font.color.rgb = MARK_RED
    form.alignment = _ALIGN[wanted.align]
    form.space_before, form.space_after = Pt(wanted.before), Pt(wanted.after)
    form.line_spacing = wanted.line
    form.first_line_indent = Mm(wanted.indent_mm) if wanted.indent_mm else None
    form.left_indent = Mm(wanted.left_mm) if wanted.left_mm else None
    form.keep_with_next = wanted.keep_next or None
    form.widow_control = True
    if wanted.outline is not None:
        style.element.pPr.append(element("w:outlineLvl", val=wanted.outline))
    if wanted.name == "Đường kẻ":
        _top_border(style.element.pPr)


def _top_border(properties: Any) -> None:
    border = element("w:pBdr")
    border.append(element("w:top", val="single", sz=6, space=0, color="000000"))
    spacing = properties.find(qn("w:spacing"))
    spacing.addprevious(border)


def _table_style(document: Document) -> None:
    style = document.styles.add_style(TABLE_STYLE, WD_STYLE_TYPE.TABLE)
    style.element.set(qn("w:styleId"), style_id(TABLE_STYLE))
    properties = element("w:tblPr")
    borders = element("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        borders.append(element(f"w:{side}", val="single", sz=4, space=0, color="000000"))
    margins = element("w:tblCellMar")
    for side, width in (("left", 1.2), ("right", 1.2)):
        margins.append(element(f"w:{side}", w=twips(width), type="dxa"))
    properties.extend([borders, margins])
    style.element.append(properties)


@cache
def style_id(name: str) -> str:
    """An identifier of plain letters, which every office suite keeps."""
    return "".join(word.capitalize() for word in fold_vi(name).replace(",", "").replace("-", " ").split())
