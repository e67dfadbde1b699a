"""`phoihop follow_assignments`: once, what `phoihop serve` does every ten minutes; for a timer of the machine."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from phoihop.assignments.actions import pass_to_only_heirs, tell_escalations
from phoihop.core.commands import SentenceCommand


class Command(SentenceCommand):
    help = gettext_noop(
        "Pass what abolished organisations left to their heirs, and tell whose assignments are near their date or past it."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        passed, told = pass_to_only_heirs(), len(tell_escalations())
        self.stdout.write(
            _("Assignments passed to heirs: %(passed)s. Told: %(told)s.") % {"passed": passed, "told": told}
        )
