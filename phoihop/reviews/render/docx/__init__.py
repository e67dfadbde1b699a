"""The plan as a Word document in the form of Decree 30/2020, which an office goes on editing."""

import docx

from phoihop.reviews.render.docx.annex import write_annex
from phoihop.reviews.render.docx.body import write_piece
from phoihop.reviews.render.docx.header import write_head
from phoihop.reviews.render.docx.package import set_properties, to_bytes
from phoihop.reviews.render.docx.page import first_section
from phoihop.reviews.render.docx.signature import write_signatures
from phoihop.reviews.render.docx.styles import define_styles
from phoihop.reviews.render.docx.xml import keep_numbers_whole
from phoihop.reviews.render.plan.shapes import Plan


def write(plan: Plan) -> bytes:
    document = docx.Document()
    define_styles(document, plan.language)
    first_section(document, plan.mark)
    write_head(document, plan.head)
    for piece in plan.body:
        write_piece(document, piece, plan.language)
    write_signatures(document, plan)
    for annex in plan.annexes:
        write_annex(document, annex, plan.language)
    keep_numbers_whole(document.element.body)
    set_properties(document, plan)
    return to_bytes(document, plan.created)
