from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from phoihop.core.commands import SentenceCommand
from phoihop.exchange.errors import unknown_programme
from phoihop.exchange.programme_file import programme_text
from phoihop.programmes.models import Programme
from phoihop.programmes.queries import programme_named


class Command(SentenceCommand):
    help = gettext_noop(
        "Write a programme as the YAML file that loads it again. Only the standard comments are written:"
        " those a person put in a file are not kept in the system."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "programme", metavar="SLUG", help=_("its slug, or its number as anyone writes it")
        )
        parser.add_argument("--out", type=Path, metavar="FILE", help=_("a file; the terminal when left out"))

    def handle(self, *, programme: str, out: Path | None, **options: Any) -> None:
        found = programme_named(programme)
        if found is None:
            raise unknown_programme(
                programme, list(Programme.objects.order_by("slug").values_list("slug", flat=True))
            )
        text = programme_text(found)
        if out is None:
            self.stdout.write(text, ending="")
            return
        out.write_text(text, encoding="utf-8")
        self.stdout.write(_("Written: %(file)s") % {"file": out})
