"""`phoihop conference up`: the pages and the streams as `phoihop serve` has them, with picture and sound beside."""

import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from phoihop.conferences.media.choice import JANUS
from phoihop.conferences.media.engine import EngineFault
from phoihop.conferences.media.janus.process import janus_beside, missing
from phoihop.core.commands import SentenceCommand
from phoihop.core.processes import bound

SETTLED = 5  # seconds: what ends sooner was refused, and would be again

log = logging.getLogger(__name__)


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
        flags = [f"--{name}={options[name]}" for name in ("host", "port", "workers")]
        with ExitStack() as beside:
            self._start_engine(beside)
            code = _kept([sys.executable, "-m", "django", "serve", *flags])
        sys.exit(code)

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
        os.environ["PHOIHOP_MEDIA_ENGINE"] = "" if lacks else JANUS


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
