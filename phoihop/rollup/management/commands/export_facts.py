from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from phoihop.core.commands import SentenceCommand
from phoihop.rollup.export_facts import export_facts


class Command(SentenceCommand):
    help = gettext_noop("Write every accepted value to a Parquet file, one row each.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE.parquet")

    def handle(self, *_args: Any, file: Path, **_options: Any) -> None:
        if file.suffix.lower() != ".parquet":
            raise CommandError(
                _("“%(name)s”: facts are written as Parquet. Give a name that ends in .parquet.")
                % {"name": file.name}
            )
        values = export_facts(file)
        self.stdout.write(_("%(values)s values written to %(file)s.") % {"values": values, "file": file})
