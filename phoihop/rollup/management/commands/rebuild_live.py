from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from phoihop.core.commands import SentenceCommand
from phoihop.rollup.live import rebuild_live


class Command(SentenceCommand):
    help = gettext_noop("Count the live figures of every window anew from the ledger.")

    def handle(self, *_args: Any, **_options: Any) -> None:
        self.stdout.write(
            _("Live figures counted anew up to ledger number %(seq)s.") % {"seq": rebuild_live()}
        )
