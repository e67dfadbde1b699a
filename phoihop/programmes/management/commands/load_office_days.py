from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from phoihop.core.commands import SentenceCommand
from phoihop.programmes.actions import load_office_days


class Command(SentenceCommand):
    help = gettext_noop(
        "Load the days declared worked or off; they win over the known holidays when a window is opened."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")

    def handle(self, *, file: Path, **options: Any) -> None:
        count = load_office_days(file=file)
        self.stdout.write(_("%(count)s days declared worked or off are in force.") % {"count": count})
