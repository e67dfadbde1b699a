"""What runs beside the pages: who is late is told, and what an abolished organisation left passes to its heir."""

from phoihop.assignments.actions.escalating import tell_escalations
from phoihop.assignments.actions.passing import pass_to_only_heirs
from phoihop.assignments.actions.reminding import tell_proposals
from phoihop.core.beside import Beside


class Follower(Beside):
    """A step told once is not told again. What keeps one of them from being done does not keep the others."""

    title, trouble, seconds = "assignment-follower", "Assignments could not be looked through.", 600

    def look(self) -> None:
        try:
            pass_to_only_heirs()
        finally:
            try:
                tell_escalations()
            finally:
                tell_proposals()
