"""`phoihop serve`: the pages, with the applier that keeps their figures fresh."""

import socket
import sys
from contextlib import closing
from typing import Any

from django.core.management import call_command
from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from phoihop.core.commands import SentenceCommand, lacks_migrations, no_tables
from phoihop.reports.jobs import Sweeper
from phoihop.reviews.jobs import Watcher
from phoihop.rollup.jobs import run_beside

THREADS_A_WORKER = 16  # more only wait for SQLite


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
        _refuse_taken(options["host"], options["port"])
        if lacks_migrations():
            raise CommandError(no_tables())
        call_command("collectstatic", interactive=False, verbosity=0)
        self.stdout.write(f"http://{options['host']}:{options['port']}/")
        self.stdout.flush()
        flags = f"--interface wsgi --no-ws --log-level warning --backpressure {THREADS_A_WORKER}"
        where = f"--host {options['host']} --port {options['port']} --workers {options['workers']}"
        command = [sys.executable, "-m", "granian", *flags.split(), *where.split()]
        with Watcher(), Sweeper():
            code = run_beside([*command, "phoihop.config.wsgi:application"])
        sys.exit(code)


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
