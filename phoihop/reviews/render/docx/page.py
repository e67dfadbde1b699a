"""Sheets: sections, margins, and the header that carries the page number and the demonstration mark."""

from copy import deepcopy
from math import ceil
from typing import Any

from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml.ns import qn
from docx.section import Section, _Header
from docx.shared import Length, Mm, Twips

from phoihop.reviews.render.docx.xml import TWIPS_PER_MM, add_field, element
from phoihop.reviews.render.form import FORM as F


def first_section(document: Document, mark: str) -> None:
    section = document.sections[0]
    _sheet(section, landscape=False)
    _numbered_from_one(section)
    _page_header(section.header, mark, numbered=True)
    _page_header(section.first_page_header, mark, numbered=False)


def next_section(document: Document, *, landscape: bool, restart: bool) -> None:
    """A new sheet; its header is the first section's. An annex restarts at page 1, whose number is hidden."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    _same_header(document, section)
    _move_break_into_the_paragraph_before(document)
    _sheet(section, landscape=landscape)
    if restart:
        _numbered_from_one(section)
    else:
        section.different_first_page_header_footer = False
        for numbering in section._sectPr.findall(qn("w:pgNumType")):
            section._sectPr.remove(numbering)


def _same_header(document: Document, section: Section) -> None:
    """The first section's header by reference: left to inherit it, LibreOffice loses it after a sheet that lies across."""
    first = document.sections[0]._sectPr.findall(qn("w:headerReference"))
    for position, reference in enumerate(first):
        section._sectPr.insert(position, deepcopy(reference))


def _move_break_into_the_paragraph_before(document: Document) -> None:
    """No empty paragraph at the end of a full page, where it would make a blank one."""
    holder = document.element.body.findall(qn("w:p"))[-1]
    before = holder.getprevious()
    if (
        before is None
        or before.tag != qn("w:p")
        or before.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None
    ):
        document.paragraphs[-1].style = document.styles["Ngắt phần"]
        return
    section = holder.pPr.find(qn("w:sectPr"))
    before.get_or_add_pPr().append(section)
    holder.getparent().remove(holder)


def _sheet(section: Section, *, landscape: bool) -> None:
    short, long = Mm(F.page_width_mm), Mm(F.page_height_mm)
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (long, short) if landscape else (short, long)
    section.top_margin, section.bottom_margin = _at_least(F.top_mm), _at_least(F.bottom_mm)
    section.left_margin, section.right_margin = _at_least(F.left_mm), _at_least(F.right_mm)
    section.header_distance = section.footer_distance = Mm(F.header_mm)


def _at_least(mm: float) -> Length:
    """Rounded up to Word's unit: 15 mm must not become 14.99."""
    return Twips(ceil(mm * TWIPS_PER_MM))


def _numbered_from_one(section: Section) -> None:
    section.different_first_page_header_footer = True
    properties: Any = section._sectPr
    for old in properties.findall(qn("w:pgNumType")):
        properties.remove(old)
    numbering = element("w:pgNumType", fmt="decimal", start=1)
    margins = properties.find(qn("w:pgMar"))
    margins.addnext(numbering)


def _page_header(header: _Header, mark: str, *, numbered: bool) -> None:
    header.is_linked_to_previous = False
    number = header.paragraphs[0]
    number.style = "Số trang"
    if numbered:
        add_field(number, "PAGE")
    if mark:
        header.add_paragraph(mark, style="Dấu trình diễn")
