"""`phoihop serve`: the pages, with the applier that keeps their figures fresh and the streams of conferences beside."""

import os
import socket
import sys
from contextlib import closing
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from phoihop.assignments.jobs import Follower
from phoihop.conferences.jobs import FilmMaker, LineKeeper, MediaFollower
from phoihop.conferences.media.choice import engine
from phoihop.conferences.streams.keeping import KeptRunning
from phoihop.conferences.streams.server import allow_files
from phoihop.core.commands import SentenceCommand, lacks_migrations, no_tables
from phoihop.reports.jobs import Sweeper
from phoihop.reviews.jobs import Watcher
from phoihop.rollup.jobs import run_beside

THREADS_A_WORKER = 8  # more only wait for SQLite
CONNECTIONS_A_WORKER = 8_192  # a browser keeps some open while it reads; whoever comes after must get in
ROOM = f"--blocking-threads {THREADS_A_WORKER} --backpressure {CONNECTIONS_A_WORKER} --backlog 4096"
RESPAWN = (
    "--respawn-failed-workers --respawn-interval 0.5"  # a worker that dies is replaced, the others answer on
)


class Command(SentenceCommand):
    help = gettext_noop("Serve the pages on this machine (Ctrl-C stops).")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--host", default="127.0.0.1", help=_("the address to answer on; 127.0.0.1 when left out")
        )
        parser.add_argument("--port", type=int, default=8019, help=_("the port; 8019 when left out"))
        parser.add_argument(
            "--workers", type=int, default=2, help=_("processes that answer; 2 when left out")
        )

    def handle(self, *args: Any, **options: Any) -> None:
        host, port = options["host"], options["port"]
        _refuse_wrong_media()
        _refuse_taken(host, port)
        _refuse_taken(host, port + 1)
        if lacks_migrations():
            raise CommandError(no_tables())
        call_command("collectstatic", interactive=False, verbosity=0)
        # The pages of this machine find the streams beside them; behind a proxy the setting says where they are.
        os.environ["PHOIHOP_STREAM_URL"] = settings.STREAM_URL or f"http://{_reached(host)}:{port + 1}"
        self.stdout.write(f"http://{host}:{port}/")
        self.stdout.flush()
        flags = f"--interface wsgi --no-ws --log-level warning {ROOM} {RESPAWN}"
        where = f"--host {host} --port {port} --workers {options['workers']}"
        allow_files()
        pages = [sys.executable, "-m", "granian", *flags.split(), *where.split()]
        streams = [
            sys.executable,
            "-m",
            "django",
            "streams",
            "--kept",
            "--host",
            host,
            "--port",
            str(port + 1),
        ]
        with (
            Watcher(),
            Sweeper(),
            Follower(),
            MediaFollower(),
            LineKeeper(),
            FilmMaker(),
            KeptRunning(streams, "The streams of conferences"),
        ):
            code = run_beside([*pages, "phoihop.config.wsgi:application"])
        sys.exit(code)


def _refuse_wrong_media() -> None:
    """A wrong setting would be told to whoever opens a page first."""
    try:
        engine()
    except ImproperlyConfigured as fault:
        raise CommandError(str(fault)) from fault


def _reached(host: str) -> str:
    """What a browser on this machine calls the address."""
    if host in {"0.0.0.0", "::"}:  # noqa: S104  compared, not bound
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host


def _refuse_taken(host: str, port: int) -> None:
    """Asked by calling there: the server shares its port, so binding to one in use would succeed and split its callers."""
    with closing(socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)) as caller:
        caller.settimeout(1)
        try:
            is_taken = caller.connect_ex((host, port)) == 0
        except (OSError, OverflowError) as fault:
            sentence = _("%(host)s:%(port)s is no address to serve on: %(reason)s.")
            raise CommandError(sentence % {"host": host, "port": port, "reason": fault}) from fault
    if is_taken:
        sentence = _(
            "Port %(port)s on %(host)s is in use already. Stop what answers there, or choose another: phoihop serve --port"
            " %(other)s"
        )
        raise CommandError(
            sentence % {"host": host, "port": port, "other": port + 1 if port < 65535 else 8019}
        )
