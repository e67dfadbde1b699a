"""A review as a web page: the very words, order and numbers of its document, with every figure a link."""

from .linked import LinkedText, Part, linked_context, parts_of
from .shapes import ReviewPage, WebAnnex, WebCell, WebChart, WebRow, WebTable, WebText
from .webplan import review_page

__all__ = [
    "LinkedText",
    "Part",
    "ReviewPage",
    "WebAnnex",
    "WebCell",
    "WebChart",
    "WebRow",
    "WebTable",
    "WebText",
    "linked_context",
    "parts_of",
    "review_page",
]
