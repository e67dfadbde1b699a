"""The annexes: each on its own sheets, numbered from 1; sheets lie across only under a wide table."""

from docx.document import Document

from phoihop.reviews.render.docx.body import write_piece
from phoihop.reviews.render.docx.page import next_section
from phoihop.reviews.render.docx.tables import write_notes
from phoihop.reviews.render.labels import Language
from phoihop.reviews.render.plan.shapes import Annex, Chart, Table


def write_annex(document: Document, annex: Annex, lang: Language) -> None:
    across = _lies_across(annex.pieces[0]) if annex.pieces else False
    next_section(document, landscape=across, restart=True)
    document.add_paragraph(annex.number, style="Phụ lục")
    document.add_paragraph(annex.title, style="Tên phụ lục")
    document.add_paragraph(annex.reference, style="Dẫn chiếu phụ lục")
    for piece in annex.pieces:
        if _lies_across(piece) != across:
            across = not across
            next_section(document, landscape=across, restart=False)
        write_piece(document, piece, lang)
    write_notes(document, annex.notes)


def _lies_across(piece: Table | Chart) -> bool:
    return isinstance(piece, Table) and piece.landscape
