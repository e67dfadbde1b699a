"""Open matters in the text: blanks, sentences older than their figures, numbers that stand on no figure."""

from collections.abc import Callable, Iterator
from typing import Any

from phoihop.reviews.compose.phrases import NUMBERS_TYPED
from phoihop.reviews.compose.text import Text, listed
from phoihop.reviews.models import Review, Section


def blanks_left(review: Review) -> list[Text]:
    named = _sections_with(review, lambda block: block["kind"] == "placeholder")
    lead = Text("Còn chỗ để trống trong các mục: {named}.", "Blanks are left in: {named}.")
    return [lead.filled(named=named)] if named else []


def figures_changed(review: Review) -> list[Text]:
    named = _sections_with(review, lambda block: bool(block.get("changed")))
    lead = Text(
        "Có câu đã sửa mà số liệu thay đổi sau khi sửa, trong các mục: {named}.",
        "Sentences were edited before their figures changed, in: {named}.",
    )
    return [lead.filled(named=named)] if named else []


def numbers_typed(review: Review) -> list[Text]:
    """Numbers typed by hand that equal none of the review's figures."""
    typed = sorted({number for _, block in _blocks(review) for number in block.get("unbound", ())})
    if not typed:
        return []
    numbers = ", ".join(typed)
    return [NUMBERS_TYPED.filled(numbers=numbers)]


def _sections_with(review: Review, is_met: Callable[[dict[str, Any]], bool]) -> Text | None:
    found = {section.pk: section for section, block in _blocks(review) if is_met(block)}
    named = [Text(each.title_vi or "Mở đầu", each.title_en or "Opening") for each in found.values()]
    return listed(named, heavy=True) if named else None


def _blocks(review: Review) -> Iterator[tuple[Section, dict[str, Any]]]:
    for section in review.sections.order_by("order", "pk"):
        for block in section.blocks:
            yield section, block
