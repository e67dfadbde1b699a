from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from phoihop.core.commands import SentenceCommand
from phoihop.exchange.form_file import load_form


class Command(SentenceCommand):
    help = gettext_noop(
        "Set up a report form from its YAML file: whom it asks, for which programmes, who is exempt."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")

    def handle(self, *, file: Path, **options: Any) -> None:
        loaded = load_form(file=file)
        names = {"form": loaded.form.code, "fields": ", ".join(loaded.changed)}
        if loaded.is_new:
            sentence = _("%(form)s: set up. Open a window next: phoihop open_period --help")
        elif loaded.is_nothing:
            sentence = _("%(form)s: nothing changed.")
        else:
            sentence = _(
                "%(form)s: changed: %(fields)s. Windows already open follow with `phoihop run_period --help`."
            )
        self.stdout.write(sentence % names)
