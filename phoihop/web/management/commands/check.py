"""`phoihop check`: the integrity of everything; and, for other commands, Django's own system checks."""

from collections.abc import Callable, Iterable
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.core.management.commands.check import Command as SystemCheck
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext
from rich.console import Console

from phoihop.areas.checks import check_areas
from phoihop.audit.actions import broken_links, seal_events
from phoihop.audit.words import broken_words
from phoihop.conferences.log_check import broken_logs
from phoihop.conferences.verify import broken_votes
from phoihop.core.commands import SentenceCommand
from phoihop.events.queries.seals import broken_event_seals
from phoihop.reports.queries.seals import broken_seals
from phoihop.reviews.models import ReviewVersion
from phoihop.reviews.verify import verify_version
from phoihop.rollup.ledger_check import verify_ledger
from phoihop.rollup.live import apply_pending, verify_live

Inspection = tuple[str, Callable[[], Iterable[str]]]


class Command(SentenceCommand, SystemCheck):
    help = gettext_noop(
        "Check the system, the map, the ledger, the live figures, the frozen reviews and the audit chain."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        about = _("accepted, as by every other command, and ignored: checking is what this one does")
        parser.add_argument("--skip-checks", action="store_true", help=about)

    def handle(self, *app_labels: Any, **options: Any) -> None:
        super().handle(*app_labels, **options)
        if app_labels or options["list_tags"] or options["deploy"] or options["tags"]:
            return
        faults = [fault for inspection in _inspections() for fault in _inspect(*inspection)]
        self._seal()
        if faults:
            raise CommandError(_("%(count)s faults found, listed above.") % {"count": len(faults)})

    def _seal(self) -> None:
        """After the chain was verified, never before: what is new is chained only to what was looked at."""
        if sealed := seal_events():
            words = ngettext(
                "%(count)s audit event sealed now.", "%(count)s audit events sealed now.", sealed
            )
            self.stdout.write(words % {"count": sealed})


def _inspections() -> list[Inspection]:
    return [
        (_("administrative map"), check_areas),
        (_("ledger against the database"), verify_ledger),
        (_("live figures against a full computation"), _live),
        (_("frozen reviews: figures, context, files"), _reviews),
        (_("texts and files of reports"), broken_seals),
        (_("logs and minutes of conferences"), broken_logs),
        (_("texts of events"), broken_event_seals),
        (_("reasons, notes and other words typed with acts"), broken_words),
        (_("votes of conferences: results, slips, log"), broken_votes),
        (_("audit chain"), broken_links),
    ]


def _inspect(name: str, inspection: Callable[[], Iterable[str]]) -> list[str]:
    console = Console()
    with console.status(name):
        faults = list(inspection())
    console.print(f"{'✗' if faults else '✓'} {name}")
    for fault in faults:
        console.print(f"  {fault}")
    return faults


def _live() -> Iterable[str]:
    apply_pending()
    return verify_live()


def _reviews() -> Iterable[str]:
    for version in ReviewVersion.objects.select_related("review"):
        for fault in verify_version(version):
            yield f"{version.review.slug} {version.number}: {fault}"
