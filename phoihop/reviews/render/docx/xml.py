"""The few pieces of WordprocessingML that python-docx has no name for."""

import re
from collections.abc import Sequence
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.text.paragraph import Paragraph

from phoihop.reviews.render.metrics import is_unbroken

FONT = "Times New Roman"
LOCALES = {"vi": "vi-VN", "en": "en-GB"}
TWIPS_PER_MM = 1440 / 25.4
_NO_BREAK = "\ue010"  # stands for the hyphen while a text is split


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


def keep_numbers_whole(root: Any) -> None:
    """Hyphens of document numbers as Word's own no-break hyphen, which is no character of another kind."""
    for held in list(root.iter(qn("w:t"))):
        words = re.split(r"(\s+)", held.text or "")
        if any(is_unbroken(word) for word in words):
            _split(held, words)


def _split(held: Any, words: Sequence[str]) -> None:
    marked = "".join(word.replace("-", _NO_BREAK) if is_unbroken(word) else word for word in words)
    first, *rest = marked.split(_NO_BREAK)
    _put(held, first)
    for part in reversed(rest):
        after = element("w:t")
        _put(after, part)
        held.addnext(after)
        held.addnext(element("w:noBreakHyphen"))


def _put(holder: Any, text: str) -> None:
    holder.text = text
    holder.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def centre(paragraph: Paragraph, length_mm: float, width_mm: float) -> None:
    """Text or a rule of a given length in the middle of its cell, by indents, which survive editing around it."""
    aside = Mm(max(0.0, (width_mm - length_mm) / 2))
    paragraph.paragraph_format.left_indent = aside
    paragraph.paragraph_format.right_indent = aside


def say_language(paragraph: Paragraph, language: str) -> None:
    """So that a reader's voice and the spelling check take the words for what they are."""
    for run in paragraph.runs:
        run._r.get_or_add_rPr().append(element("w:lang", val=LOCALES[language]))


def row_property(row: Any, tag: str) -> None:
    row._tr.get_or_add_trPr().append(element(tag))


def describe(inline: Any, text: str) -> None:
    """Alternative text of a picture."""
    inline.docPr.set("descr", text)
