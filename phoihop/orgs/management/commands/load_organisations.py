from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from rich.console import Console

from phoihop.core.commands import SentenceCommand
from phoihop.orgs.actions import load_organisations, load_posts

FOLDER = settings.PACKAGE_DIR / "programmes" / "data"


class Command(SentenceCommand):
    help = gettext_noop("Load the central bodies and make the bodies of every area, with their posts.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--organisations", type=Path, default=FOLDER / "organisations.yaml", metavar="FILE"
        )
        parser.add_argument("--posts", type=Path, default=FOLDER / "posts.yaml", metavar="FILE")

    def handle(self, *, organisations: Path, posts: Path, **options: Any) -> None:
        with Console(stderr=True).status(_("Making the organisations of every area")):
            loaded = load_organisations(file=organisations)
            posts_loaded = load_posts(file=posts)
        sentence = _(
            "Organisations: %(created)s new, %(changed)s changed, %(successions)s successions. Posts: %(posts)s."
        )
        self.stdout.write(sentence % {**vars(loaded), "posts": posts_loaded})
