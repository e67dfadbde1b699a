"""The few pieces of WordprocessingML that python-docx has no name for."""

from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.text.paragraph import Paragraph

FONT = "Times New Roman"
TWIPS_PER_MM = 1440 / 25.4


def element(tag: str, **attributes: object) -> Any:
    """element("w:jc", val="center"): attributes carry the w: prefix."""
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    return made


def twips(mm: float) -> int:
    return round(mm * TWIPS_PER_MM)


def name_fonts(properties: Any, font: str = FONT) -> None:
    """The font by name for every script, or an office without our theme falls back to another."""
    for old in properties.findall(qn("w:rFonts")):
        properties.remove(old)
    properties.insert(0, element("w:rFonts", ascii=font, hAnsi=font, cs=font, eastAsia=font))


def add_field(paragraph: Paragraph, code: str) -> None:
    field = element("w:fldSimple", instr=f" {code} ")
    run = element("w:r")
    shown = element("w:t")
    shown.text = "2"
    run.append(shown)
    field.append(run)
    paragraph._p.append(field)


def centre(paragraph: Paragraph, length_mm: float, width_mm: float) -> None:
    """Text or a rule of a given length in the middle of its cell, by indents, which survive editing around it."""
    aside = Mm(max(0.0, (width_mm - length_mm) / 2))
    paragraph.paragraph_format.left_indent = aside
    paragraph.paragraph_format.right_indent = aside


def row_property(row: Any, tag: str) -> None:
    row._tr.get_or_add_trPr().append(element(tag))


def describe(inline: Any, text: str) -> None:
    """Alternative text of a picture."""
    inline.docPr.set("descr", text)
