"""`phoihop serve`: the pages, with the applier that keeps their figures fresh."""

import sys
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from phoihop.rollup.jobs import run_beside

THREADS_A_WORKER = 16  # more only wait for SQLite


class Command(BaseCommand):
    help = "Serve the pages on this machine (Ctrl-C stops)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8019)
        parser.add_argument("--workers", type=int, default=2)

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("collectstatic", interactive=False, verbosity=0)
        self.stdout.write(f"http://{options['host']}:{options['port']}/")
        self.stdout.flush()
        flags = f"--interface wsgi --no-ws --log-level warning --backpressure {THREADS_A_WORKER}"
        where = f"--host {options['host']} --port {options['port']} --workers {options['workers']}"
        command = [sys.executable, "-m", "granian", *flags.split(), *where.split()]
        sys.exit(run_beside([*command, "phoihop.config.wsgi:application"]))
