"""`phoihop conference up`: the pages and the streams as `phoihop serve` has them, with picture and sound beside."""

import os
from contextlib import ExitStack
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from phoihop.conferences.media.choice import JANUS, engine
from phoihop.conferences.media.engine import EngineFault
from phoihop.conferences.media.janus.process import janus_beside, missing
from phoihop.core.commands import SentenceCommand


class Command(SentenceCommand):
    help = gettext_noop("Serve conferences with picture and sound on this machine (Ctrl-C stops).")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["up"], help=_("up: start the media engine and serve the pages"))
        parser.add_argument(
            "--host", default="127.0.0.1", help=_("the address to answer on; 127.0.0.1 when left out")
        )
        parser.add_argument("--port", type=int, default=8019, help=_("the port; 8019 when left out"))
        parser.add_argument(
            "--workers", type=int, default=2, help=_("processes that answer; 2 when left out")
        )

    def handle(self, *args: Any, **options: Any) -> None:
        served = {name: options[name] for name in ("host", "port", "workers")}
        with ExitStack() as beside:
            self._start_engine(beside)
            call_command("serve", **served)

    def _start_engine(self, beside: ExitStack) -> None:
        """Says what is missing, and leaves the conference to go on by telephone."""
        lacks = missing()
        try:
            if not lacks:
                beside.enter_context(janus_beside(settings.MEDIA_FOLDER))
        except EngineFault as fault:
            lacks = [str(fault)]
        if lacks:
            without = _("Conferences are held without picture and sound: sites take part by telephone.")
            self.stderr.write("\n".join([*lacks, without]))
        self._choose("" if lacks else JANUS)

    def _choose(self, name: str) -> None:
        """For this process, which tells the engine, and for those it starts."""
        settings.MEDIA_ENGINE = os.environ["PHOIHOP_MEDIA_ENGINE"] = name
        engine.cache_clear()
