from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from phoihop.core.commands import SentenceCommand
from phoihop.exchange.programme_file import ProgrammeLoaded, load_programmes


class Command(SentenceCommand):
    help = gettext_noop(
        "Load programmes from YAML files, all or none; every fault is listed with its file and line."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")

    def handle(self, *, files: list[Path], **options: Any) -> None:
        for loaded in load_programmes(files=files):
            self.stdout.write(_sentence(loaded))


def _sentence(loaded: ProgrammeLoaded) -> str:
    name = {"programme": loaded.programme, "count": len(loaded.changes)}
    if loaded.is_new:
        return _("%(programme)s: loaded.") % name
    if loaded.is_nothing:
        return _("%(programme)s: nothing changed.") % name
    lines = [f"  {place}: {before} → {after}" for place, (before, after) in loaded.changes.items()]
    return "\n".join([_("%(programme)s: %(count)s places changed.") % name, *lines])
