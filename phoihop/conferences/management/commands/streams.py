"""`phoihop streams`: what screens of conferences follow. `phoihop serve` starts it and keeps it running."""

import asyncio
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from phoihop.conferences.streams.server import serve
from phoihop.core.commands import SentenceCommand


class Command(SentenceCommand):
    help = gettext_noop(
        "Serve the event streams of conferences (“phoihop serve” does this beside the pages)."
    )

    requires_system_checks = ()  # it is started again while thousands wait; `serve` has checked

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--host", default="127.0.0.1", help=_("the address to answer on; 127.0.0.1 when left out")
        )
        parser.add_argument("--port", type=int, default=8020, help=_("the port; 8020 when left out"))

        parser.add_argument("--kept", action="store_true", help=_("end with the process that started it"))

    def handle(self, *args: Any, **options: Any) -> None:
        asyncio.run(serve(options["host"], options["port"], is_kept=options["kept"]))
