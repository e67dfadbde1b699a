from argparse import ArgumentParser

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from phoihop.core.commands import SentenceCommand
from phoihop.core.templatetags.vietnamese import number
from phoihop.reports.actions import follow_reorganisations, freeze_list, lock_reports
from phoihop.reports.errors import period_named
from phoihop.reports.files.due import DueReports
from phoihop.reports.models import ReportingPeriod


class Command(SentenceCommand):
    help = gettext_noop(
        "Bring the list of reports due up to today's units (follow), freeze it after the cut-off, or lock what was accepted."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("step", choices=["follow", "freeze", "lock"])
        parser.add_argument("--form", required=True, help=_("the form's code"))
        parser.add_argument("--period", required=True, help=_("an open period, such as ADM-2026-H2"))

    def handle(self, *, step: str, form: str, period: str, **_options: object) -> None:
        [opened, *_others] = DueReports().open_periods(period, form)
        steps = {"follow": _follow, "freeze": _freeze, "lock": _lock}
        self.stdout.write(capfirst(steps[step](opened)))


def _follow(period: ReportingPeriod) -> str:
    change = follow_reorganisations(period=period, by=None)
    return _(
        "%(period)s: %(added)s reports added, %(changed)s with other days or duties, %(withdrawn)s no longer due,"
        " %(restored)s due again."
    ) % {
        "period": period_named(period.code),
        "added": number(len(change.added)),
        "changed": number(len(change.changed)),
        "withdrawn": number(len(change.withdrawn)),
        "restored": number(len(change.restored)),
    }


def _freeze(period: ReportingPeriod) -> str:
    frozen = freeze_list(period=period, by=None)
    count = number(frozen.reports.expected().count())
    return _("%(period)s: the list of %(count)s reports due is frozen.") % {
        "period": period_named(period.code),
        "count": count,
    }


def _lock(period: ReportingPeriod) -> str:
    lock_reports(period=period, by=None)
    names = {
        "period": period_named(period.code),
        "count": number(period.reports.filter(state="locked").count()),
    }
    return _("%(period)s: %(count)s reports are locked.") % names
