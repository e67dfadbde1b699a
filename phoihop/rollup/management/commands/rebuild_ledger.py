from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from phoihop.core.commands import SentenceCommand
from phoihop.rollup.ledger import ledger_hash, rebuild_ledger


class Command(SentenceCommand):
    help = gettext_noop("Write every segment of the columnar ledger again from the database.")

    def handle(self, *_args: Any, **_options: Any) -> None:
        segments = rebuild_ledger()
        self.stdout.write(
            _("%(segments)s segments, %(facts)s facts. Ledger %(hash)s.")
            % {
                "segments": len(segments),
                "facts": sum(segment.facts for segment in segments),
                "hash": ledger_hash(),
            }
        )
