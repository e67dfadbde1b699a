"""`phoihop`: the project's management command."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "phoihop.config.settings.demo")
    execute_from_command_line(sys.argv)
