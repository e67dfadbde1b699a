"""`phoihop follow_assignments`: once, what `phoihop serve` does every ten minutes; for a timer of the machine."""

import logging
from collections.abc import Callable
from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from phoihop.assignments.actions import pass_to_only_heirs, tell_escalations, tell_proposals
from phoihop.assignments.following_errors import NotPassed
from phoihop.core.commands import SentenceCommand
from phoihop.core.errors import DomainError

log = logging.getLogger("phoihop")


class Command(SentenceCommand):
    help = gettext_noop(
        "Pass what abolished organisations left to their heirs, and tell whose assignments are near their date or past it."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises: CommandError with what failed, once all were tried; it is tried again the next time."""
        failed: list[str] = []
        passed = self._done(pass_to_only_heirs, failed)
        told = self._done(_told, failed) + self._done(_reminded, failed)
        counts = {"passed": passed, "told": told}
        self.stdout.write(
            _("Assignments and proposals passed to heirs: %(passed)s. Told: %(told)s.") % counts
        )
        if failed:
            raise CommandError("\n".join(failed))

    def _done(self, step: Callable[[], int], failed: list[str]) -> int:
        """How much was done; what keeps one step from being done does not keep the others."""
        try:
            return step()
        except NotPassed as refusal:
            failed.append(str(refusal))
            return refusal.passed
        except DomainError as refusal:
            failed.append(str(refusal))
        except Exception as fault:
            log.exception("assignments were not followed")
            failed.append(repr(fault))
        return 0


def _told() -> int:
    return len(tell_escalations())


def _reminded() -> int:
    return len(tell_proposals())
