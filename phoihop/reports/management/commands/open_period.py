from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from phoihop.core.errors import DomainError
from phoihop.periods import PeriodError, parse_period
from phoihop.reports.actions import open_period
from phoihop.reports.errors import said
from phoihop.reports.models import ReportForm


class Command(BaseCommand):
    help = "Open a reporting period: writes the reports due and their deadlines."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--form", required=True, help="code of the report form, such as half")
        parser.add_argument("--period", required=True, help="code of the period, such as ADM-2026-H2")

    def handle(self, *_args: Any, **options: Any) -> None:
        form = ReportForm.objects.filter(code=options["form"]).first()
        if form is None:
            raise CommandError(_no_such_form(options["form"]))
        try:
            opened = open_period(form=form, period=parse_period(options["period"]), by=None)
        except PeriodError as refusal:
            raise CommandError(str(said(refusal))) from refusal
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal
        message = _("%(period)s is open: %(count)d reports are due.")
        self.stdout.write(message % {"period": opened.code, "count": opened.reports.count()})


def _no_such_form(code: str) -> str:
    known = ", ".join(ReportForm.objects.order_by("code").values_list("code", flat=True)) or "–"
    return _("There is no form “%(code)s”. The forms are: %(known)s.") % {"code": code, "known": known}
