from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from rich.console import Console
from rich.progress import Progress

from phoihop.areas.actions import load_areas
from phoihop.areas.actions.loading import DATA_FOLDER, STEPS, Loaded
from phoihop.core.commands import SentenceCommand
from phoihop.core.templatetags.vietnamese import number


class Command(SentenceCommand):
    help = gettext_noop("Load the administrative units, their dates, superior units and successions.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--folder", type=Path, default=DATA_FOLDER, help=_("a folder of CSV files; ours when left out")
        )

    def handle(self, *_args: Any, folder: Path, **_options: Any) -> None:
        with Progress(console=Console(stderr=True), transient=True) as progress:
            task = progress.add_task(_("Administrative units"), total=STEPS)
            loaded = load_areas(folder=folder, on_step=lambda: progress.advance(task))
        self.stdout.write(sentence(loaded))


def sentence(loaded: Loaded) -> str:
    found = _("%(units)s administrative units and %(successions)s successions on %(maps)s maps") % {
        "units": number(loaded.units),
        "successions": number(loaded.successions),
        "maps": number(loaded.maps),
    }
    if not (loaded.added or loaded.changed or loaded.links_changed):
        return _("%(found)s were loaded before; nothing changed.") % {"found": found}
    return _("Loaded %(found)s: %(added)s units added, %(changed)s changed.") % {
        "found": found,
        "added": number(loaded.added),
        "changed": number(loaded.changed),
    }
