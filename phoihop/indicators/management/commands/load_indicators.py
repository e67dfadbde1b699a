from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from phoihop.core.commands import SentenceCommand
from phoihop.indicators.actions import load_indicators

CATALOGUE = settings.PACKAGE_DIR / "indicators" / "data" / "indicators.yaml"


class Command(SentenceCommand):
    help = gettext_noop(
        "Load the indicator catalogue; a changed indicator becomes a new version, never an overwrite."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, default=CATALOGUE, metavar="FILE")
        about = _("the coming day from which changed, new and left-out indicators change, as 2027-01-01")
        parser.add_argument("--from", dest="valid_from", type=date.fromisoformat, metavar="DAY", help=about)

    def handle(self, *, file: Path, valid_from: date | None, **options: Any) -> None:
        loaded = load_indicators(file=file, valid_from=valid_from)
        sentence = _(
            "Indicators: %(created)s new, %(versions)s in a new version, %(ended)s ended, %(changed)s changes to blocks"
            " and refused topics."
        )
        counts = {
            "created": loaded.created,
            "versions": len(loaded.new_versions),
            "ended": len(loaded.ended),
            "changed": loaded.changed,
        }
        self.stdout.write(sentence % counts)
