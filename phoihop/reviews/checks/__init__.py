"""What is still open when a review is frozen: listed to the person and kept in the frozen context."""

from collections.abc import Callable

from phoihop.reviews.checks import figures, quoted, reporting, texts
from phoihop.reviews.compose.text import Text
from phoihop.reviews.models import Review

CHECKS: tuple[Callable[[Review], list[Text]], ...] = (
    reporting.out_of_step,
    reporting.still_open,
    reporting.accepted_since,
    figures.not_confirmed,
    figures.above_the_whole,
    texts.blanks_left,
    texts.figures_changed,
    texts.numbers_typed,
    quoted.quoted_figures_changed,
)


def warnings_of(review: Review) -> list[Text]:
    """A sentence for each matter still open; none refuses the freezing."""
    return [warning for check in CHECKS for warning in check(review)]
