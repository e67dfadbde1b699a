"""Open matters in the figures themselves."""

from decimal import Decimal

from phoihop.reviews.compose.text import Text, listed
from phoihop.reviews.models import Review
from phoihop.rollup.enums import FigureState

WHOLE = Decimal(100)
MOST_NAMED = 5


def not_confirmed(review: Review) -> list[Text]:
    if review.state == FigureState.CONFIRMED:
        return []
    return [
        Text(
            "Số liệu là số liệu đã tiếp nhận, chưa được cấp trên xác nhận.",
            "The figures are received ones; the superior level has not confirmed them.",
        )
    ]


def above_the_whole(review: Review) -> list[Text]:
    """A share of more than 100 %: its numerator counts what its denominator does not."""
    found = {
        figure["indicator"]: Text.of(figure["name"])
        for figure in review.composed["figures"].values()
        if figure["unit"]["vi"] == "%" and figure["value"] is not None and Decimal(figure["value"]) > WHOLE
    }
    if not found:
        return []
    named = listed(list(found.values())[:MOST_NAMED], heavy=True)
    return [Text("Có tỷ lệ vượt quá 100 %: {named}.", "Shares above 100 %: {named}.").filled(named=named)]
