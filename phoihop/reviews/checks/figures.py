"""Open matters in the figures themselves."""

from phoihop.reviews.compose.text import Text
from phoihop.reviews.models import Review
from phoihop.rollup.enums import FigureState


def not_confirmed(review: Review) -> list[Text]:
    if review.state == FigureState.CONFIRMED:
        return []
    return [
        Text(
            "Số liệu là số liệu đã tiếp nhận, chưa được cấp trên xác nhận.",
            "The figures are received ones; the superior level has not confirmed them.",
        )
    ]
