"""A refusal reaches the terminal as its sentence and a non-zero exit, never as a traceback."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from phoihop.core.errors import DomainError


class SentenceCommand(BaseCommand):
    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        self.help = _(self.help)
        return super().create_parser(prog_name, subcommand, **kwargs)

    def execute(self, *args: Any, **options: Any) -> str | None:
        try:
            return super().execute(*args, **options)
        except (DomainError, FileNotFoundError, IsADirectoryError, PermissionError) as refusal:
            raise CommandError(_refusal(refusal)) from refusal


def _refusal(error: Exception) -> str:
    if not isinstance(error, OSError):
        return str(error)
    sentence = _("“%(file)s” cannot be opened (%(reason)s). Check the path and the permissions.")
    return sentence % {"file": error.filename, "reason": error.strerror}
