import csv
from argparse import ArgumentParser
from collections.abc import Iterable, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from rich.console import Console
from rich.progress import track
from rich.table import Table

from phoihop.core.commands import SentenceCommand
from phoihop.core.spreadsheets import csv_safe
from phoihop.core.templatetags.vietnamese import number
from phoihop.reports.files.answers import CellProblem
from phoihop.reports.files.load import load_report_files
from phoihop.reports.files.numbers import DecimalMark
from phoihop.reports.files.outcomes import LoadOutcome, LoadState

MOST_SHOWN = 200


class Command(SentenceCommand):
    help = gettext_noop("Load reports from workbooks and CSV files. Exit code 1 if anything was refused.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help=_("files or folders"))
        parser.add_argument(
            "--decimal",
            choices=[mark.value for mark in DecimalMark],
            help=_("how files write decimals that do not say so themselves: comma 1.234,5; point 1,234.5"),
        )
        parser.add_argument("--user", default="", help=_("who submits; the system itself when left out"))
        parser.add_argument("--reason", default="", help=_("why reports accepted before are corrected"))
        parser.add_argument("--simulated", action="store_true", help=_("mark every figure as simulated"))
        parser.add_argument("--problems", type=Path, help=_("also write every problem to this CSV file"))

    def handle(
        self,
        *_args: Any,
        paths: list[Path],
        decimal: str | None,
        user: str,
        reason: str,
        simulated: bool,
        problems: Path | None,
        **_options: Any,
    ) -> None:
        outcome = load_report_files(
            paths=paths,
            by=_user(user),
            decimal=DecimalMark(decimal) if decimal else None,
            simulated=simulated,
            reason=reason,
            track=_progress,
        )
        if problems:
            write_problems(problems, outcome.problems)
        self.stdout.write(summary(outcome))
        if outcome.problems:
            Console(stderr=True).print(_table(outcome.problems))
            raise CommandError(_refused(outcome, problems))
        if not outcome.files:
            raise CommandError(_("No workbook or CSV file was found there. Check the path."))


def summary(outcome: LoadOutcome) -> str:
    states = [each.state for each in outcome.files]
    return _(
        "%(files)s files read: %(made)s report versions submitted, %(same)s reports unchanged, %(known)s files"
        " loaded before, %(refused)s files refused, %(partly)s loaded in part."
    ) % {
        "files": number(len(states)),
        "made": number(outcome.versions_made),
        "same": number(sum(each.unchanged for each in outcome.files)),
        "known": number(states.count(LoadState.KNOWN)),
        "refused": number(states.count(LoadState.REFUSED)),
        "partly": number(states.count(LoadState.PARTLY)),
    }


def _refused(outcome: LoadOutcome, written: Path | None) -> str:
    sentence = _("%(count)s problems were found; what they concern was not loaded.") % {
        "count": number(len(outcome.problems))
    }
    if len(outcome.problems) > MOST_SHOWN and not written:
        sentence += " " + _("Only the first are shown; --problems FILE.csv writes them all.")
    return sentence


def _table(problems: Sequence[CellProblem]) -> Table:
    table = Table(show_lines=False)
    for heading in (_("File"), _("Sheet"), _("Cell"), _("Value"), _("Problem"), _("Allowed")):
        table.add_column(heading, overflow="fold")
    for each in problems[:MOST_SHOWN]:
        table.add_row(
            *map(_plain, (each.file, each.sheet, each.cell, each.value, each.sentence, each.allowed))
        )
    return table


def _plain(text: str) -> str:
    """A file's own brackets are no markup."""
    return text.replace("[", "\\[")


def write_problems(path: Path, problems: Sequence[CellProblem]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as target:
        names = [field.name for field in fields(CellProblem)]
        writer = csv.DictWriter(target, names)
        writer.writeheader()
        writer.writerows(
            {name: csv_safe(text) for name, text in problem.as_dict().items()} for problem in problems
        )


def _progress(paths: Sequence[Path]) -> Iterable[Path]:
    return track(paths, _("Loading reports"), console=Console(stderr=True), transient=True)


def _user(username: str) -> AbstractBaseUser | None:
    if not username:
        return None
    found = get_user_model().objects.filter(username=username, is_active=True).first()
    if found is None:
        raise CommandError(_("There is no active user “%(name)s”.") % {"name": username})
    return found
