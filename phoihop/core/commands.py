"""A refusal reaches the terminal as its sentence and a non-zero exit, never as a traceback."""

from functools import partial
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError, ProgrammingError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from phoihop.core.arguments import refuse
from phoihop.core.errors import DomainError


class SentenceCommand(BaseCommand):
    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        self.help = _(self.help)
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.error = partial(refuse, parser)  # type: ignore[method-assign]
        return parser

    def execute(self, *args: Any, **options: Any) -> str | None:
        try:
            return super().execute(*args, **options)
        except (DomainError, FileNotFoundError, IsADirectoryError, PermissionError) as refusal:
            raise CommandError(_refusal(refusal)) from refusal
        except (OperationalError, ProgrammingError) as fault:
            if not lacks_migrations():
                raise
            raise CommandError(no_tables()) from fault


def lacks_migrations() -> bool:
    """Whether the database misses tables or columns this version of the system writes to."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def no_tables() -> str:
    return _(
        "The database has no tables yet, or those of an older version. Run “phoihop migrate” first; “make demo” builds the"
        " demonstration with everything in it."
    )


def _refusal(error: Exception) -> str:
    if not isinstance(error, OSError):
        return str(error)
    sentence = _("“%(file)s” cannot be opened (%(reason)s). Check the path and the permissions.")
    return sentence % {"file": error.filename, "reason": error.strerror}
