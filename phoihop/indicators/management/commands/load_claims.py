from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from phoihop.core.commands import SentenceCommand
from phoihop.indicators.actions import load_claims

CLAIMS = settings.PACKAGE_DIR / "indicators" / "data" / "claims.yaml"


class Command(SentenceCommand):
    help = gettext_noop(
        "Load published figures with their sources; they are shown beside each other, never rolled up."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, default=CLAIMS, metavar="FILE")

    def handle(self, *, file: Path, **options: Any) -> None:
        loaded = load_claims(file=file)
        sentence = _("Published figures: %(created)s new, %(changed)s corrected.")
        self.stdout.write(sentence % vars(loaded))
