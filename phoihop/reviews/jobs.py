"""What runs beside the pages: whoever reads a review built on an old figure is told within a minute."""

from phoihop.core.beside import Beside
from phoihop.reviews.actions.asking import compute_asked
from phoihop.reviews.actions.noting import note_changes


class Watcher(Beside):
    """Apart from the applier: computing a national review again must not hold up the figures of the pages."""

    title, seconds = "review-watcher", 15
    trouble = "Frozen reviews could not be compared with the figures of now."
    waits_first = True  # the first pages are wanted sooner

    def look(self) -> None:
        note_changes()
        compute_asked()
