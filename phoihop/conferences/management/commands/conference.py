"""`phoihop conference up`: the pages and the streams as `phoihop serve` has them, with picture and sound beside.

`phoihop conference edge`: on another machine, an engine that this one feeds and that serves viewers near it.
"""

import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import ExitStack
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from phoihop.conferences.media.choice import JANUS
from phoihop.conferences.media.engine import EngineFault
from phoihop.conferences.media.film.making import is_there as makes_films
from phoihop.conferences.media.janus.edges import Edge, edges_set
from phoihop.conferences.media.janus.process import is_address, janus_beside, missing
from phoihop.core.commands import SentenceCommand
from phoihop.core.processes import bound

SETTLED = 5  # seconds: what ends sooner was refused, and would be again

log = logging.getLogger(__name__)


class Command(SentenceCommand):
    help = gettext_noop("Serve conferences with picture and sound on this machine (Ctrl-C stops).")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "what",
            choices=["up", "edge"],
            help=_(
                "up: start the media engine and serve the pages; edge: only an engine that the centre feeds, for viewers near it"
            ),
        )
        parser.add_argument(
            "--host", default="127.0.0.1", help=_("the address to answer on; 127.0.0.1 when left out")
        )
        parser.add_argument("--port", type=int, default=8019, help=_("the port; 8019 when left out"))
        parser.add_argument(
            "--workers", type=int, default=2, help=_("processes that answer; 2 when left out")
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["what"] == "edge":
            self._edge(options["host"])
            return
        flags = [f"--{name}={options[name]}" for name in ("host", "port", "workers")]
        with ExitStack() as beside:
            self._start_engine(beside)
            code = _kept([sys.executable, "-m", "django", "serve", *flags])
        sys.exit(code)

    def _edge(self, host: str) -> None:
        """Until it is asked to end. host: where the centre reaches it, by the private network between them."""
        if not is_address(host):
            sentence = _(
                "--host is “%(value)s”; the address by which the centre reaches this machine is meant."
            )
            raise CommandError(sentence % {"value": host})
        edge = Edge(host, settings.MEDIA_API_PORT)
        if lacks := missing(edge):
            raise CommandError("\n".join(lacks))
        with ExitStack() as beside:
            try:
                beside.enter_context(janus_beside(settings.MEDIA_FOLDER, edge))
            except EngineFault as fault:
                raise CommandError(str(fault)) from fault
            sentence = _("The edge %(name)s serves. At the centre: PHOIHOP_MEDIA_EDGES=%(name)s")
            self.stdout.write(sentence % {"name": edge.name})
            self.stdout.flush()
            _until_asked()

    def _start_engine(self, beside: ExitStack) -> None:
        """Says what is missing, and leaves the conference to go on by telephone."""
        try:
            edges_set()
        except ImproperlyConfigured as fault:
            raise CommandError(str(fault)) from fault
        lacks = missing()
        try:
            if not lacks:
                beside.enter_context(janus_beside(settings.MEDIA_FOLDER))
        except EngineFault as fault:
            lacks = [str(fault)]
        if lacks:
            without = _("Conferences are held without picture and sound: sites take part by telephone.")
            self.stderr.write("\n".join([*lacks, without]))
        elif not makes_films():
            sentence = _(
                "ffmpeg is not installed: what is recorded is made into films once it is. On Debian: apt-get install ffmpeg"
            )
            self.stderr.write(sentence)
        os.environ["PHOIHOP_MEDIA_ENGINE"] = "" if lacks else JANUS


def _until_asked() -> None:
    asked = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: asked.set())
    asked.wait()


def _kept(command: Sequence[str]) -> int:
    """The pages, started again when they were killed: pictures go on meanwhile. Their exit code."""
    asked: list[int] = []
    server: subprocess.Popen[bytes] | None = None

    def pass_on(number: int, _frame: FrameType | None) -> None:
        asked.append(number)
        if server is not None and len(asked) == 1:
            server.send_signal(number)

    signal.signal(signal.SIGTERM, pass_on)
    signal.signal(signal.SIGINT, pass_on)
    while True:
        began = time.monotonic()
        server = subprocess.Popen(bound(command), process_group=0)  # noqa: S603  our own interpreter
        code = server.wait()
        if asked or time.monotonic() - began < SETTLED:
            return code
        log.error("The pages ended (%s); started again.", code)
