"""What argparse has against a command line, as sentences in the user's language.

Its own frame (“usage:”, “options:”) stays English.
"""

import re
from typing import NoReturn

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

BAD_USAGE = 2
_SENTENCES = {
    r"the following arguments are required: (?P<names>.+)": gettext_noop(
        "Missing: %(names)s. Add what is missing; --help shows how."
    ),
    r"one of the arguments (?P<names>.+) is required": gettext_noop("Give one of these: %(names)s."),
    r"argument (?P<name>[^:]+): not allowed with argument (?P<other>.+)": gettext_noop(
        "%(name)s cannot stand beside %(other)s. Keep one of the two."
    ),
    r"argument (?P<name>[^:]+): invalid choice: (?P<value>.+) \(choose from (?P<allowed>.+)\)": gettext_noop(
        "%(name)s: %(value)s is not known. Write one of: %(allowed)s."
    ),
    r"argument (?P<name>[^:]+): invalid int value: (?P<value>.+)": gettext_noop(
        "%(name)s: %(value)s is not a whole number. Write it in digits."
    ),
    r"argument (?P<name>[^:]+): expected (?:at least )?one argument": gettext_noop(
        "%(name)s: the value is missing. Write it after the option."
    ),
    r"unrecognized arguments: (?P<values>.+)": gettext_noop(
        "Not known here: %(values)s. --help shows what the command takes."
    ),
    r"ambiguous option: (?P<value>.+) could match (?P<options>.+)": gettext_noop(
        "%(value)s may mean several options: %(options)s. Write the whole name."
    ),
}


def sentence_of(message: str) -> str:
    """A message that is not known stays as argparse wrote it."""
    for form, sentence in _SENTENCES.items():
        if found := re.fullmatch(form, message, re.DOTALL):
            return _(sentence) % found.groupdict()
    return message


def refuse(parser: CommandParser, message: str) -> NoReturn:
    """On a terminal the usage and the sentence; a CommandError where the command was called by code."""
    if not parser.called_from_command_line:
        raise CommandError(sentence_of(message))
    parser.print_usage()
    parser.exit(BAD_USAGE, f"{parser.prog}: {sentence_of(message)}\n")
