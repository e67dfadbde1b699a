"""`phoihop demo`: builds the demonstration, prints where everything is, and serves it."""

import os
import time
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from phoihop.core.commands import SentenceCommand
from phoihop.demo import build
from phoihop.demo.conclusions import OUT


class Command(SentenceCommand):
    help = gettext_noop(
        "Build the demonstration (simulated figures), print the paths, serve it. DEMO_SERVE=0 only builds."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--again", action="store_true", help=_("build again even if nothing changed"))
        parser.add_argument("--port", type=int, default=8019, help=_("the port; 8019 when left out"))

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError(
                _("This is not a demonstration: set DJANGO_SETTINGS_MODULE to phoihop.config.settings.demo.")
            )
        started = time.monotonic()
        if options["again"] or not build.is_built():
            self._build()
        self._tell(time.monotonic() - started)
        if os.environ.get("DEMO_SERVE", "1") != "0":
            call_command("serve", port=options["port"])

    def _build(self) -> None:
        build.start_over()
        columns = (
            TextColumn("{task.percentage:>3.0f} %"),
            BarColumn(),
            TimeElapsedColumn(),
            TextColumn("{task.description}"),
        )
        steps = build.steps()
        with Progress(*columns, console=Console(stderr=True)) as progress:
            task = progress.add_task("", total=sum(step.weight for step in steps))
            for step in steps:
                progress.update(task, description=step.name)
                step.act()
                progress.advance(task, step.weight)
        build.finish()

    def _tell(self, seconds: float) -> None:
        self.stdout.write(
            _("The demonstration is ready (%(seconds)d s). Simulated figures; published ones stand apart.")
            % {"seconds": seconds}
        )
        for path in sorted(OUT.glob("*")):
            self.stdout.write(
                f"  {path.relative_to(settings.PROJECT_DIR) if path.is_relative_to(settings.PROJECT_DIR) else path}"
            )
        self.stdout.write(_("Web pages: make serve, then http://127.0.0.1:8019/so-ket/so-ket-2019/"))
