"""The text of the review: headings, run-on sentences, lists, tables and charts, in the order of the outline."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from phoihop.reviews.render.labels import Language, label
from phoihop.reviews.render.plan.figures import Figures
from phoihop.reviews.render.plan.shapes import Heading, Paragraph, Piece
from phoihop.reviews.render.words import part_number, point_letter, resolve, text

_END = "./."


def body(context: Mapping[str, Any], numbered: Figures, lang: Language) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    levels: list[int] = []
    for section in context["sections"]:
        if heading := _heading(section, levels, lang):
            pieces.append(heading)
        pieces.extend(_blocks(section.get("blocks") or [], context["figures"], numbered, lang))
    return tuple(_ended(pieces))


def _heading(section: Mapping[str, Any], levels: list[int], lang: Language) -> Heading | None:
    title, depth = text(section.get("title"), lang), int(section["depth"])
    written = text(section.get("number"), lang)
    if not title and not written:
        return None
    while levels and levels[-1] >= depth:
        levels.pop()
    levels.append(depth)
    return Heading(depth, len(levels), _number(written, depth, lang), title)


def _number(written: str, depth: int, lang: Language) -> str:
    """Phần thứ nhất; I.; 1.; a). A point given as a figure gets its Vietnamese letter."""
    if not written or depth == 1:
        return part_number(written, lang)
    bare = written.rstrip(".)")
    if depth >= 4:
        return f"{point_letter(int(bare)) if bare.isdigit() and int(bare) else bare})"
    return f"{bare}."


def _blocks(
    blocks: list[Mapping[str, Any]],
    figures: Mapping[str, Mapping[str, Any]],
    numbered: Figures,
    lang: Language,
) -> Iterator[Piece]:
    run: list[str] = []
    for block in blocks:
        kind = block["kind"]
        if kind == "sentence" and not _is_untranslated(block, lang):
            run.append(resolve(text(block, lang), figures, lang))
            continue
        yield from _paragraph(run)
        if kind == "table":
            yield numbered.table(block["table"], title=text(block.get("title"), lang))
        elif kind == "chart":
            yield numbered.chart(block["chart"])
        elif kind != "paragraph_break":
            yield _single(block, figures, lang)
    yield from _paragraph(run)


def _paragraph(run: list[str]) -> Iterator[Paragraph]:
    sentences = " ".join(filter(None, run))
    run.clear()
    if sentences:
        yield Paragraph("text", sentences)


def _single(block: Mapping[str, Any], figures: Mapping[str, Mapping[str, Any]], lang: Language) -> Paragraph:
    kind: Any = "text" if block["kind"] == "sentence" else block["kind"]
    foreign: Language | None = "vi" if _is_untranslated(block, lang) else None
    written = resolve(text(block, lang), figures, foreign or lang, strict=kind in {"text", "bullet"})
    if foreign and kind != "quote":
        written = f"{written} [{label('in_vietnamese', lang)}]"
    if kind == "bullet":
        return Paragraph("bullet", f"- {written.removeprefix('-').strip()}", language=foreign)
    sources = [text(block.get("source"), lang), label("in_vietnamese", lang) if foreign else ""]
    source = ", ".join(filter(None, sources)) if kind == "quote" else text(block.get("source"), lang)
    return Paragraph(kind, written, source, language=foreign)


def _is_untranslated(block: Mapping[str, Any], lang: Language) -> bool:
    """What a person wrote in Vietnamese only is printed as it is in the other language, and said to be so."""
    return lang != "vi" and not text({"en": block.get("en")}, lang) and bool(block.get("vi"))


def _ended(pieces: list[Piece]) -> list[Piece]:
    """The text ends with "./." (Decree 30/2020); after a table, a chart or a blank on a line of its own."""
    last = pieces[-1] if pieces else None
    if isinstance(last, Paragraph) and last.kind in {"text", "bullet"}:
        return [*pieces[:-1], replace(last, text=last.text.rstrip(" .;/") + _END)]
    if isinstance(last, Paragraph) and last.kind == "placeholder":
        return [*pieces[:-1], replace(last, source=_END)]
    return [*pieces, Paragraph("text", _END)]
