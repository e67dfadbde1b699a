"""What every command owes who types it: a sentence instead of a traceback, and help in the language asked for."""

import os
import re
import socket
import subprocess
import sys
from argparse import ArgumentParser
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command, get_commands, load_command_class
from django.core.management.commands.check import Command as SystemCheck
from django.utils.translation import override

OURS = sorted(name for name, app in get_commands().items() if app.startswith("phoihop."))
CODES = re.compile(r"[a-z_]+((, | \| )[a-z_]+)*( \.\.\.)?")


@pytest.mark.parametrize(
    "arguments",
    [
        ["rollup", "--programme", "09", "--from", "15/12/2013", "--to", "14/12/2018", "--out", "x.csv"],
        ["check"],
        ["review", "verify", "so-ket-2019"],
    ],
)
def test_a_database_without_tables_is_told_in_a_sentence(tmp_path: Path, arguments: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from phoihop.config.cli import main; main()", *arguments],
        env={
            **os.environ,
            "DATABASE_URL": f"sqlite:///{tmp_path / 'empty.sqlite3'}",
            "DJANGO_SETTINGS_MODULE": "phoihop.config.settings.test",
            "PHOIHOP_VAR": str(tmp_path),
        },
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "phoihop migrate" in done.stderr
    assert not (tmp_path / "x.csv").exists()


def test_serving_on_a_port_in_use_is_refused() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(CommandError, match=rf"{port}.*--port {port + 1}"):
            call_command("serve", port=port)


@pytest.mark.parametrize("name", OURS)
def test_help_speaks_the_language_asked_for(name: str) -> None:
    english, vietnamese = (said(name, language) for language in ("en", "vi"))
    assert english.keys() == vietnamese.keys()
    same = [text for key, text in english.items() if text == vietnamese[key] and not CODES.fullmatch(text)]
    assert same == []


def said(name: str, language: str) -> dict[str, str]:
    """The help of a command and of each option it adds to Django's own (`check` is Django's too)."""
    djangos = (SystemCheck().create_parser("phoihop", "check"), parser_of("sqlflush", "en"))
    usual = {action.dest for parser in djangos for action in parser._actions}
    with override(language):
        parser = parser_of(name, language)
    options = {each.dest: each.help for each in parser._actions if each.dest not in usual and each.help}
    return {"": str(parser.description), **options}


def parser_of(name: str, language: str) -> ArgumentParser:
    with override(language):
        return load_command_class(get_commands()[name], name).create_parser("phoihop", name)
