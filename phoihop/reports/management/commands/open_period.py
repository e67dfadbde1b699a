from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from phoihop.core.commands import SentenceCommand
from phoihop.periods import PeriodError, parse_period
from phoihop.reports.actions import open_period
from phoihop.reports.errors import period_named, said
from phoihop.reports.models import ReportForm


class Command(SentenceCommand):
    help = gettext_noop("Open a reporting period: writes the reports due and their deadlines.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--form", required=True, help=_("the form's code"))
        parser.add_argument("--period", required=True, help=_("code of the period, such as ADM-2026-H2"))

    def handle(self, *_args: Any, **options: Any) -> None:
        form = ReportForm.objects.filter(code=options["form"]).first()
        if form is None:
            raise CommandError(_no_such_form(options["form"]))
        try:
            period = parse_period(options["period"])
        except PeriodError as refusal:
            raise said(refusal) from refusal
        opened = open_period(form=form, period=period, by=None)
        names = {"period": period_named(opened.code), "count": opened.reports.count()}
        self.stdout.write(capfirst(_("%(period)s is open: %(count)d reports are due.") % names))


def _no_such_form(code: str) -> str:
    known = ", ".join(ReportForm.objects.order_by("code").values_list("code", flat=True)) or "–"
    return _("There is no form “%(code)s”. The forms are: %(known)s.") % {"code": code, "known": known}
